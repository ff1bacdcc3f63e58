//! What the list beside the operator's screen says of a visit.

use super::{Board, Glance, Stage, Visit};
use crate::display::sanitize_for_display;
use crate::time::Now;
use crate::view::{LightView, PassStage, VisitCard, VisitState};

impl Visit {
    /// Where it stands, in a word.
    pub(crate) fn state(&self, now: Now) -> VisitState {
        match &self.stage {
            Stage::Finding(_) => VisitState::Finding,
            Stage::Found(_) | Stage::Checking(_) => VisitState::Checking,
            Stage::HandingOver(board) => board.state(now),
            Stage::Ending(_) => VisitState::Ending,
            Stage::Ended(_) => VisitState::Ended,
        }
    }

    /// Its card. Where the person beside can see the list, a name is only its initials.
    pub(crate) fn card(&self, beside: bool, cx: &Glance<'_>) -> VisitCard {
        let (lights, remaining_s) = match &self.stage {
            Stage::HandingOver(board) => board.in_short(cx),
            Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Checking(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => (Vec::new(), None),
        };
        VisitCard {
            visit: self.id,
            ticket: self.ticket.unwrap_or_default(),
            name: self.name().map(|name| short_name(name, beside)),
            state: self.state(cx.now),
            lights,
            remaining_s,
            in_front: false,
            news: self.letters.wants_asking(),
            kept: None,
        }
    }

    fn name(&self) -> Option<&str> {
        match &self.stage {
            Stage::Finding(_) => None,
            Stage::Found(found) => Some(&found.person.name),
            Stage::Checking(checking) => Some(&checking.person.name),
            Stage::HandingOver(board) => Some(&board.person.name),
            Stage::Ending(ending) => Some(ending.name()),
            Stage::Ended(receipt) => Some(&receipt.end.name),
        }
    }
}

impl Board {
    fn state(&self, now: Now) -> VisitState {
        if self.evidence.registered.is_some() {
            return VisitState::Registered;
        }
        match self.stage(now) {
            PassStage::None => VisitState::Guiding,
            PassStage::Issuing | PassStage::Renewing | PassStage::Settling => {
                VisitState::PassComing
            }
            PassStage::Live => VisitState::PassReady,
            PassStage::Entered => VisitState::PassEntered,
            PassStage::Expired => VisitState::PassExpired,
            PassStage::Replaced => VisitState::PassReplaced,
            PassStage::Uncertain => VisitState::PassUncertain,
        }
    }

    /// The lights without the phone's name, and the seconds that count.
    fn in_short(&self, cx: &Glance<'_>) -> (Vec<LightView>, Option<u32>) {
        let nameless = |light| LightView {
            detail: None,
            ..light
        };
        let lights = self.lights(cx).into_iter().map(nameless);
        let pass = self.pass_view(cx);
        let counts = self.evidence.registered.is_none();
        let left = match pass.stage {
            PassStage::Entered => pass.finish_s,
            PassStage::Live | PassStage::Settling => pass.remaining_s,
            PassStage::None
            | PassStage::Issuing
            | PassStage::Renewing
            | PassStage::Expired
            | PassStage::Replaced
            | PassStage::Uncertain => None,
        };
        (lights.collect(), left.filter(|_| counts))
    }
}

/// A name in the list. Where the person beside can see it, it is only its initials.
pub(crate) fn short_name(name: &str, beside: bool) -> String {
    let name = sanitize_for_display(name);
    if beside { initials(&name) } else { name }
}

/// The first character of the first two parts of a name.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .take(2)
        .filter_map(|part| part.chars().next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_two_characters_at_most() {
        let check = |name: &str, wanted: &str| assert_eq!(initials(name), wanted);
        check("見本 利用者", "見利");
        check("見本\u{3000}利用者", "見利");
        check("Sample Middle User", "SM");
        check("見本", "見");
        check("", "");
    }
}
