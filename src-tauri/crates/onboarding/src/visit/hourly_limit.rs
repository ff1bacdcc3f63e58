//! No more passes than the site allows in an hour, whoever asks and however: what is clicked can be scripted.

use super::{Board, Context};
use crate::record::Event;
use crate::trouble::{Trouble, TroubleCode};

impl Board {
    /// Refuses one pass too many. The refusal is written down once for each time it would end by itself, so that
    /// somebody who asks in a loop fills no disk.
    pub(super) fn refuse_too_many(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let per_hour = cx.policy.passes_per_hour;
        let now = cx.now.service;
        let Some(until) = cx.effects.passes.full_until(per_hour, now) else {
            return Ok(());
        };
        if self.told_full_until != Some(until) {
            self.told_full_until = Some(until);
            cx.record(Event::PassLimitReached {
                operator: self.check.operator().clone(),
                user: self.person.id.clone(),
                per_hour,
                until,
            });
        }
        Err(Trouble::new(TroubleCode::PassesPerHour)
            .number("passes", per_hour)
            .number("next_unix_ms", until.0))
    }
}
