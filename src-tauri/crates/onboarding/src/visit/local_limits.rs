//! The site's own limits, looked at when the person is found and read anew right before a pass is asked for (N26), and
//! with them what else may have changed by then: the person's roles, and the colleague who gave the word.

use super::{Board, Context, Glance, sign_in_again, telephone};
use crate::effect::{BeforePass, Effect, EffectFailure, EffectId, LookAgain};
use crate::four_eyes::ColleagueStanding;
use crate::ids::UserId;
use crate::local_limits::Belonging;
use crate::pass::state::{CheckingLimits, HeldPass, IssueStep};
use crate::person::directory::Operator;
use crate::person::identity_check::IssuePermit;
use crate::record::Event;
use crate::trouble::{Trouble, TroubleCode};

/// Why the site serves nobody here, or not this person, as far as was read when the person was found. What could not be
/// read then is read again before a pass.
pub(super) fn refusal_so_far(
    person: &UserId,
    operator: &Operator,
    belonging: Option<&Belonging>,
    cx: &Glance<'_>,
) -> Option<Trouble> {
    let code = judged(person, operator, belonging, cx)?;
    (code != TroubleCode::LimitsUnread).then(|| Trouble::new(code))
}

/// Whether it is still open that a pass may be issued, because it could not be read.
pub(super) fn cannot_tell(
    person: &UserId,
    operator: &Operator,
    belonging: Option<&Belonging>,
    cx: &Glance<'_>,
) -> bool {
    judged(person, operator, belonging, cx) == Some(TroubleCode::LimitsUnread)
}

fn judged(
    person: &UserId,
    operator: &Operator,
    belonging: Option<&Belonging>,
    cx: &Glance<'_>,
) -> Option<TroubleCode> {
    let unread = Belonging::default();
    let belonging = belonging.unwrap_or(&unread);
    cx.policy.limits.refusal(&operator.oid, person, belonging)
}

/// Writes a refusal of the site's own down.
pub(super) fn record_refusal(
    person: &UserId,
    operator: &UserId,
    code: TroubleCode,
    cx: &mut Context<'_>,
) {
    cx.record(Event::LimitRefused {
        operator: operator.clone(),
        user: person.clone(),
        code,
    });
}

impl Board {
    /// The way to the intent leads past the site's own limits, as the directory shows them now.
    pub(super) fn check_limits(
        &mut self,
        permit: IssuePermit,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let (limits, also) = (&cx.policy.limits, self.look_again(cx));
        if !limits.ask_of_operator() && !limits.ask_of_person() && also == LookAgain::default() {
            return self.within_limits(permit, BeforePass::default(), before, cx);
        }
        let user = self.person.id.clone();
        let effect = cx.push(Effect::ReadBelonging { user, also });
        let checking = CheckingLimits { effect, permit };
        self.go_on(before, IssueStep::CheckingLimits(checking));
        None
    }

    /// Whoever calls and became an administrator meanwhile is not served, and one at the counter waits for a colleague
    /// where the site wants that; a colleague may have gone since.
    fn look_again(&self, cx: &Glance<'_>) -> LookAgain {
        LookAgain {
            roles: self.check.caller().is_some() || cx.policy.four_eyes.ask_of_roles(),
            colleague: self.confirmed_by(cx).cloned(),
        }
    }

    /// What operator and person are in was read, or could not be.
    pub(super) fn on_belonging(
        &mut self,
        id: EffectId,
        read: Result<BeforePass, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let (checking, before) = self.taken_for_limits(id)?;
        match read {
            Ok(read) => self.within_limits(checking.permit, read, before, cx),
            Err(failure) => {
                self.give_back(before, cx.now.mono);
                Some(failure.trouble)
            }
        }
    }

    /// The last look: where a colleague has to confirm, that still holds.
    fn go_on_confirmed(
        &mut self,
        permit: IssuePermit,
        colleague: Option<&ColleagueStanding>,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        match self.confirm_permit(permit, colleague, cx) {
            Ok(permit) => {
                self.write_intent(permit, before, cx);
                None
            }
            Err(trouble) => {
                self.give_back(before, cx.now.mono);
                Some(trouble)
            }
        }
    }

    /// The roles as they are now: whoever calls may have activated one since the visit began.
    fn refused_by_telephone(&self) -> Option<TroubleCode> {
        self.check.caller()?;
        telephone::refusal(&self.person).map(|trouble| trouble.code)
    }

    fn within_limits(
        &mut self,
        permit: IssuePermit,
        read: BeforePass,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if let Some(now) = read.person {
            self.person.target = now.target;
            self.person.has_role = now.has_role;
        }
        if cx.operator.is_none() {
            self.give_back(before, cx.now.mono);
            return Some(sign_in_again());
        }
        // The permit is that of whoever made the check.
        let oid = self.check.operator().clone();
        let limits = &cx.policy.limits;
        let refused = limits.refusal(&oid, &self.person.id, &read.belonging);
        let Some(code) = refused.or_else(|| self.refused_by_telephone()) else {
            self.told_limit = None;
            return self.go_on_confirmed(permit, read.colleague.as_ref(), before, cx);
        };
        // Once for each reason, so that somebody who asks in a loop fills no disk.
        if self.told_limit != Some(code) {
            self.told_limit = Some(code);
            record_refusal(&self.person.id, &oid, code, cx);
        }
        self.give_back(before, cx.now.mono);
        Some(Trouble::new(code))
    }
}
