//! A colleague's word for the next pass, where the site wants a second person (N26).

use super::{Board, Context, Glance, illegal_in_state, sign_in_again};
use crate::display::sanitize_for_display;
use crate::effect::{ColleagueEffect, Effect, EffectId};
use crate::effects::Effects;
use crate::four_eyes::{CONFIRMED_S, Colleague, ColleagueStanding, HeldBecause, NextPass};
use crate::ids::{UserId, VisitId};
use crate::person::caller_proof::CallerProof;
use crate::person::directory::Target;
use crate::person::identity_check::IssuePermit;
use crate::record::Event;
use crate::time::Mono;
use crate::trouble::{Trouble, TroubleCode};
use crate::view::ColleagueView;

/// Where the question to a colleague stands.
#[derive(Debug, Default)]
pub(super) enum AskedColleague {
    #[default]
    No,
    Asking {
        effect: EffectId,
        until: Mono,
    },
    /// It holds for one pass, and not for long.
    Confirmed {
        by: UserId,
        name: String,
        until: Mono,
    },
}

impl AskedColleague {
    fn until(&self) -> Option<Mono> {
        match self {
            Self::No => None,
            Self::Asking { until, .. } | Self::Confirmed { until, .. } => Some(*until),
        }
    }
}

impl Board {
    /// Why the next pass waits for a colleague; nothing where none can be issued now.
    fn held_now(&self, cx: &Glance<'_>) -> Vec<HeldBecause> {
        match (self.may_issue(), self.may_renew()) {
            (true, _) => self.waits_for(None, cx),
            (false, true) => {
                let number = self.check.next_renewal(cx.policy);
                number.map_or_else(Vec::new, |number| self.waits_for(Some(number), cx))
            }
            (false, false) => Vec::new(),
        }
    }

    fn waits_for(&self, renewal: Option<u8>, cx: &Glance<'_>) -> Vec<HeldBecause> {
        let protected = match self.person.target {
            Target::Protected { .. } | Target::Unknown => true,
            Target::Open => false,
        };
        cx.policy.four_eyes.held(NextPass {
            checks: self.check.checks(),
            protected,
            renewal,
            promised: self
                .check
                .caller()
                .is_some_and(CallerProof::wants_colleague),
        })
    }

    /// Before anything is asked of the directory.
    pub(super) fn refuse_unconfirmed(&self, cx: &Glance<'_>) -> Result<(), Trouble> {
        match self.held_now(cx).is_empty() || self.confirmed_by(cx).is_some() {
            true => Ok(()),
            false => Err(Trouble::new(TroubleCode::ColleagueNeeded)),
        }
    }

    pub(super) fn confirmed_by(&self, cx: &Glance<'_>) -> Option<&UserId> {
        match &self.colleague {
            AskedColleague::Confirmed { by, until, .. } if *until > cx.now.mono => Some(by),
            AskedColleague::Confirmed { .. }
            | AskedColleague::Asking { .. }
            | AskedColleague::No => None,
        }
    }

    /// Puts the colleague's word into the permit it was given for, and it is used up. It is nobody's word any more where
    /// the directory says by now that the colleague may not confirm, or does not say.
    pub(super) fn confirm_permit(
        &mut self,
        permit: IssuePermit,
        standing: Option<&ColleagueStanding>,
        cx: &mut Context<'_>,
    ) -> Result<IssuePermit, Trouble> {
        let renewal = permit.renewal().map(|renewal| renewal.number);
        if self.waits_for(renewal, cx).is_empty() {
            return Ok(permit);
        }
        let Some(by) = self.confirmed_by(cx).cloned() else {
            return Err(Trouble::new(TroubleCode::ColleagueNeeded));
        };
        self.colleague = AskedColleague::No;
        let untold = ColleagueStanding::default();
        let standing = standing.unwrap_or(&untold);
        match cx.policy.four_eyes.refusal_of(&by, standing) {
            Some(code) => Err(self.not_confirmed(Some(by), Trouble::new(code), cx)),
            None => Ok(permit.confirmed(Some(by))),
        }
    }

    pub(super) fn ask_colleague(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        if cx.operator.is_none() {
            return Err(sign_in_again());
        }
        let asked = matches!(self.colleague, AskedColleague::Asking { .. });
        if asked || self.confirmed_by(cx).is_some() || self.held_now(cx).is_empty() {
            return Err(illegal_in_state());
        }
        self.refuse_blocked(cx)?;
        self.refuse_too_many(cx)?;
        if self.may_issue() {
            // Nobody is called for a pass whose check has run out.
            let (person, oid) = (&self.person.id, self.check.operator());
            self.check.permit(person, oid, cx.now.mono)?;
        }
        let effect = cx.push(Effect::Colleague(ColleagueEffect::AskColleague));
        let limit_s = u64::from(cx.policy.sign_in_limit_s);
        self.colleague = AskedColleague::Asking {
            effect,
            until: cx.now.mono.after_s(limit_s),
        };
        Ok(())
    }

    pub(super) fn stop_asking_colleague(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        match self.colleague {
            AskedColleague::Asking { .. } => {
                self.forget_colleague(cx.visit, cx.effects);
                Ok(())
            }
            AskedColleague::No | AskedColleague::Confirmed { .. } => Err(illegal_in_state()),
        }
    }

    /// Nobody waits for a colleague any more, and what one said holds no longer.
    pub(super) fn forget_colleague(&mut self, visit: VisitId, effects: &mut Effects) {
        if let AskedColleague::Asking { .. } = std::mem::take(&mut self.colleague) {
            effects.push(
                Some(visit),
                Effect::Colleague(ColleagueEffect::StopAskingColleague),
            );
        }
    }

    /// Somebody signed in, or nobody did.
    pub(super) fn on_colleague(
        &mut self,
        id: EffectId,
        answer: Result<Colleague, Trouble>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let waits = matches!(self.colleague, AskedColleague::Asking { effect, .. } if effect == id);
        if !waits {
            return None;
        }
        self.colleague = AskedColleague::No;
        if self.held_now(cx).is_empty() {
            // There is no pass any more that a word could be for.
            return None;
        }
        let colleague = match answer {
            Ok(colleague) => colleague,
            Err(trouble) => return Some(self.not_confirmed(None, trouble, cx)),
        };
        let operator = self.check.operator();
        let rules = &cx.policy.four_eyes;
        let refused = rules.refusal(&colleague, operator, &self.person.id, &cx.policy.tenant_id);
        let gone = cx.operator.is_none().then(sign_in_again);
        match gone.or(refused.map(Trouble::new)) {
            Some(trouble) => Some(self.not_confirmed(Some(colleague.oid), trouble, cx)),
            None => {
                self.believe(colleague, cx);
                None
            }
        }
    }

    fn believe(&mut self, colleague: Colleague, cx: &mut Context<'_>) {
        let because = self.held_now(cx);
        cx.record(Event::ColleagueConfirmed {
            operator: self.check.operator().clone(),
            user: self.person.id.clone(),
            by: colleague.oid.clone(),
            because,
        });
        self.colleague = AskedColleague::Confirmed {
            by: colleague.oid,
            name: colleague.name,
            until: cx.now.mono.after_s(CONFIRMED_S),
        };
    }

    fn not_confirmed(
        &self,
        who: Option<UserId>,
        trouble: Trouble,
        cx: &mut Context<'_>,
    ) -> Trouble {
        cx.record(Event::ColleagueNotConfirmed {
            operator: self.check.operator().clone(),
            user: self.person.id.clone(),
            who,
            code: trouble.code,
        });
        trouble
    }

    /// Time went by: nobody came, or what was confirmed is too long ago. Where no pass waits any more, nobody is asked.
    pub(super) fn on_time_colleague(&mut self, cx: &mut Context<'_>) -> (bool, Option<Trouble>) {
        let over = self
            .colleague
            .until()
            .is_some_and(|until| until <= cx.now.mono);
        let asking = matches!(self.colleague, AskedColleague::Asking { .. });
        let needless = asking && self.held_now(cx).is_empty();
        if !over && !needless {
            return (false, None);
        }
        self.forget_colleague(cx.glance.visit, cx.effects);
        let late = asking && !needless;
        let late = late.then(|| Trouble::new(TroubleCode::ColleagueTimedOut));
        (
            true,
            late.map(|trouble| self.not_confirmed(None, trouble, cx)),
        )
    }

    /// When it next wants to be woken.
    pub(super) fn colleague_due(&self) -> Option<Mono> {
        self.colleague.until()
    }

    /// Why the next pass waits, and what a colleague said.
    pub(super) fn colleague_view(&self, cx: &Glance<'_>) -> Option<ColleagueView> {
        let because = self.held_now(cx);
        if because.is_empty() {
            return None;
        }
        let left = |until: Mono| cx.now.mono.seconds_until(until);
        Some(match &self.colleague {
            AskedColleague::No => ColleagueView::Needed { because },
            AskedColleague::Asking { until, .. } => ColleagueView::Asking {
                because,
                remaining_s: left(*until),
            },
            AskedColleague::Confirmed { name, until, .. } => ColleagueView::Confirmed {
                name: sanitize_for_display(name),
                remaining_s: left(*until),
            },
        })
    }
}
