//! A role that was activated in the middle: the token says what was so when it was given, so a fresh one is got, and
//! what is open stays where it is.

use super::{Desk, Session};
use crate::effect::{Effect, EffectFailure, EffectId};
use crate::person::directory::Rights;
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::illegal_in_state;

impl Desk {
    /// Without a token to renew by, the same person signs in again, as after any token that ended.
    pub(super) fn role_activated(&mut self, now: Now) -> Result<(), Trouble> {
        let Session::SignedIn(signed_in) = &mut self.session else {
            return Err(illegal_in_state());
        };
        if !signed_in.operator.renewable {
            self.token_ended(now);
            return self.sign_in(now);
        }
        if signed_in.renewing.is_none() {
            signed_in.renewing = Some(self.effects.push(None, Effect::RenewRights));
        }
        Ok(())
    }

    /// What was refused for want of a role may be asked for again, unless the same roles are seen as before.
    pub(super) fn on_renewed(&mut self, id: EffectId, rights: Result<Rights, EffectFailure>) {
        let Session::SignedIn(signed_in) = &mut self.session else {
            return;
        };
        if signed_in.renewing.take_if(|asked| *asked == id).is_none() {
            return;
        }
        let Rights {
            may_issue,
            roles,
            renewable,
            token_until,
        } = match rights {
            Ok(rights) => rights,
            Err(failure) => {
                self.trouble = Some(failure.trouble);
                return;
            }
        };
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
        signed_in.policy_effect = Some(self.effects.push(None, Effect::ReadPolicies));
        signed_in.passkeys_effect = Some(self.effects.push(None, Effect::ReadPasskeyRules));
        if same {
            self.trouble = Some(Trouble::new(TroubleCode::RoleNotSeen));
            return;
        }
        self.roles_may_differ();
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
