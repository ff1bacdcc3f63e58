//! The way to a pass begins with a fresh look: nobody's living pass is replaced without a yes.

use super::{Board, Context, illegal_in_state, sign_in_again};
use crate::effect::{Effect, Outcome};
use crate::ids::{PassId, VisitId};
use crate::pass::state::{HeldPass, PassState};
use crate::person::directory::{KnownPass, Method, MethodRead};
use crate::person::identity_check::IssuePermit;
use crate::record::RenewReason;
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};

impl Board {
    pub(super) fn issue(
        &mut self,
        visit: VisitId,
        replace: bool,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        if !self.may_issue() {
            return Err(illegal_in_state());
        }
        self.refuse_blocked(cx)?;
        if let Some(earlier) = self.baseline.live_pass()
            && !replace
            && cx.now.service < earlier.ends()
        {
            return Err(exists(earlier, cx.now));
        }
        let permit = self
            .check
            .permit(&self.person.id, &operator.oid, cx.now.mono)?;
        let agreed = self.baseline.live_pass().map(|pass| pass.id.clone());
        self.list(visit, permit, agreed, None, cx);
        Ok(())
    }

    pub(super) fn renew(
        &mut self,
        visit: VisitId,
        same_person: bool,
        reason: RenewReason,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        if !self.may_renew() {
            return Err(illegal_in_state());
        }
        self.refuse_blocked(cx)?;
        let (user, oid) = (&self.person.id, &operator.oid);
        let permit =
            self.check
                .permit_renewal(user, oid, same_person, reason, cx.policy, cx.now.mono)?;
        let before = match std::mem::replace(&mut self.pass, PassState::None) {
            PassState::Held(mut held) => {
                held.hide();
                Some(held)
            }
            // Nothing else may be renewed.
            PassState::None
            | PassState::Preflight { .. }
            | PassState::WritingIntent { .. }
            | PassState::Asking { .. }
            | PassState::MakingRoom { .. }
            | PassState::WritingIssued { .. }
            | PassState::Uncertain { .. } => None,
        };
        // A stranger's pass that was told of once is agreed to by asking again.
        let agreed = self.baseline.live_pass().map(|pass| pass.id.clone());
        self.list(visit, permit, agreed, before, cx);
        Ok(())
    }

    /// Asks which passes live right now.
    fn list(
        &mut self,
        visit: VisitId,
        permit: IssuePermit,
        agreed: Option<PassId>,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) {
        // At a full limit the list would take the very place the pass needs, again and again.
        let listed_until = self.listed_until.take();
        if listed_until.is_some_and(|until| cx.now.mono < until) {
            return self.write_intent(visit, permit, before, cx);
        }
        cx.rate_limit.spend(cx.now.mono);
        let effect = cx.effects.push(Effect::ReadMethods {
            visit,
            user: self.person.id.clone(),
            asked_for: true,
            wants: cx.policy.passes_query(),
        });
        self.pass = PassState::Preflight {
            effect,
            permit,
            agreed,
            before,
        };
    }

    pub(super) fn on_listed(
        &mut self,
        visit: VisitId,
        permit: IssuePermit,
        agreed: Option<PassId>,
        before: Option<HeldPass>,
        outcome: Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let refusal = match outcome {
            Outcome::Methods { read } => {
                let ours = before.as_ref().map(|held| held.id.clone());
                self.know_pass_of(&read, ours.as_ref());
                let stranger = self.baseline.live_pass().filter(|pass| {
                    cx.now.service < pass.ends() && agreed.as_ref() != Some(&pass.id)
                });
                stranger.map(|pass| exists(pass, cx.now))
            }
            Outcome::Failed { trouble, .. } => Some(trouble),
            Outcome::SignedIn { .. }
            | Outcome::SignInFailed { .. }
            | Outcome::Policies { .. }
            | Outcome::Found { .. }
            | Outcome::Devices { .. }
            | Outcome::FindFailed { .. }
            | Outcome::Recorded
            | Outcome::RecordFailed
            | Outcome::Issued { .. }
            | Outcome::IssueRefused { .. }
            | Outcome::IssueNotSent { .. }
            | Outcome::IssueUncertain { .. }
            | Outcome::PassRemoved
            | Outcome::HandOutMade { .. } => Some(Trouble::new(TroubleCode::Unexpected)),
        };
        let refusal = refusal.or_else(|| cx.operator.is_none().then(sign_in_again));
        if let Some(trouble) = refusal {
            self.give_back(before, cx.now.mono);
            return Some(trouble);
        }
        self.write_intent(visit, permit, before, cx);
        None
    }

    /// Keeps the pass of a newer read in the baseline, unless it is our own.
    fn know_pass_of(&mut self, read: &MethodRead, ours: Option<&PassId>) {
        self.baseline
            .methods
            .retain(|method| !matches!(method, Method::Pass(_)));
        let other = read.pass().filter(|pass| Some(&pass.id) != ours).cloned();
        self.baseline.methods.extend(other.map(Method::Pass));
    }
}

/// A pass already lives, and how old it is.
fn exists(pass: &KnownPass, now: Now) -> Trouble {
    let made = pass.created.unwrap_or(pass.start);
    let minutes = (now.service.0.saturating_sub(made.0)).max(0) / 60_000;
    Trouble::new(TroubleCode::PassExists).number("minutes", minutes)
}
