//! The directory: people, groups, roles, devices and methods.

pub(crate) mod methods;
pub(crate) mod people;
pub(crate) mod roles;

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde::{Deserialize, Serialize};

use crate::clock::after_seconds;
use crate::replicas::History;
use methods::{Device, Method, Tap};
use roles::{Role, Standing};

/// Organisation users' domain, the default one.
pub(crate) const DOMAIN: &str = "cablechan.biz";
/// Business partners' domain.
pub(crate) const PARTNER_DOMAIN: &str = "cable.fukui.jp";
/// The tenant's initial domain.
pub(crate) const INITIAL_DOMAIN: &str = "cablechan.onmicrosoft.com";

/// What a person of the built-in directory is there to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// Organisation user with a password and nothing else.
    Plain,
    /// Business partner with a password and nothing else.
    Partner,
    /// Account switched off.
    Disabled,
    /// Invited guest of another tenant: no pass possible.
    GuestExternal,
    /// Guest who signs in here: a pass is possible.
    GuestInternal,
    /// Administrator, or in a role-assignable group: out of reach for an Authentication Administrator.
    Protected,
    /// Has Authenticator for push only.
    HasPush,
    /// Has Authenticator with phone sign-in.
    HasPhoneSignIn,
    /// Has a live pass from the start.
    HasPass,
    /// Synchronised from an on-premises directory.
    Synced,
    /// In the group the pass policy excludes.
    OutOfScope,
}

/// A person to add, by profile or control call.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// Sign-in name with a domain of this tenant.
    pub upn: String,
    /// Shown name.
    pub display_name: String,
    /// Mail address; none when absent.
    pub mail: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Employee id.
    pub employee_id: Option<String>,
    /// What the person is there to show; plain when absent.
    pub case: Option<Case>,
    /// Password; made from the seed when absent.
    pub password: Option<String>,
    /// Names of directory roles.
    #[serde(default)]
    pub roles: Vec<String>,
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser")
            .field("upn", &self.upn)
            .field("case", &self.case)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub(crate) methods: Vec<Method>,
    pub(crate) taps: Vec<Tap>,
    pub(crate) case: Option<Case>,
}

impl User {
    /// The pass Graph lists, if any.
    pub(crate) fn tap(&self) -> Option<&Tap> {
        self.taps.iter().rev().find(|tap| tap.ended.is_none())
    }

    /// See [`User::tap`].
    pub(crate) fn tap_mut(&mut self) -> Option<&mut Tap> {
        self.taps.iter_mut().rev().find(|tap| tap.ended.is_none())
    }
}

/// A group.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) role_assignable: bool,
}

/// Everything the tenant knows of people and devices.
pub(crate) struct Directory {
    pub(crate) users: Vec<User>,
    pub(crate) groups: Vec<Group>,
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

    /// What matters of that person as a target of administration.
    pub(crate) fn standing<'a>(&self, user: &'a User) -> Standing<'a> {
        let role_assignable = |id: &String| {
            self.groups
                .iter()
                .any(|group| group.id == *id && group.role_assignable)
        };
        Standing {
            roles: &user.roles,
            in_role_assignable_group: user.groups.iter().any(role_assignable),
        }
    }

    /// The object id this tenant gave a role.
    pub(crate) fn role_id(&self, role: Role) -> &str {
        self.role_ids
            .iter()
            .find(|(known, _)| *known == role)
            .map_or("", |(_, id)| id)
    }

    /// Adds a person, or says why not.
    pub(crate) fn add(
        &mut self,
        new: NewUser,
        rng: &mut StdRng,
        now: Timestamp,
    ) -> Result<String, String> {
        let domain = new
            .upn
            .split_once('@')
            .map(|(_, domain)| domain)
            .unwrap_or_default();
        if ![DOMAIN, PARTNER_DOMAIN, INITIAL_DOMAIN].contains(&domain) {
            return Err(format!("{} has no domain of this tenant", new.upn));
        }
        if self.user(&new.upn).is_some() {
            return Err(format!("{} exists", new.upn));
        }
        let mut roles = Vec::new();
        for name in &new.roles {
            roles.push(Role::named(name).ok_or_else(|| format!("there is no role named {name}"))?);
        }
        let (surname, given) = new
            .display_name
            .split_once(' ')
            .unwrap_or((&new.display_name, ""));
        let mut user = people::blank(rng, now, &new.upn, &new.display_name);
        user.surname = surname.to_owned();
        user.given_name = given.to_owned();
        user.mail = new.mail;
        user.department = new.department.unwrap_or_default();
        user.employee_id = new.employee_id.unwrap_or_default();
        user.roles = roles;
        if let Some(password) = new.password {
            user.password = password;
        }
        let id = user.id.clone();
        self.history.appears(&id);
        self.users.push(user);
        people::shape(self, &id, new.case.unwrap_or(Case::Plain), rng, now);
        Ok(id)
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
