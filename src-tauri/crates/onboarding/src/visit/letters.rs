//! Mail to the person of a visit: the address they declare, the letter with the way, and that a pass was issued
//! (S21–S23, N20).

mod address;
mod sending;
mod views;

pub(crate) use sending::notice_again;

use super::{Board, Context, Glance, Stage, Visit, illegal_in_state, sign_in_again};
use crate::action::LetterAction;
use crate::effect::EffectId;
use crate::ids::{PassId, UserId};
use crate::letter::{LetterPass, LetterWanted};
use crate::notice::{
    Arrival, DeclaredAddress, LETTER_PASS_MINUTES, LetterKind, NoPassByMail, NoticeRules,
};
use crate::record::{Event, LetterEvent};
use crate::time::Mono;
use crate::trouble::{Trouble, TroubleCode};

/// Where mail reaches the person, and what was sent.
#[derive(Debug, Default)]
pub(super) struct Letters {
    address: Option<Declared>,
    step: Step,
    told: Vec<Told>,
}

#[derive(Debug)]
struct Declared {
    address: DeclaredAddress,
    /// Whose it is: nobody else's pass goes there.
    user: UserId,
    /// The person heard it character by character, and said yes.
    read_back: bool,
}

/// How far the last letter is that goes to the declared address.
#[derive(Debug, Default)]
enum Step {
    #[default]
    Nothing,
    /// The record has to say first that it goes, and that it carries the pass where it does.
    Writing {
        effect: EffectId,
        letter: Box<LetterWanted>,
        pass: Option<PassId>,
    },
    Sending {
        effect: EffectId,
        what: LetterKind,
        pass: Option<PassId>,
    },
    HandedOver {
        what: LetterKind,
        at: Mono,
        /// Whole minutes since then, as they are shown.
        minutes: u32,
        /// Nobody knows whether it was.
        unclear: Option<Trouble>,
        /// It should have been there by now.
        overdue: bool,
        arrived: Option<Arrival>,
    },
    Failed {
        trouble: Trouble,
    },
}

/// A security notice, and what became of it.
#[derive(Debug)]
struct Told {
    what: LetterKind,
    effect: Option<EffectId>,
    trouble: Option<Trouble>,
}

/// A mail that did not arrive within so many minutes is asked about.
const OVERDUE_MINUTES: u32 = 10;

impl Step {
    fn is_under_way(&self) -> bool {
        match self {
            Self::Writing { .. } | Self::Sending { .. } => true,
            Self::Nothing | Self::HandedOver { .. } | Self::Failed { .. } => false,
        }
    }
}

impl Letters {
    fn declare(&mut self, user: UserId, text: &str, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let address = DeclaredAddress::parse(text);
        let address = address.map_err(|_| Trouble::new(TroubleCode::AddressInvalid))?;
        let before = self.address.as_ref();
        let same = |before: &Declared| before.address == address && before.user == user;
        if !before.is_some_and(same) {
            cx.record(Event::Letter(LetterEvent::AddressDeclared));
            self.address = Some(Declared {
                address,
                user,
                read_back: false,
            });
        }
        Ok(())
    }

    /// The address that this person declared.
    pub(super) fn declared_by(&self, user: &UserId) -> Option<DeclaredAddress> {
        let declared = self.address.as_ref().filter(|it| it.user == *user);
        declared.map(|declared| declared.address.clone())
    }

    /// The same from an earlier call. Whether it was understood is asked anew.
    pub(super) fn declared_before(&mut self, address: DeclaredAddress, user: UserId) {
        self.address = Some(Declared {
            address,
            user,
            read_back: false,
        });
    }

    /// In another call it is to be read back again.
    pub(super) fn ask_again(&mut self) {
        if let Some(declared) = &mut self.address {
            declared.read_back = false;
        }
    }

    fn read_back(&mut self, on: bool) -> Result<(), Trouble> {
        let declared = self.address.as_mut().ok_or_else(illegal_in_state)?;
        declared.read_back = on;
        Ok(())
    }

    /// The person was asked whether it is there.
    fn arrived(&mut self, arrived: bool, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let Step::HandedOver {
            what,
            arrived: said,
            ..
        } = &mut self.step
        else {
            return Err(illegal_in_state());
        };
        let arrival = match arrived {
            true => Arrival::Arrived,
            false => Arrival::NotArrived,
        };
        if *said != Some(arrival) {
            *said = Some(arrival);
            let (letter, arrived) = (*what, arrival);
            cx.record(Event::Letter(LetterEvent::LetterArrival {
                letter,
                arrived,
            }));
        }
        Ok(())
    }

    /// Nobody is asked any more.
    fn leave_unasked(&mut self, cx: &mut Context<'_>) {
        if let Step::HandedOver { what, arrived, .. } = &mut self.step
            && arrived.is_none()
        {
            *arrived = Some(Arrival::NotAsked);
            let (letter, arrived) = (*what, Arrival::NotAsked);
            cx.record(Event::Letter(LetterEvent::LetterArrival {
                letter,
                arrived,
            }));
        }
    }

    /// It was said that it is not there, or nothing was sent of which that could be asked.
    fn may_send(&self) -> bool {
        match &self.step {
            Step::Writing { .. } | Step::Sending { .. } => false,
            Step::HandedOver {
                unclear: Some(_),
                arrived,
                ..
            } => *arrived == Some(Arrival::NotArrived),
            Step::Nothing | Step::HandedOver { .. } | Step::Failed { .. } => true,
        }
    }

    /// Another person is looked for: nothing of this one's goes to them.
    pub(super) fn forget(&mut self) {
        self.address = None;
    }

    /// Time went by; says whether anything changed.
    pub(super) fn on_time(&mut self, now: Mono) -> bool {
        let due = self.due().is_some_and(|due| due <= now);
        if due
            && let Step::HandedOver {
                at,
                minutes,
                overdue,
                ..
            } = &mut self.step
        {
            *minutes = at.seconds_until(now) / 60;
            *overdue |= *minutes >= OVERDUE_MINUTES;
        }
        due
    }

    /// When what is said of the last letter changes: with each minute, until the person was asked.
    pub(super) fn due(&self) -> Option<Mono> {
        match &self.step {
            Step::HandedOver {
                at,
                minutes,
                arrived: None,
                ..
            } => Some(at.after_s((u64::from(*minutes) + 1) * 60)),
            Step::Nothing
            | Step::Writing { .. }
            | Step::Sending { .. }
            | Step::HandedOver { .. }
            | Step::Failed { .. } => None,
        }
    }

    /// It should be there by now, and nobody has asked the person.
    pub(super) fn wants_asking(&self) -> bool {
        matches!(
            self.step,
            Step::HandedOver {
                overdue: true,
                arrived: None,
                ..
            }
        )
    }
}

impl Visit {
    /// The site's rules for letters, where an address may be declared in this visit.
    fn letter_rules<'a>(&self, cx: &Glance<'a>) -> Option<&'a NoticeRules> {
        let rules = cx.policy.notice.as_ref()?;
        let open = match &self.stage {
            Stage::Checking(checking) => checking.calling.is_some(),
            Stage::HandingOver(board) => board.after.is_none(),
            Stage::Finding(_) | Stage::Found(_) | Stage::Ending(_) | Stage::Ended(_) => false,
        };
        let here = rules.at_counter || !self.is_at_the_counter();
        (open && here).then_some(rules)
    }

    /// Whose address it is that can be declared now.
    fn letters_go_to(&self) -> Option<UserId> {
        match &self.stage {
            Stage::Checking(checking) => Some(checking.person.id.clone()),
            Stage::HandingOver(board) => Some(board.person.id.clone()),
            Stage::Finding(_) | Stage::Found(_) | Stage::Ending(_) | Stage::Ended(_) => None,
        }
    }

    pub(super) fn act_letter(
        &mut self,
        action: &LetterAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        cx.operator.ok_or_else(sign_in_again)?;
        if cx.policy.notice.is_none() {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        self.letter_rules(cx).ok_or_else(illegal_in_state)?;
        if self.letters.step.is_under_way() {
            return Err(illegal_in_state());
        }
        match action {
            LetterAction::DeclareAddress { address } => {
                let user = self.letters_go_to().ok_or_else(illegal_in_state)?;
                self.letters.declare(user, address, cx)
            }
            LetterAction::AddressReadBack { on } => self.letters.read_back(*on),
            LetterAction::ForgetAddress => {
                self.letters.address = None;
                Ok(())
            }
            LetterAction::SendLetter { with_pass } => self.send_letter(*with_pass, cx),
            LetterAction::LetterArrived { arrived } => self.letters.arrived(*arrived, cx),
        }
    }
}

impl Board {
    /// The pass, where every condition holds under which it goes by mail.
    fn letter_pass(
        &self,
        declared: &Declared,
        rules: &NoticeRules,
        cx: &Glance<'_>,
    ) -> Result<(LetterPass, PassId), NoPassByMail> {
        let needed = self.evidence.registered.is_none() && !self.evidence.pass.replaced();
        let held = self.pass.held().filter(|held| needed && held.live(cx.now));
        let held = held.ok_or(NoPassByMail::NoPass)?;
        let secret = held.secret.as_ref().ok_or(NoPassByMail::NoPass)?;
        if !held.once || held.lifetime_minutes > LETTER_PASS_MINUTES {
            return Err(NoPassByMail::TooGood);
        }
        let (address, person) = (&declared.address, &self.person);
        let permit = cx.operator.map(|operator| {
            let now = cx.now.mono;
            self.check.permit(&person.id, &operator.oid, now)
        });
        if permit.is_none_or(|permit| permit.is_err()) {
            return Err(NoPassByMail::CheckOver);
        }
        if address.is(person.upn.as_str()) {
            return Err(NoPassByMail::IsSignInName);
        }
        if !address::is_known(address, person) && !address.lies_in(&rules.domains) {
            return Err(NoPassByMail::AddressUnknown);
        }
        if !declared.read_back || declared.user != person.id {
            return Err(NoPassByMail::NotReadBack);
        }
        let since = (held.start, held.lifetime_minutes);
        let pass = LetterPass::of(secret, since, person.upn.as_str());
        Ok((pass, held.id.clone()))
    }
}
