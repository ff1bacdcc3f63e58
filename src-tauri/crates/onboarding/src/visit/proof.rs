//! The identity check's own entry in the record.

use super::Context;
use crate::effect::{EffectId, NotRecorded};
use crate::record::Event;

/// Whether the identity check is written down. No pass is asked for before it is.
#[derive(Debug)]
pub(crate) enum Proof {
    Writing { effect: EffectId, entry: Event },
    Written,
    Unwritten { entry: Event },
}

impl Proof {
    pub(super) fn write(entry: Event, cx: &mut Context<'_>) -> Self {
        let effect = cx.record(entry.clone());
        Self::Writing { effect, entry }
    }

    /// Tries once more what could not be written.
    pub(super) fn write_again(&mut self, cx: &mut Context<'_>) {
        if let Self::Unwritten { entry } = self {
            *self = Self::write(entry.clone(), cx);
        }
    }

    pub(super) fn on_recorded(&mut self, id: EffectId, written: Result<(), NotRecorded>) {
        if let Self::Writing { effect, entry } = self
            && *effect == id
        {
            *self = match written {
                Ok(()) => Self::Written,
                Err(NotRecorded) => Self::Unwritten {
                    entry: entry.clone(),
                },
            };
        }
    }
}
