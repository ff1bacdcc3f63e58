//! The site's own limits, looked at when the person is found and read anew right before a pass is asked for (N26).

use super::{Board, Context, Glance, sign_in_again};
use crate::effect::{Effect, EffectFailure, EffectId};
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
        let limits = &cx.policy.limits;
        if !limits.ask_of_operator() && !limits.ask_of_person() {
            return self.within_limits(permit, &Belonging::default(), before, cx);
        }
        let user = self.person.id.clone();
        let effect = cx.push(Effect::ReadBelonging { user });
        let checking = CheckingLimits { effect, permit };
        self.go_on(before, IssueStep::CheckingLimits(checking));
        None
    }

    /// What operator and person are in was read, or could not be.
    pub(super) fn on_belonging(
        &mut self,
        id: EffectId,
        read: Result<Belonging, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let (checking, before) = self.taken_for_limits(id)?;
        match read {
            Ok(belonging) => self.within_limits(checking.permit, &belonging, before, cx),
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
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        match self.confirm_permit(permit, cx) {
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

    fn within_limits(
        &mut self,
        permit: IssuePermit,
        belonging: &Belonging,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if cx.operator.is_none() {
            self.give_back(before, cx.now.mono);
            return Some(sign_in_again());
        }
        // The permit is that of whoever made the check.
        let oid = self.check.operator().clone();
        let refused = cx.policy.limits.refusal(&oid, &self.person.id, belonging);
        let Some(code) = refused else {
            self.told_limit = None;
            return self.go_on_confirmed(permit, before, cx);
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
