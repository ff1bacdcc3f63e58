//! Conditional Access asked beforehand, in the visit's words.

use entra::{DevicePlatform, JudgedPolicy, SupposedAction, UserAction};
use onboarding::{
    AccessPolicy, AccessQuestion, Answer, Applies, EffectFailure, EffectId, PhoneOs, PhoneStep,
    PolicyWant, UserId,
};

use crate::drive::Driver;
use crate::perform::{GraphEffects, signed_out};
use crate::translate;

impl Driver {
    pub(crate) fn ask_access(&self, id: EffectId, user: UserId, question: AccessQuestion) {
        let graph = self.graph_effects();
        self.spawn(id, async move {
            Answer::Access(graph.access(&user, question).await)
        });
    }
}

impl GraphEffects {
    /// Every policy in force, and whether it would apply.
    async fn access(
        self,
        user: &UserId,
        question: AccessQuestion,
    ) -> Result<Vec<AccessPolicy>, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let supposed = SupposedAction {
            user_id: &user.0,
            action: match question.step {
                PhoneStep::RegisterMethod => UserAction::RegisterSecurityInformation,
                PhoneStep::RegisterDevice => UserAction::RegisterOrJoinDevices,
            },
            address: question.from,
            platform: question.os.map(|os| match os {
                PhoneOs::Ios => DevicePlatform::Ios,
                PhoneOs::Android => DevicePlatform::Android,
            }),
        };
        let judged = session.what_if(supposed).await;
        let judged = judged.map_err(|error| translate::failed(&error))?;
        let enforced = judged.into_iter().filter(|policy| policy.enforced);
        Ok(enforced.map(policy).collect())
    }
}

fn policy(judged: JudgedPolicy) -> AccessPolicy {
    AccessPolicy {
        applies: applies(&judged),
        of_devices: judged.actions.contains(&UserAction::RegisterOrJoinDevices),
        any: judged.grant.any,
        wants: wants(judged.grant),
        name: judged.name,
    }
}

/// A policy that is passed over for another reason, too, would not apply elsewhere either.
fn applies(judged: &JudgedPolicy) -> Applies {
    let is = |reason: &String, name: &str| reason.eq_ignore_ascii_case(name);
    // That too little was said is no reason against it.
    let all = judged.reasons.iter();
    let against: Vec<_> = all
        .filter(|reason| !is(reason, "notEnoughInformation"))
        .collect();
    let any = |name: &str| against.iter().any(|reason| is(reason, name));
    let alone = |name: &str| against.iter().all(|reason| is(reason, name));
    match judged.applies {
        Some(true) => Applies::Yes,
        None => Applies::CannotTell,
        Some(false) if judged.reasons.is_empty() => Applies::No,
        Some(false) if any("users") => Applies::NotToThem,
        Some(false) if against.is_empty() => Applies::CannotTell,
        Some(false) if alone("location") => Applies::Elsewhere,
        Some(false) => Applies::No,
    }
}

fn wants(grant: entra::Grant) -> Vec<PolicyWant> {
    let controls = grant.controls.iter().map(|control| match control.as_str() {
        "mfa" => PolicyWant::MetByPass,
        // Of a device the organisation manages, or of an app it protects: nothing a phone has while it is set up.
        "block"
        | "compliantDevice"
        | "domainJoinedDevice"
        | "approvedApplication"
        | "compliantApplication" => PolicyWant::Never,
        _ => PolicyWant::Unknown,
    });
    let strength = grant.strength.map(|strength| {
        let Some(allowed) = strength.allowed else {
            return PolicyWant::Unknown;
        };
        let takes = |combination: &str| allowed.iter().any(|one| one == combination);
        PolicyWant::Strength {
            once: takes("temporaryAccessPassOneTime"),
            many: takes("temporaryAccessPassMultiUse"),
            name: strength.name,
        }
    });
    let unclear = (grant.custom || grant.untold).then_some(PolicyWant::Unknown);
    controls.chain(strength).chain(unclear).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(applies: Option<bool>, reasons: &[&str]) -> JudgedPolicy {
        JudgedPolicy {
            name: String::new(),
            enforced: true,
            applies,
            reasons: reasons.iter().map(|&reason| reason.to_owned()).collect(),
            actions: Vec::new(),
            grant: entra::Grant::default(),
        }
    }

    /// N22: only the place alone says that it would be otherwise from another one.
    #[test]
    fn why_a_policy_does_not_apply_says_where_it_would() {
        for (said, reasons, expected) in [
            (Some(true), &[][..], Applies::Yes),
            (None, &[], Applies::CannotTell),
            (Some(false), &[], Applies::No),
            (Some(false), &["location"], Applies::Elsewhere),
            (Some(false), &["users"], Applies::NotToThem),
            (Some(false), &["location", "users"], Applies::NotToThem),
            (Some(false), &["location", "devicePlatform"], Applies::No),
            (Some(false), &["userActions"], Applies::No),
            (Some(false), &["notEnoughInformation"], Applies::CannotTell),
            (
                Some(false),
                &["notEnoughInformation", "userActions"],
                Applies::No,
            ),
            (
                Some(false),
                &["location", "notEnoughInformation"],
                Applies::Elsewhere,
            ),
            (
                Some(false),
                &["notEnoughInformation", "location", "devicePlatform"],
                Applies::No,
            ),
            (
                Some(false),
                &["notEnoughInformation", "users"],
                Applies::NotToThem,
            ),
            (Some(false), &["a reason of tomorrow"], Applies::No),
        ] {
            let one = judged(said, reasons);
            assert_eq!(applies(&one), expected, "{said:?} {reasons:?}");
        }
    }

    /// N22: a strength that does not say what it takes refuses nobody, and what is not told is not nothing.
    #[test]
    fn what_a_policy_does_not_tell_is_not_known() {
        let strength = |allowed: Option<&[&str]>| entra::Strength {
            name: "S".into(),
            allowed: allowed.map(|all| all.iter().map(|&one| one.to_owned()).collect()),
        };
        let grant = |strength, untold| entra::Grant {
            strength,
            untold,
            ..entra::Grant::default()
        };
        let takes = |once, many| PolicyWant::Strength {
            name: "S".into(),
            once,
            many,
        };
        for (grant, expected) in [
            (grant(None, false), vec![]),
            (grant(None, true), vec![PolicyWant::Unknown]),
            (
                grant(Some(strength(None)), false),
                vec![PolicyWant::Unknown],
            ),
            (
                grant(Some(strength(Some(&[]))), false),
                vec![takes(false, false)],
            ),
            (
                grant(Some(strength(Some(&["temporaryAccessPassOneTime"]))), false),
                vec![takes(true, false)],
            ),
        ] {
            assert_eq!(wants(grant.clone()), expected, "{grant:?}");
        }
    }
}
