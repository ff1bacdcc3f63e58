//! Displays that are lost, and what takes their place.

use super::Desk;
use crate::record::{Display, DisplayLoss, Event};

/// What became of a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayChange {
    /// Its page died or answers no more.
    Lost(DisplayLoss),
    /// A new window took its place.
    Replaced,
    /// No other window takes its place any more.
    GivenUp,
}

impl Desk {
    /// A display is no longer ours to draw, or a new window stands there. It is written down, and every pass is out of
    /// sight: nobody knows what the display showed meanwhile, nor to whom.
    pub fn display_changed(&mut self, display: Display, change: DisplayChange) {
        for visit in self.visits.values_mut() {
            visit.on_locked();
        }
        let entry = match change {
            DisplayChange::Lost(how) => Event::DisplayLost { display, how },
            DisplayChange::Replaced => Event::DisplayReplaced { display },
            DisplayChange::GivenUp => Event::DisplayGivenUp { display },
        };
        self.effects.record(None, entry);
        self.revision += 1;
    }
}
