//! A password is needed again by somebody whose password was taken out of use, because a Windows PC was given for
//! instance (N29): the question is asked anew, the desk takes the person off the roll, and the site's own procedure is
//! shown. Nothing here asks for a password or a pass.

mod looking;

use looking::AgainLook;

use super::old_phone::has_phone;
use super::person_card::brief;
use super::{Board, Context, Glance, illegal_in_state, sign_in_again};
use crate::action::AgainAction;
use crate::earlier_phone::EarlierPhone;
use crate::effect::{EffectFailure, EffectId, NotRecorded};
use crate::pass::state::PassState;
use crate::person::directory::{Method, MethodRead, OtherKind};
use crate::record::{AfterEvent, VisitOutcome};
use crate::retirement::{
    AgainStep, AgainTold, PasswordFate, PasswordWay, StaysBecause, UseAnswer, UseQuestion,
};
use crate::telephone::CallerWay;
use crate::trouble::{Trouble, TroubleCode};
use crate::view::{AgainOffer, AgainScreen, EndView, PersonScreen};

/// How far it is, and what came of it.
#[derive(Debug, Default)]
pub(crate) enum PasswordAgain {
    #[default]
    Nothing,
    /// It begins with a look at the person's phones; the rows go on meanwhile.
    Looking(AgainLook),
    /// In the place of the rows, as what follows is while it is in front.
    Asking {
        question: UseQuestion,
        /// What the person answered on the person's own screen.
        answer: Option<UseAnswer>,
        /// To an earlier question nobody knew the answer.
        unsure: bool,
    },
    /// No answer needs a password: nothing was done.
    Told {
        step: AgainStep,
        /// For an earlier visit they are taken off the roll all the same.
        owed: bool,
    },
    /// It stands in the record that a password is needed again.
    Needed { need: Need, in_front: bool },
}

/// That a password is needed again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need {
    /// What is known of the roll now.
    step: AgainStep,
    /// What is known of it once the desk has seen that the person is not on it.
    pub(super) off: AgainStep,
    /// Its entry.
    entry: EffectId,
}

impl PasswordAgain {
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Nothing | Self::Looking(_) => false,
            Self::Asking { .. } | Self::Told { .. } => true,
            Self::Needed { in_front, .. } => *in_front,
        }
    }

    /// What stands in the record.
    pub(super) fn need(&self) -> Option<Need> {
        match self {
            Self::Nothing | Self::Looking(_) | Self::Asking { .. } | Self::Told { .. } => None,
            Self::Needed { need, .. } => Some(*need),
        }
    }

    /// How far that is.
    pub(super) fn needed(&self) -> Option<AgainStep> {
        self.need().map(|need| need.step)
    }

    /// What came of the questions, whether or not it is in front.
    fn step(&self) -> Option<AgainStep> {
        match self {
            Self::Nothing | Self::Looking(_) | Self::Asking { .. } => None,
            Self::Told { step, .. } => Some(*step),
            Self::Needed { need, .. } => Some(need.step),
        }
    }

    /// The visit can end with it: what is still on its way is the desk's.
    pub(super) fn ends_as(&self) -> Option<VisitOutcome> {
        match self {
            Self::Told { .. } => Some(VisitOutcome::PasswordAsked),
            Self::Needed { in_front: true, .. } => Some(VisitOutcome::PasswordAgain),
            Self::Nothing | Self::Looking(_) | Self::Asking { .. } | Self::Needed { .. } => None,
        }
    }

    /// The rows, or what follows the registration, go on.
    fn put_behind(&mut self) {
        match self {
            Self::Nothing | Self::Looking(_) => {}
            Self::Asking { .. } | Self::Told { .. } => *self = Self::Nothing,
            Self::Needed { in_front, .. } => *in_front = false,
        }
    }

    /// The person answers the question that was seen, where one is open.
    pub(super) fn person_answers(
        &mut self,
        seen: UseQuestion,
        said: UseAnswer,
    ) -> Option<Result<(), Trouble>> {
        if !self.is_open() {
            return None;
        }
        match self {
            Self::Asking {
                question, answer, ..
            } if *question == seen => {
                *answer = Some(said);
                Some(Ok(()))
            }
            Self::Nothing
            | Self::Looking(_)
            | Self::Asking { .. }
            | Self::Told { .. }
            | Self::Needed { .. } => Some(Err(illegal_in_state())),
        }
    }
}

impl EndView {
    /// The desk took the person off the roll, or could not, while the end stands.
    pub(super) fn roll_left(&mut self, left: bool) {
        let (Some(told), Some(off)) = (&mut self.again, self.again_off) else {
            return;
        };
        told.step = if left { off } else { AgainStep::NotLeft };
        if let Some(PasswordFate::Stays {
            because: StaysBecause::NeededAgain(step),
        }) = &mut self.password
        {
            *step = told.step;
        }
    }
}

/// Whether the directory shows that the person signs in without a password, or could not be read wholly.
fn is_passwordless(read: &MethodRead) -> bool {
    let without = |method: &Method| match method {
        Method::Authenticator { .. } | Method::Passkey { .. } => true,
        Method::Other { kind, .. } => *kind == OtherKind::WindowsHello,
        Method::Pass(_) | Method::Password => false,
    };
    read.partial || read.unread || read.methods.iter().any(without)
}

impl Board {
    /// Whether it is offered: to somebody who signs in without a password or is on the roll, while no pass of this visit
    /// can be used and nothing is on its way to one, and never around a phone that somebody else may have.
    fn may_need_password(&self, cx: &Glance<'_>) -> bool {
        let rules = &cx.policy.passwords;
        let concerned = is_passwordless(&self.baseline) || self.may_be_on_roll(cx).is_some();
        rules.way != PasswordWay::Off
            && concerned
            && self.no_pass_lives()
            && cx.operator.is_some()
            && self.still_on_rows().is_ok()
            && self.refuse_lost_phone().is_ok()
    }

    /// The same for the operator's screen.
    pub(super) fn again_offer(&self, cx: &Glance<'_>) -> Option<AgainOffer> {
        let offer = match &self.again {
            PasswordAgain::Looking(_) => AgainOffer::Looking,
            PasswordAgain::Nothing
            | PasswordAgain::Asking { .. }
            | PasswordAgain::Told { .. }
            | PasswordAgain::Needed { .. } => AgainOffer::Open,
        };
        self.may_need_password(cx).then_some(offer)
    }

    /// None was made, or it was used.
    fn no_pass_lives(&self) -> bool {
        match &self.pass {
            PassState::None => true,
            PassState::Held(held) => held.consumed,
            PassState::Issuing(_) | PassState::Uncertain(_) => false,
        }
    }

    pub(super) fn act_again(
        &mut self,
        action: &AgainAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        match action {
            AgainAction::NeedPassword => self.need_password(cx),
            AgainAction::ConfirmNeed { question, answer } => {
                self.confirm_need(*question, *answer, cx)
            }
            AgainAction::BackToRows => {
                if !self.again.is_open() {
                    return Err(illegal_in_state());
                }
                self.again.put_behind();
                Ok(())
            }
        }
    }

    fn need_password(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        cx.operator.ok_or_else(sign_in_again)?;
        self.refuse_lost_phone()?;
        if !self.may_need_password(cx) || matches!(self.again, PasswordAgain::Looking(_)) {
            return Err(illegal_in_state());
        }
        self.may_be_decided(cx)?;
        match self.again.need() {
            Some(need) => {
                self.again = PasswordAgain::Needed {
                    need,
                    in_front: true,
                };
            }
            None => self.look_before_question(cx),
        }
        Ok(())
    }

    /// Who the person is has to hold for this as it has for a pass, and a phone that somebody else may have is out of
    /// use. A colleague confirms passes, and nothing else: what was proofed of a caller has to be enough without one.
    fn may_be_decided(&self, cx: &Context<'_>) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        self.refuse_lost_phone()?;
        self.refuse_strays()?;
        if let Some(trouble) = cx.served_elsewhere(&self.person.id) {
            return Err(trouble);
        }
        self.check
            .permit(&self.person.id, &operator.oid, cx.now.mono)?;
        let Some(proof) = self.check.caller() else {
            return Ok(());
        };
        let mut ways = proof.ways().to_vec();
        ways.retain(|way| *way != CallerWay::Colleague);
        let rules = cx.policy.telephone.as_ref();
        match rules.is_some_and(|rules| rules.needs.met_by(&ways)) {
            true => Ok(()),
            false => Err(Trouble::new(TroubleCode::AgainWithoutColleague)),
        }
    }

    /// The operator heard the same. A "yes" brings a password back, so at the counter the person says it first.
    fn confirm_need(
        &mut self,
        seen: UseQuestion,
        said: UseAnswer,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let calls = self.by_telephone();
        let PasswordAgain::Asking {
            question,
            answer,
            unsure,
        } = &mut self.again
        else {
            return Err(illegal_in_state());
        };
        if *question != seen || (said == UseAnswer::Yes && answer.is_none() && !calls) {
            return Err(illegal_in_state());
        }
        if answer.is_some_and(|answer| answer != said) {
            *answer = None;
            return Err(Trouble::new(TroubleCode::AnswersDiffer));
        }
        let unsure = *unsure || said == UseAnswer::DontKnow;
        let others = !cx.policy.passwords.other_uses.is_empty();
        self.again = match (said, seen) {
            (UseAnswer::Yes, _) => PasswordAgain::Needed {
                need: self.write_need(seen, cx)?,
                in_front: true,
            },
            (UseAnswer::No | UseAnswer::DontKnow, UseQuestion::Windows) if others => {
                PasswordAgain::Asking {
                    question: UseQuestion::Others,
                    answer: None,
                    unsure,
                }
            }
            (UseAnswer::No | UseAnswer::DontKnow, UseQuestion::Windows | UseQuestion::Others) => {
                PasswordAgain::Told {
                    step: match unsure {
                        true => AgainStep::NotKnown,
                        false => AgainStep::NotNeeded,
                    },
                    owed: cx.effects.rolls.is_owed(&self.person.id),
                }
            }
        };
        Ok(())
    }

    /// A "yes" after the test of a new phone, of somebody who is on the roll, or may be: the same need.
    pub(super) fn need_after_test(
        &mut self,
        question: UseQuestion,
        cx: &mut Context<'_>,
    ) -> Result<AgainStep, Trouble> {
        let need = self.write_need(question, cx)?;
        self.again = PasswordAgain::Needed {
            need,
            in_front: false,
        };
        Ok(need.step)
    }

    /// Written down, with what was read of the roll. Where the site has one it is the desk's debt from here on, whatever
    /// was read: a copy of the directory may be behind. The desk writes down that it is about to take them off before it
    /// does.
    fn write_need(&self, question: UseQuestion, cx: &mut Context<'_>) -> Result<Need, Trouble> {
        self.may_be_decided(cx)?;
        let operator = cx.operator.ok_or_else(sign_in_again)?.oid.clone();
        let group = cx.policy.passwords.roll.clone();
        let on_roll = group.as_ref().and_then(|group| self.is_in(group));
        let off = match on_roll {
            Some(false) => AgainStep::NotOnRoll,
            Some(true) | None => AgainStep::Left,
        };
        let step = match group {
            None => AgainStep::NoRoll,
            Some(_) => AgainStep::Leaving,
        };
        let entry = cx.record_after(AfterEvent::PasswordNeededAgain {
            operator,
            question,
            on_roll,
            group,
        });
        Ok(Need { step, off, entry })
    }

    /// That one is needed was written down, or could not be: where there is no roll nothing else would ever tell.
    pub(super) fn on_need_written(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        _: &mut Context<'_>,
    ) -> Option<Trouble> {
        let need = self.again.need().filter(|need| need.entry == id)?;
        let untold = written.is_err() && need.step == AgainStep::NoRoll;
        untold.then(|| Trouble::new(TroubleCode::NeedNotRecorded))
    }

    /// None where not all groups of the person were read.
    fn is_in(&self, group: &str) -> Option<bool> {
        let groups = self.person.groups.as_ref()?;
        Some(groups.iter().any(|id| id.eq_ignore_ascii_case(group)))
    }

    /// The site's roll, unless what was read shows that the person is not on it.
    pub(super) fn may_be_on_roll<'a>(&self, cx: &Glance<'a>) -> Option<&'a String> {
        let rules = &cx.policy.passwords;
        let roll = rules
            .roll
            .as_ref()
            .filter(|_| rules.way != PasswordWay::Off);
        roll.filter(|group| self.is_in(group) != Some(false))
    }

    /// The desk took the person off the roll, or could not: it goes on trying. Nothing where that is of a change.
    pub(super) fn on_roll_left_again(
        &mut self,
        left: &Result<(), EffectFailure>,
    ) -> Option<Trouble> {
        let PasswordAgain::Needed { need, .. } = &mut self.again else {
            return None;
        };
        match left {
            Ok(()) => {
                need.step = need.off;
                None
            }
            Err(failure) => {
                need.step = AgainStep::NotLeft;
                let support = failure.trouble.support.clone();
                Some(Trouble::new(TroubleCode::RollNotLeft).support(support))
            }
        }
    }

    /// What is said of the password: how far a need is, is not what it was when it was told first.
    pub(super) fn fate_now(&self, fate: PasswordFate) -> PasswordFate {
        match (fate, self.again.needed()) {
            (
                PasswordFate::Stays {
                    because: StaysBecause::NeededAgain(_),
                },
                Some(step),
            ) => PasswordFate::Stays {
                because: StaysBecause::NeededAgain(step),
            },
            _ => fate,
        }
    }

    /// Whether the person has the phone that signs in, as far as is known.
    fn phone_works(&self) -> bool {
        let in_hand = match self.old_phone.said {
            None | Some(EarlierPhone::InUse) => true,
            Some(EarlierPhone::Replaced | EarlierPhone::Lost | EarlierPhone::LostToOthers) => false,
        };
        let read = &self.baseline;
        let shown = has_phone(read) || read.partial || read.unread;
        self.evidence.registered.is_some() || (in_hand && shown)
    }

    /// What both sides are told, also once the visit has ended.
    pub(super) fn again_told(&self) -> Option<AgainTold> {
        self.again.step().map(|step| AgainTold {
            step,
            phone_works: self.phone_works(),
            owed: matches!(self.again, PasswordAgain::Told { owed: true, .. }),
        })
    }

    /// The operator's screen, while it is open.
    pub(super) fn again_screen(&self, cx: &Glance<'_>) -> Option<AgainScreen> {
        let person = brief(&self.person);
        if let PasswordAgain::Asking {
            question, answer, ..
        } = &self.again
        {
            return Some(AgainScreen::AgainQuestion {
                person,
                question: *question,
                asks: cx.policy.passwords.asks(*question),
                answer: *answer,
                alone: self.by_telephone(),
            });
        }
        let told = self.again_told().filter(|_| self.again.is_open())?;
        Some(AgainScreen::PasswordAgain {
            person,
            told,
            group: cx.policy.passwords.roll.clone(),
        })
    }

    /// The person's.
    pub(super) fn person_again_screen(&self, cx: &Glance<'_>) -> Option<PersonScreen> {
        if let PasswordAgain::Asking {
            question, answer, ..
        } = &self.again
        {
            return Some(PersonScreen::AgainQuestion {
                question: *question,
                asks: cx.policy.passwords.asks(*question),
                answer: *answer,
                phone_works: self.phone_works(),
            });
        }
        let told = self.again_told().filter(|_| self.again.is_open())?;
        Some(PersonScreen::PasswordAgain { told })
    }
}
