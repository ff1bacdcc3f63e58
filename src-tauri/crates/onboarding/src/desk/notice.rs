//! The notice of what was found and done while nobody looked.

use super::{Desk, Session};
use crate::display::sanitize_for_display;
use crate::record::Event;
use crate::trouble::Trouble;
use crate::view::{NoticeLine, NoticeView, OperatorScreen};
use crate::visit::illegal_in_state;

impl Desk {
    /// An operator has read it, as it stood under this number.
    pub(super) fn dismiss_notice(&mut self, number: u32) -> Result<(), Trouble> {
        let Session::SignedIn(signed_in) = &self.session else {
            return Err(illegal_in_state());
        };
        let (shown, lines) = self.effects.untold.lines();
        let nothing = lines.is_empty() && self.effects.untold.proven_later().is_empty();
        if shown != number || nothing {
            return Err(illegal_in_state());
        }
        let operator = signed_in.operator.oid.clone();
        self.effects
            .record(None, Event::NoticeDismissed { operator });
        Ok(())
    }

    /// What is told on this screen; names only to somebody who is signed in.
    pub(super) fn notice(&self, screen: &OperatorScreen) -> Option<NoticeView> {
        let names = match screen {
            OperatorScreen::Welcome | OperatorScreen::SigningIn { .. } => false,
            OperatorScreen::Home { .. } => true,
            OperatorScreen::NotConfigured { .. }
            | OperatorScreen::NotStarted { .. }
            | OperatorScreen::Locked { .. }
            | OperatorScreen::ConfirmOperator { .. }
            | OperatorScreen::Visit(_) => return None,
        };
        let (number, over) = self.effects.untold.lines();
        let name = |name: &String| sanitize_for_display(name);
        let lines: Vec<_> = over
            .into_iter()
            .map(|over| NoticeLine {
                name: over.name.as_ref().filter(|_| names).map(name),
                stopped_at: over.stopped_at,
                pass: over.pass,
                loose_ends: over.loose_ends(),
                letter: over.letter(true),
                guide: over.letter(false),
                not_told: over.not_told().map(|code| code.short().to_owned()),
            })
            .collect();
        let proven_later = match names {
            true => self.effects.untold.proven_later(),
            false => Vec::new(),
        };
        let something = !(lines.is_empty() && proven_later.is_empty());
        something.then_some(NoticeView {
            number,
            lines,
            proven_later,
        })
    }
}
