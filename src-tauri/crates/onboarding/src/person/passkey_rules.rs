//! What the tenant says of passkeys, and whether it lets a person keep one in Authenticator (N25).

use crate::person::directory::{AccountKind, Person};
use crate::policy::PhoneOs;

/// The tenant's own rules for passkeys, as far as they could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyRules {
    /// None where it was not told.
    pub enabled: Option<bool>,
    /// False where nobody sets one up by themselves. Whether that stops Authenticator, too, is not documented.
    pub self_service: Option<bool>,
    /// Ids of groups to which nothing of it applies.
    pub excluded: Vec<String>,
    pub targets: Vec<PasskeyTarget>,
    pub offer: PasskeyOffer,
}

/// A group or a person, or everybody, with the profiles for them: one that admits a passkey is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyTarget {
    /// None is everybody.
    pub id: Option<String>,
    pub profiles: Vec<PasskeyProfile>,
}

/// What a profile says of passkeys in Authenticator; none is what nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasskeyProfile {
    pub ios: Option<bool>,
    pub android: Option<bool>,
    /// It takes passkeys that wander between devices as well, which asks for a newer app.
    pub both_kinds: bool,
}

/// What the registration campaign does after a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyOffer {
    None,
    /// A passkey is offered, and the offer can be skipped.
    Skippable,
    /// Whoever skipped it often enough goes on with a passkey only.
    Insists,
    CannotTell,
}

/// Whether this person may keep a passkey in Authenticator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasskeyGate {
    Open {
        /// It takes the newer app.
        both_kinds: bool,
    },
    Shut(PasskeyShut),
    CannotTell,
}

/// What keeps a passkey out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasskeyShut {
    /// The method is off, or no profile of the person's admits Authenticator.
    ByPolicy,
    /// Guests have none yet, whatever the policy says.
    GuestNotYet,
}

impl PasskeyGate {
    /// For this person, on such a phone where it is known.
    pub(crate) fn of(rules: Option<&PasskeyRules>, person: &Person, os: Option<PhoneOs>) -> Self {
        match person.kind {
            AccountKind::Member => {}
            AccountKind::InternalGuest | AccountKind::ExternalGuest => {
                return Self::Shut(PasskeyShut::GuestNotYet);
            }
            AccountKind::ExternalMember | AccountKind::Untold | AccountKind::ExternalUntold => {
                return Self::CannotTell;
            }
        }
        match rules {
            Some(rules) if rules.enabled == Some(false) => Self::Shut(PasskeyShut::ByPolicy),
            Some(rules) if rules.enabled == Some(true) => rules.judge(person, os),
            Some(_) | None => Self::CannotTell,
        }
    }

    /// Whether the policy is known to keep it out.
    pub(crate) fn is_shut(self) -> bool {
        match self {
            Self::Shut(_) => true,
            Self::Open { .. } | Self::CannotTell => false,
        }
    }
}

impl PasskeyRules {
    fn judge(&self, person: &Person, os: Option<PhoneOs>) -> PasskeyGate {
        let is_excluded = self.excluded.iter().map(|id| is_among(Some(id), person));
        match is_excluded.fold(Some(false), either) {
            Some(false) => {}
            Some(true) => return PasskeyGate::Shut(PasskeyShut::ByPolicy),
            None => return PasskeyGate::CannotTell,
        }
        let (mut admitted, mut both_kinds) = (Some(false), false);
        for target in &self.targets {
            let is_meant = is_among(target.id.as_ref(), person);
            for profile in &target.profiles {
                let admits = both(is_meant, profile.admits(os));
                admitted = either(admitted, admits);
                both_kinds |= admits == Some(true) && profile.both_kinds;
            }
        }
        match admitted {
            Some(true) if self.self_service == Some(false) => PasskeyGate::CannotTell,
            Some(true) => PasskeyGate::Open { both_kinds },
            Some(false) => PasskeyGate::Shut(PasskeyShut::ByPolicy),
            None => PasskeyGate::CannotTell,
        }
    }
}

impl PasskeyProfile {
    fn admits(self, os: Option<PhoneOs>) -> Option<bool> {
        match os {
            Some(PhoneOs::Ios) => self.ios,
            Some(PhoneOs::Android) => self.android,
            None if self.ios == self.android => self.ios,
            None => None,
        }
    }
}

/// Whether a target means this person; none where the person's groups are not all known.
fn is_among(target: Option<&String>, person: &Person) -> Option<bool> {
    let Some(id) = target.filter(|id| *id != "all_users") else {
        return Some(true);
    };
    let same = |one: &String| one.eq_ignore_ascii_case(id);
    if same(&person.id.0) {
        return Some(true);
    }
    person.groups.as_ref().map(|groups| groups.iter().any(same))
}

/// One yes is enough; without one a single doubt leaves it open.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        (None, _) | (_, None) => None,
    }
}

/// One no is enough.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Upn, UserId};
    use crate::person::directory::Target;

    fn person(kind: AccountKind, groups: Option<&[&str]>) -> Person {
        Person {
            id: UserId("me".into()),
            upn: Upn::of_directory("me@cablechan.biz"),
            name: "Account".into(),
            mail: None,
            other_mails: Vec::new(),
            department: None,
            employee_id: None,
            enabled: Some(true),
            kind,
            target: Target::Open,
            synced: false,
            has_role: Some(false),
            windows_device: false,
            groups: groups.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect()),
        }
    }

    const OPEN: PasskeyProfile = PasskeyProfile {
        ios: Some(true),
        android: Some(true),
        both_kinds: false,
    };
    const SHUT: PasskeyProfile = PasskeyProfile {
        ios: Some(false),
        android: Some(false),
        both_kinds: true,
    };
    const BOTH: PasskeyProfile = PasskeyProfile {
        both_kinds: true,
        ..OPEN
    };
    const IPHONE: PasskeyProfile = PasskeyProfile {
        android: Some(false),
        ..OPEN
    };
    const UNCLEAR: PasskeyProfile = PasskeyProfile {
        ios: None,
        android: None,
        both_kinds: false,
    };

    /// Targets as `(id, profiles)`; an empty id is everybody.
    fn rules(targets: &[(&str, &[PasskeyProfile])], excluded: &[&str]) -> PasskeyRules {
        let target = |(id, profiles): &(&str, &[PasskeyProfile])| PasskeyTarget {
            id: (!id.is_empty()).then(|| (*id).to_owned()),
            profiles: profiles.to_vec(),
        };
        PasskeyRules {
            enabled: Some(true),
            self_service: Some(true),
            excluded: excluded.iter().map(|id| (*id).to_owned()).collect(),
            targets: targets.iter().map(target).collect(),
            offer: PasskeyOffer::None,
        }
    }

    /// `open`, `both`, `shut` or `unclear`.
    fn word(gate: PasskeyGate) -> &'static str {
        match gate {
            PasskeyGate::Open { both_kinds: false } => "open",
            PasskeyGate::Open { both_kinds: true } => "both",
            PasskeyGate::Shut(_) => "shut",
            PasskeyGate::CannotTell => "unclear",
        }
    }

    #[test]
    fn n25_one_profile_of_the_persons_that_admits_authenticator_is_enough() {
        let of_g = Some(&["g"][..]);
        let (nowhere, unread) = (Some(&[][..]), None);
        for (targets, excluded, groups, expected) in [
            (&[("", &[OPEN][..])][..], &[][..], nowhere, "open"),
            (&[("", &[OPEN])], &[], unread, "open"),
            (&[("", &[BOTH])], &[], nowhere, "both"),
            (&[("", &[SHUT])], &[], of_g, "shut"),
            (&[("", &[SHUT]), ("g", &[OPEN])], &[], of_g, "open"),
            (&[("", &[SHUT]), ("G", &[SHUT, OPEN])], &[], of_g, "open"),
            (&[("", &[SHUT]), ("g", &[OPEN])], &[], nowhere, "shut"),
            (&[("", &[SHUT]), ("g", &[OPEN])], &[], unread, "unclear"),
            (&[("", &[SHUT]), ("g", &[SHUT])], &[], unread, "shut"),
            (&[("", &[OPEN]), ("g", &[BOTH])], &[], nowhere, "open"),
            (&[("me", &[OPEN])], &[], unread, "open"),
            (&[("", &[UNCLEAR])], &[], of_g, "unclear"),
            (&[("", &[UNCLEAR]), ("g", &[OPEN])], &[], of_g, "open"),
            (&[("", &[OPEN])], &["g"], of_g, "shut"),
            (&[("", &[OPEN])], &["g"], nowhere, "open"),
            (&[("", &[OPEN])], &["g"], unread, "unclear"),
            (&[("", &[OPEN])], &["all_users"], unread, "shut"),
            (&[], &[], of_g, "shut"),
        ] {
            let rules = rules(targets, excluded);
            let who = person(AccountKind::Member, groups);
            let gate = PasskeyGate::of(Some(&rules), &who, None);
            assert_eq!(word(gate), expected, "{targets:?} {excluded:?} {groups:?}");
        }
    }

    #[test]
    fn n25_the_phone_the_account_and_what_was_not_read_decide_too() {
        use AccountKind::{ExternalMember, InternalGuest, Member, Untold};
        let open = rules(&[("", &[OPEN])], &[]);
        let off = PasskeyRules {
            enabled: Some(false),
            ..open.clone()
        };
        let untold = PasskeyRules {
            enabled: None,
            ..open.clone()
        };
        let no_self_service = PasskeyRules {
            self_service: Some(false),
            ..open.clone()
        };
        let iphone = rules(&[("", &[IPHONE])], &[]);
        for (rules, kind, os, expected) in [
            (None, Member, None, "unclear"),
            (None, InternalGuest, None, "shut"),
            (Some(&open), InternalGuest, None, "shut"),
            (Some(&open), ExternalMember, None, "unclear"),
            (Some(&open), Untold, None, "unclear"),
            (Some(&off), Member, None, "shut"),
            (Some(&untold), Member, None, "unclear"),
            (Some(&no_self_service), Member, None, "unclear"),
            (Some(&iphone), Member, Some(PhoneOs::Ios), "open"),
            (Some(&iphone), Member, Some(PhoneOs::Android), "shut"),
            (Some(&iphone), Member, None, "unclear"),
        ] {
            let gate = PasskeyGate::of(rules, &person(kind, Some(&[])), os);
            assert_eq!(word(gate), expected, "{rules:?} {kind:?} {os:?}");
        }
    }
}
