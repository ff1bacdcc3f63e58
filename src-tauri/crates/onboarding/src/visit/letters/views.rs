//! What the operator sees of mail to the person.

use super::{Declared, LetterKind, Step, Told, address};
use crate::display::sanitize_for_display;
use crate::notice::{Arrival, NoPassByMail, NoticeRules};
use crate::person::directory::Person;
use crate::view::{AddressView, LetterStep, LetterView, PassByMailView, SecurityView, TroubleView};
use crate::visit::{Board, Glance, Stage, Visit};

impl Visit {
    /// None where there is nothing to do or say.
    pub(crate) fn letter_view(&self, cx: &Glance<'_>) -> Option<LetterView> {
        let rules = self.letter_rules(cx);
        let (person, board) = match &self.stage {
            Stage::Checking(checking) => (Some(&checking.person), None),
            Stage::HandingOver(board) => (Some(&board.person), Some(&**board)),
            Stage::Finding(_) | Stage::Found(_) | Stage::Ending(_) | Stage::Ended(_) => {
                (None, None)
            }
        };
        let letters = &self.letters;
        let told: Vec<_> = letters.told.iter().map(told).collect();
        if rules.is_none() && told.iter().all(|told| told.trouble.is_none()) {
            return None;
        }
        let declared = letters.address.as_ref().filter(|_| rules.is_some());
        let ready = declared.is_some_and(|declared| declared.read_back);
        Some(LetterView {
            open: rules.is_some() && cx.operator.is_some(),
            address: declared
                .zip(person)
                .map(|(declared, person)| shown(declared, person, cx)),
            may_send: ready && board.is_some() && letters.may_send() && cx.operator.is_some(),
            pass: rules
                .filter(|rules| rules.carries_pass)
                .zip(board)
                .map(|(rules, board)| by_mail(board, declared, rules, cx)),
            step: step(&letters.step),
            told,
        })
    }
}

fn shown(declared: &Declared, person: &Person, cx: &Glance<'_>) -> AddressView {
    AddressView {
        text: sanitize_for_display(declared.address.as_str()),
        read_back: declared.read_back,
        warning: address::warning(&declared.address, person, cx),
    }
}

fn by_mail(
    board: &Board,
    declared: Option<&Declared>,
    rules: &NoticeRules,
    cx: &Glance<'_>,
) -> PassByMailView {
    let no = match declared {
        Some(declared) => board.letter_pass(declared, rules, cx).err(),
        None => Some(NoPassByMail::NotReadBack),
    };
    PassByMailView { no }
}

fn step(step: &Step) -> LetterStep {
    let is_pass = |what: &LetterKind| *what == LetterKind::Pass;
    match step {
        Step::Nothing => LetterStep::Nothing,
        Step::Writing { pass, .. } => LetterStep::Sending {
            with_pass: pass.is_some(),
        },
        Step::Sending { what, .. } => LetterStep::Sending {
            with_pass: is_pass(what),
        },
        Step::HandedOver {
            what,
            at: _,
            minutes,
            unclear,
            overdue,
            arrived,
        } => LetterStep::HandedOver {
            with_pass: is_pass(what),
            minutes: *minutes,
            unclear: unclear.as_ref().map(TroubleView::from).map(Box::new),
            overdue: *overdue,
            arrived: arrived.map(|arrived| arrived == Arrival::Arrived),
        },
        Step::Failed { trouble } => LetterStep::Failed {
            trouble: Box::new(TroubleView::from(trouble)),
        },
    }
}

fn told(told: &Told) -> SecurityView {
    SecurityView {
        to: told.what,
        handed_over: told.effect.is_none() && told.trouble.is_none(),
        trouble: told.trouble.as_ref().map(TroubleView::from),
    }
}
