//! A role that was activated in the middle: the token says what was so when it was given, so a fresh one is got, and
//! what is open stays where it is. Without a token to renew by the same person signs in once more, and until that
//! brings tokens, or where it brings none, the good ones that are there go on.

use super::session::SigningAgain;
use super::{Desk, Session};
use crate::effect::{Effect, EffectFailure, EffectId};
use crate::person::directory::{Operator, Rights};
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::illegal_in_state;

impl Desk {
    /// Asks for it. Pressed twice it is asked for once.
    pub(super) fn role_activated(&mut self, now: Now) -> Result<(), Trouble> {
        let Session::SignedIn(signed_in) = &mut self.session else {
            return Err(illegal_in_state());
        };
        let operator = &signed_in.operator;
        if signed_in.renewing.is_some() || signed_in.again.is_some() {
            return Ok(());
        }
        if operator.renewable {
            signed_in.renewing = Some(self.effects.push(None, Effect::RenewRights));
            return Ok(());
        }
        let asked = Effect::SignIn {
            hint: Some(operator.upn.clone()),
            only: Some(operator.oid.clone()),
        };
        signed_in.again = Some(SigningAgain {
            effect: self.effects.push(None, asked),
            until: now.mono.after_s(u64::from(self.policy.sign_in_limit_s)),
        });
        Ok(())
    }

    /// Whether this is the sign-in beside good tokens.
    pub(super) fn signs_again(&self, id: EffectId) -> bool {
        let again = self.session.signing_again();
        again.is_some_and(|again| again.effect == id)
    }

    /// The sign-in beside good tokens is over; says whether there was one.
    pub(super) fn end_signing_again(&mut self) -> bool {
        match &mut self.session {
            Session::SignedIn(signed_in) => signed_in.again.take().is_some(),
            Session::SignedOut
            | Session::SigningIn { .. }
            | Session::Confirming(_)
            | Session::Lapsed(_) => false,
        }
    }

    /// It is given up.
    pub(super) fn stop_signing_again(&mut self) -> bool {
        let there = self.end_signing_again();
        if there {
            self.effects.push(None, Effect::CancelSignIn);
        }
        there
    }

    /// The same person has other tokens now: the former ones are gone.
    pub(super) fn signed_in_again(&mut self, operator: Operator, now: Now) {
        let refused = self.refusal(&operator, None);
        let Session::SignedIn(signed_in) = &mut self.session else {
            return;
        };
        signed_in.again = None;
        let other = signed_in.operator.oid != operator.oid;
        let refused = refused.or_else(|| other.then(|| Trouble::new(TroubleCode::OtherOperator)));
        if let Some(trouble) = refused {
            self.token_ended(now);
            self.refuse_sign_in(trouble);
            return;
        }
        let rights = Rights {
            may_issue: operator.may_issue,
            roles: operator.roles.clone(),
            renewable: operator.renewable,
            token_until: operator.token_until,
        };
        signed_in.operator = Operator {
            may_issue: signed_in.operator.may_issue,
            roles: signed_in.operator.roles.take(),
            ..operator.clone()
        };
        self.trouble = None;
        self.look_for_locked();
        self.record_signed_in(&operator);
        self.touches.by_operator(now.mono);
        if let Some(since) = self.take_rights(rights)
            && let Session::SignedIn(signed_in) = &mut self.session
        {
            signed_in.since = since;
        }
    }

    /// What was refused for want of a role may be asked for again, unless the same roles are seen as before.
    pub(super) fn on_renewed(&mut self, id: EffectId, rights: Result<Rights, EffectFailure>) {
        let Session::SignedIn(signed_in) = &mut self.session else {
            return;
        };
        if signed_in.renewing.take_if(|asked| *asked == id).is_none() {
            return;
        }
        match rights {
            Ok(rights) => {
                self.take_rights(rights);
            }
            Err(failure) => self.trouble = Some(failure.trouble),
        }
    }

    /// What a fresh token allows. Gives what was first asked for with it.
    fn take_rights(&mut self, rights: Rights) -> Option<EffectId> {
        let Session::SignedIn(signed_in) = &mut self.session else {
            return None;
        };
        let Rights {
            may_issue,
            roles,
            renewable,
            token_until,
        } = rights;
        let operator = &mut signed_in.operator;
        let same = roles.is_some() && set(roles.as_ref()) == set(operator.roles.as_ref());
        // Roles that could not be read are those that were.
        if roles.is_some() {
            operator.may_issue = may_issue;
            operator.roles = roles;
        }
        operator.renewable = renewable;
        operator.token_until = token_until;
        // A role may let the tenant's rules be read, too.
        let first = self.effects.push(None, Effect::ReadPolicies);
        signed_in.policy_effect = Some(first);
        signed_in.passkeys_effect = Some(self.effects.push(None, Effect::ReadPasskeyRules));
        if same {
            self.trouble = Some(Trouble::new(TroubleCode::RoleNotSeen));
        } else {
            self.roles_may_differ();
        }
        Some(first)
    }

    /// By other tokens than before: what was refused for want of a role may be asked for again.
    pub(super) fn roles_may_differ(&mut self) {
        for visit in self.visits.values_mut() {
            let of_roles = |trouble: &mut Trouble| trouble.code.is_lifted_by_a_role();
            visit.trouble.take_if(of_roles);
        }
    }
}

fn set(roles: Option<&Vec<String>>) -> std::collections::BTreeSet<String> {
    let roles = roles.into_iter().flatten();
    roles.map(|role| role.to_ascii_lowercase()).collect()
}
