//! The directory: people, groups, roles, devices and methods.

pub(crate) mod mailbox;
pub(crate) mod methods;
mod new_user;
pub(crate) mod people;
pub(crate) mod roles;
mod seed_people;

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::Value;

use crate::clock::after_seconds;
use crate::replicas::History;
use mailbox::Mailbox;
use methods::{Authenticator, Computer, Device, FurtherMethod, Method, Tap};
use roles::{AdministrationTarget, Role};

pub(crate) use new_user::telephones;
pub use new_user::{Case, NewMethod, NewUser, Os};

/// Organisation users' domain, the default one.
pub(crate) const DOMAIN: &str = "cablechan.biz";
/// Business partners' domain.
pub(crate) const PARTNER_DOMAIN: &str = "cable.fukui.jp";
/// The tenant's initial domain.
pub(crate) const INITIAL_DOMAIN: &str = "cablechan.onmicrosoft.com";
/// Every verified domain. The last is neither kind's, and nobody of the built-in directory has it.
pub(crate) const DOMAINS: [&str; 4] = [DOMAIN, PARTNER_DOMAIN, INITIAL_DOMAIN, "works.example"];

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Membership {
    Member,
    InternalGuest,
    ExternalGuest,
}

/// A person.
#[derive(Clone)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) upn: String,
    pub(crate) mail: Option<String>,
    pub(crate) display_name: String,
    pub(crate) given_name: String,
    pub(crate) surname: String,
    pub(crate) department: String,
    pub(crate) job_title: String,
    pub(crate) employee_id: String,
    pub(crate) enabled: bool,
    pub(crate) synced: bool,
    pub(crate) membership: Membership,
    pub(crate) created: Timestamp,
    pub(crate) password: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) groups: Vec<String>,
    /// Roles the person may activate and has not.
    pub(crate) eligible_roles: Vec<Role>,
    /// In a restricted management administrative unit.
    pub(crate) restricted: bool,
    /// The manager's object id.
    pub(crate) manager: Option<String>,
    pub(crate) other_mails: Vec<String>,
    /// A mail address the person may sign in with beside the sign-in name.
    pub(crate) mail_identity: Option<String>,
    /// Properties that mean nothing here and have a value, by Graph's names.
    pub(crate) further_properties: BTreeMap<String, Value>,
    pub(crate) has_photo: bool,
    pub(crate) methods: Vec<Method>,
    pub(crate) further_methods: Vec<FurtherMethod>,
    /// Devices registered or joined that no method of the person names.
    pub(crate) further_devices: u32,
    /// Windows computers the person registered.
    pub(crate) computers: Vec<Computer>,
    pub(crate) taps: Vec<Tap>,
    pub(crate) password_changed: Timestamp,
    /// The next sign-in with the password asks for a new one.
    pub(crate) password_change_due: bool,
    /// `passwordPolicies`.
    pub(crate) password_policies: Option<String>,
    /// The on-premises directory refuses a new password.
    pub(crate) write_back_fails: bool,
    pub(crate) sessions_valid_from: Timestamp,
    pub(crate) case: Option<Case>,
    pub(crate) mailbox: Mailbox,
}

impl User {
    /// The pass Graph lists, if any.
    pub(crate) fn tap(&self) -> Option<&Tap> {
        self.taps.iter().rev().find(|tap| tap.ended.is_none())
    }

    /// The installations of Microsoft Authenticator.
    pub(crate) fn authenticators(&self) -> impl Iterator<Item = &Authenticator> {
        self.methods.iter().filter_map(|method| match method {
            Method::Authenticator(entry) => Some(entry),
            Method::Password { .. } | Method::Phone { .. } | Method::Fido2(_) => None,
        })
    }

    /// See [`User::tap`].
    pub(crate) fn tap_mut(&mut self) -> Option<&mut Tap> {
        self.taps.iter_mut().rev().find(|tap| tap.ended.is_none())
    }
}

/// Something a person may have only so many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Limit {
    /// Authenticator entries.
    Authenticators,
    /// Devices registered or joined.
    Devices,
}

/// A group.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) role_assignable: bool,
    /// Directory roles that members have through the group.
    pub(crate) roles: Vec<Role>,
    /// Object ids of owners.
    pub(crate) owners: Vec<String>,
    /// Its members are ruled by the on-premises directory.
    pub(crate) synced: bool,
    pub(crate) mail_enabled: bool,
    /// A rule says who is in it.
    pub(crate) dynamic: bool,
    pub(crate) created: Timestamp,
}

/// An administrative unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) id: String,
    pub(crate) display_name: String,
    /// Object ids of people.
    pub(crate) members: Vec<String>,
}

/// Everything the tenant knows of people and devices.
pub(crate) struct Directory {
    pub(crate) users: Vec<User>,
    pub(crate) groups: Vec<Group>,
    pub(crate) units: Vec<Unit>,
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) role_ids: Vec<(Role, String)>,
    /// The group the pass policy excludes.
    pub(crate) tap_excluded_group: String,
    /// What people looked like before, for reads that are old.
    pub(crate) history: History,
}

impl Directory {
    /// The person with that object id or sign-in name.
    pub(crate) fn user(&self, key: &str) -> Option<&User> {
        self.users.iter().find(|user| is_named(user, key))
    }

    /// See [`Directory::user`]; what the person is now becomes what replicas may still show.
    pub(crate) fn user_mut(&mut self, key: &str) -> Option<&mut User> {
        let user = self.users.iter_mut().find(|user| is_named(user, key))?;
        self.history.changes(user);
        Some(user)
    }

    /// Whether the pass policy covers that person.
    pub(crate) fn in_tap_scope(&self, user: &User) -> bool {
        !user.groups.contains(&self.tap_excluded_group)
    }

    /// Roles in force, direct and through groups.
    pub(crate) fn active_roles(&self, user: &User) -> Vec<Role> {
        let mut roles = user.roles.clone();
        for group in self.groups_of(user) {
            roles.extend(&group.roles);
        }
        roles
    }

    /// The groups that person is a member of.
    pub(crate) fn groups_of<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a Group> {
        self.groups
            .iter()
            .filter(|group| user.groups.contains(&group.id))
    }

    /// The administrative units that person is in.
    pub(crate) fn units_of<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a Unit> {
        let holds = |unit: &&Unit| unit.members.contains(&user.id);
        self.units.iter().filter(holds)
    }

    /// What matters of that person as a target of administration.
    ///
    /// Whether roles one is only eligible for protect is not documented; `eligible_counts` decides.
    pub(crate) fn standing(&self, user: &User, eligible_counts: bool) -> AdministrationTarget {
        let mut roles = self.active_roles(user);
        if eligible_counts {
            roles.extend(&user.eligible_roles);
        }
        let owns = |group: &Group| group.owners.contains(&user.id);
        let in_role_assignable_group = self
            .groups
            .iter()
            .any(|group| group.role_assignable && (user.groups.contains(&group.id) || owns(group)));
        AdministrationTarget {
            roles,
            in_role_assignable_group,
            restricted: user.restricted,
        }
    }

    /// Devices that count for that person's quota.
    pub(crate) fn device_count(&self, user: &User) -> u32 {
        let named = user
            .authenticators()
            .filter(|entry| entry.phone_sign_in.is_some());
        let named = u32::try_from(named.count()).unwrap_or(u32::MAX);
        named.saturating_add(user.further_devices)
    }

    /// The object id this tenant gave a role.
    pub(crate) fn role_id(&self, role: Role) -> &str {
        self.role_ids
            .iter()
            .find(|(known, _)| *known == role)
            .map_or("", |(_, id)| id)
    }
}

/// A GUID drawn from the seed.
pub(crate) fn guid(rng: &mut StdRng) -> String {
    uuid::Builder::from_random_bytes(rng.random())
        .into_uuid()
        .to_string()
}

/// A pass of `length` characters: cases mixed, at least one symbol, as Microsoft's samples look.
pub(crate) fn pass_value(rng: &mut StdRng, length: usize) -> String {
    const ALPHABET: &[u8] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+&=!#%*";
    loop {
        let drawn: Vec<u8> = (0..length)
            .filter_map(|_| ALPHABET.choose(rng).copied())
            .collect();
        let mixed = drawn.iter().any(u8::is_ascii_uppercase)
            && drawn.iter().any(u8::is_ascii_lowercase)
            && drawn.iter().any(u8::is_ascii_punctuation);
        if mixed {
            return drawn.into_iter().map(char::from).collect();
        }
    }
}

/// A live multi-use pass that began `age_s` seconds ago.
pub(crate) fn standing_pass(
    rng: &mut StdRng,
    now: Timestamp,
    age_s: i64,
    lifetime_min: u32,
) -> Tap {
    let created = after_seconds(now, -age_s);
    Tap {
        id: guid(rng),
        value: pass_value(rng, 8),
        created,
        start: created,
        lifetime_min,
        once: false,
        uses: Vec::new(),
        ended: None,
    }
}

fn is_named(user: &User, key: &str) -> bool {
    user.id.eq_ignore_ascii_case(key) || user.upn.eq_ignore_ascii_case(key)
}
