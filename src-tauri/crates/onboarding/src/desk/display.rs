//! Displays that are lost, and what takes their place.

use super::Desk;
use crate::record::{Display, DisplayLoss, Event};

/// What became of a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayChange {
    /// Its page died or answers no more.
    Lost(DisplayLoss),
    /// The page it had answers again.
    Back,
    /// A new window took its place.
    Replaced,
    /// No other window takes its place any more.
    GivenUp,
}

impl Desk {
    /// A display is no longer ours to draw, or a page stands there again. Every pass is out of sight then: nobody knows
    /// what the display showed meanwhile, nor to whom. What was lost is written down.
    pub fn display_changed(&mut self, display: Display, change: DisplayChange) {
        for visit in self.visits.values_mut() {
            visit.on_locked();
        }
        let entry = match change {
            DisplayChange::Lost(how) => Some(Event::DisplayLost { display, how }),
            DisplayChange::Back => None,
            DisplayChange::Replaced => Some(Event::DisplayReplaced { display }),
            DisplayChange::GivenUp => Some(Event::DisplayGivenUp { display }),
        };
        if let Some(entry) = entry {
            self.effects.record(None, entry);
        }
        self.revision += 1;
    }
}
