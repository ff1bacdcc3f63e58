//! Whether Conditional Access will let a phone be registered: what is asked of it beforehand, and what its answer means
//! for somebody who signs in with a pass (N22).

use std::net::IpAddr;

use crate::policy::PhoneOs;

/// What the phone is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneStep {
    /// Registering a method, whichever.
    RegisterMethod,
    /// Registering itself, which phone sign-in takes.
    RegisterDevice,
}

/// One question to Conditional Access about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessQuestion {
    pub step: PhoneStep,
    pub from: IpAddr,
    /// None while nobody has said which phone it is.
    pub os: Option<PhoneOs>,
}

/// A policy in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    pub name: String,
    pub applies: Applies,
    /// It is about registering devices, by name.
    pub of_devices: bool,
    /// One of the wants is enough.
    pub any: bool,
    pub wants: Vec<PolicyWant>,
}

/// Whether a policy applies to what was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    Yes,
    No,
    /// The place alone speaks against it: from another one it would.
    Elsewhere,
    /// It does not concern this person.
    NotToThem,
    CannotTell,
}

/// Something a policy wants before it lets anybody on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyWant {
    /// Whoever signs in with a pass meets it.
    MetByPass,
    /// No phone that is only just being registered meets it.
    Never,
    /// A strength, and which passes it takes.
    Strength {
        name: String,
        once: bool,
        many: bool,
    },
    /// This version has no word for it.
    Unknown,
}

/// Whether the phone gets on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    Open,
    Shut(ShutBy),
    CannotTell,
}

/// What keeps it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShutBy {
    Policy { policy: String },
    Strength { policy: String, strength: String },
}

/// What one answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) gate: Gate,
    /// From another place it may be otherwise.
    pub(crate) by_place: bool,
    /// Some policy names the registration of devices.
    pub(crate) names_devices: bool,
}

impl Judged {
    /// For a pass that works `once` only, or not.
    pub(crate) fn of(policies: &[AccessPolicy], once: bool) -> Self {
        let shuts = |policy: &&AccessPolicy| policy.gate(once) != Gate::Open;
        let elsewhere = |policy: &&AccessPolicy| policy.applies == Applies::Elsewhere;
        let gate = gate(policies, once);
        Self {
            by_place: matches!(gate, Gate::Shut(_))
                || policies.iter().filter(elsewhere).any(|it| shuts(&it)),
            names_devices: policies
                .iter()
                .any(|policy| policy.of_devices && policy.applies != Applies::NotToThem),
            gate,
        }
    }
}

/// All that apply must let the phone on. One that shuts it out weighs more than one of which nobody can tell.
fn gate(policies: &[AccessPolicy], once: bool) -> Gate {
    let mut all = Gate::Open;
    for policy in policies {
        let gate = match policy.applies {
            Applies::Yes => policy.gate(once),
            Applies::CannotTell if policy.gate(once) == Gate::Open => Gate::Open,
            Applies::CannotTell => Gate::CannotTell,
            Applies::No | Applies::Elsewhere | Applies::NotToThem => Gate::Open,
        };
        match (&all, &gate) {
            (_, Gate::Open) | (Gate::Shut(ShutBy::Policy { .. }), _) => {}
            (
                Gate::Shut(ShutBy::Strength { .. }),
                Gate::CannotTell | Gate::Shut(ShutBy::Strength { .. }),
            ) => {}
            _ => all = gate,
        }
    }
    all
}

impl AccessPolicy {
    /// What it does where it applies.
    fn gate(&self, once: bool) -> Gate {
        let of_wants = || self.wants.iter().map(|want| self.gate_of(want, once));
        let shut = of_wants().find(|gate| matches!(gate, Gate::Shut(_)));
        let open = of_wants().any(|gate| gate == Gate::Open);
        let unclear = of_wants().any(|gate| gate == Gate::CannotTell);
        match (self.any, shut) {
            (true, _) if open => Gate::Open,
            (true, _) if unclear => Gate::CannotTell,
            (_, Some(shut)) => shut,
            (_, None) if unclear => Gate::CannotTell,
            (_, None) => Gate::Open,
        }
    }

    fn gate_of(&self, want: &PolicyWant, once: bool) -> Gate {
        let policy = self.name.clone();
        match want {
            PolicyWant::MetByPass => Gate::Open,
            PolicyWant::Strength { once: takes, .. } if once && *takes => Gate::Open,
            PolicyWant::Strength { many: takes, .. } if !once && *takes => Gate::Open,
            PolicyWant::Strength { name, .. } => Gate::Shut(ShutBy::Strength {
                policy,
                strength: name.clone(),
            }),
            PolicyWant::Never => Gate::Shut(ShutBy::Policy { policy }),
            PolicyWant::Unknown => Gate::CannotTell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(applies: Applies, any: bool, wants: Vec<PolicyWant>) -> AccessPolicy {
        AccessPolicy {
            name: "P".into(),
            applies,
            of_devices: false,
            any,
            wants,
        }
    }

    fn strength(once: bool, many: bool) -> PolicyWant {
        let name = "S".into();
        PolicyWant::Strength { name, once, many }
    }

    /// `open`, `shut`, `strength` or `unclear`.
    fn word(gate: &Gate) -> &'static str {
        match gate {
            Gate::Open => "open",
            Gate::Shut(ShutBy::Policy { .. }) => "shut",
            Gate::Shut(ShutBy::Strength { .. }) => "strength",
            Gate::CannotTell => "unclear",
        }
    }

    #[test]
    fn n22_what_a_policy_wants_is_met_by_a_pass_or_is_not() {
        use PolicyWant::{MetByPass, Never, Unknown};
        for (any, wants, expected) in [
            (true, vec![], "open"),
            (true, vec![MetByPass], "open"),
            (true, vec![Never], "shut"),
            (true, vec![Never, MetByPass], "open"),
            (false, vec![Never, MetByPass], "shut"),
            (true, vec![Unknown], "unclear"),
            (true, vec![Unknown, Never], "unclear"),
            (false, vec![Unknown, Never], "shut"),
            (false, vec![Unknown, MetByPass], "unclear"),
            (true, vec![Unknown, MetByPass], "open"),
            (true, vec![strength(true, false)], "open"),
            (true, vec![strength(false, true)], "strength"),
            (true, vec![strength(false, false)], "strength"),
            (true, vec![strength(false, false), MetByPass], "open"),
            (false, vec![strength(false, false), MetByPass], "strength"),
        ] {
            let one = policy(Applies::Yes, any, wants);
            let judged = Judged::of(std::slice::from_ref(&one), true);
            assert_eq!(word(&judged.gate), expected, "{one:?}");
        }
        let many = policy(Applies::Yes, true, vec![strength(false, true)]);
        assert_eq!(word(&Judged::of(&[many], false).gate), "open");
    }

    #[test]
    fn n22_the_gravest_policy_that_applies_says_what_becomes_of_the_phone() {
        let shut = |applies| policy(applies, true, vec![PolicyWant::Never]);
        let weak = || policy(Applies::Yes, true, vec![strength(false, false)]);
        let met = |applies| policy(applies, true, vec![PolicyWant::MetByPass]);
        for (policies, gate, by_place) in [
            (vec![], "open", false),
            (vec![met(Applies::Yes)], "open", false),
            (vec![met(Applies::Elsewhere)], "open", false),
            (vec![shut(Applies::No)], "open", false),
            (vec![shut(Applies::NotToThem)], "open", false),
            (vec![shut(Applies::Elsewhere)], "open", true),
            (vec![shut(Applies::CannotTell)], "unclear", false),
            (vec![met(Applies::CannotTell)], "open", false),
            (vec![shut(Applies::Yes)], "shut", true),
            (vec![weak()], "strength", true),
            (vec![weak(), shut(Applies::Yes)], "shut", true),
            (vec![shut(Applies::Yes), weak()], "shut", true),
            (vec![shut(Applies::CannotTell), weak()], "strength", true),
            (vec![weak(), shut(Applies::CannotTell)], "strength", true),
        ] {
            let judged = Judged::of(&policies, true);
            assert_eq!(word(&judged.gate), gate, "{policies:?}");
            assert_eq!(judged.by_place, by_place, "{policies:?}");
        }
    }
}
