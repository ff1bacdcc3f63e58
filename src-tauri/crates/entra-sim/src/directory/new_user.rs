//! People to add: what a person is there to show, and the form of the order.

use jiff::Timestamp;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::methods::{
    Authenticator, Device, FurtherMethod, Method, Passkey, PhoneSignIn, PhoneSystem,
};
use super::roles::Role;
use super::{DOMAINS, Directory, User, guid, people};
use crate::clock::after_seconds;
use crate::state::seeded_token;

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
    /// Has a passkey in Authenticator, and phone sign-in.
    HasPasskey,
    /// Has entries of phones long gone: two for push, one with phone sign-in, a passkey.
    OldEntries,
    /// Has one of every kind of method.
    EveryMethod,
    /// Has as many Authenticator entries as are allowed.
    FiveAuthenticators,
    /// Has as many devices as are allowed.
    DeviceQuota,
    /// Has a role through a role-assignable group.
    ProtectedByGroupRole,
    /// Is eligible for a role and has not activated it.
    ProtectedEligible,
    /// In a restricted management administrative unit.
    Restricted,
    /// Synchronised, and the on-premises directory refuses new passwords.
    WriteBackFails,
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
    /// Further mail addresses.
    #[serde(default)]
    pub other_mails: Vec<String>,
    /// A mail address the person may sign in with beside the sign-in name, as `identities` shows it.
    pub mail_identity: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// Employee id.
    pub employee_id: Option<String>,
    /// What the person is there to show; plain when absent.
    pub case: Option<Case>,
    /// Password; made from the seed when absent.
    pub password: Option<String>,
    /// Names of directory roles.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Names of directory roles the person could activate.
    #[serde(default)]
    pub eligible_roles: Vec<String>,
    /// Display names or ids of groups; one that does not exist is made.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Sign-in name or id of the manager.
    pub manager: Option<String>,
    /// Telephone at work, one at most.
    pub business_phone: Option<String>,
    /// Mobile telephone.
    pub mobile_phone: Option<String>,
    /// Whether the person has a photo.
    #[serde(default)]
    pub photo: bool,
    /// False: the account is switched off.
    pub enabled: Option<bool>,
    /// True: synchronised from an on-premises directory.
    pub synced: Option<bool>,
    /// Devices that count for the quota beside those of the methods.
    #[serde(default)]
    pub devices: u32,
    /// Methods in addition to those of the case.
    #[serde(default)]
    pub methods: Vec<NewMethod>,
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

/// A method that person has from the start.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum NewMethod {
    /// Microsoft Authenticator on a phone.
    Authenticator {
        /// The phone's name.
        name: String,
        /// `ios` or `android`.
        os: Os,
        /// Whether the phone is registered for phone sign-in; else for push only.
        #[serde(default)]
        phone_sign_in: bool,
        /// Version of the app; a current one when absent.
        app_version: Option<String>,
        /// How long ago it was registered.
        #[serde(default)]
        age_days: u32,
    },
    /// A passkey; in Authenticator when no `aa_guid` is given.
    Passkey {
        /// The key's name.
        name: String,
        /// `ios` or `android`: decides the id of Authenticator's provider.
        os: Option<Os>,
        /// Another provider's id.
        aa_guid: Option<String>,
        /// The provider's model.
        model: Option<String>,
        /// How long ago it was registered.
        #[serde(default)]
        age_days: u32,
    },
    /// A mobile telephone number.
    Phone {
        /// With country code: `+81 90…`.
        number: String,
    },
    /// A mail address for password reset.
    Email {
        /// The address.
        address: String,
    },
    /// A code app.
    SoftwareOath {},
    /// Windows Hello for Business.
    WindowsHello {
        /// The computer's name.
        name: String,
    },
    /// A platform credential of macOS.
    PlatformCredential {
        /// The computer's name.
        name: String,
    },
}

/// A phone's system in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Os {
    /// iOS.
    Ios,
    /// Android.
    Android,
}

impl From<Os> for PhoneSystem {
    fn from(os: Os) -> Self {
        match os {
            Os::Ios => Self::Ios,
            Os::Android => Self::Android,
        }
    }
}

impl Directory {
    /// Adds a person and says the id, or why not; nothing changes then.
    pub(crate) fn add(
        &mut self,
        new: NewUser,
        rng: &mut StdRng,
        now: Timestamp,
    ) -> Result<String, String> {
        let domain = new.upn.split_once('@').map_or("", |(_, domain)| domain);
        if !DOMAINS.contains(&domain) {
            return Err(format!("{} has no domain of this tenant", new.upn));
        }
        if self.user(&new.upn).is_some() {
            return Err(format!("{} exists", new.upn));
        }
        let (roles, eligible_roles) = (named_roles(&new.roles)?, named_roles(&new.eligible_roles)?);
        let manager = match &new.manager {
            Some(key) => {
                let manager = self
                    .user(key)
                    .ok_or_else(|| format!("{key} does not exist"))?;
                Some(manager.id.clone())
            }
            None => None,
        };
        let mut user = people::blank(rng, now, &new.upn, &new.display_name);
        user.mail = new.mail;
        user.other_mails = new.other_mails;
        user.mail_identity = new.mail_identity;
        user.department = new.department.unwrap_or_default();
        user.job_title = new.job_title.unwrap_or_default();
        user.employee_id = new.employee_id.unwrap_or_default();
        user.roles = roles;
        user.eligible_roles = eligible_roles;
        user.manager = manager;
        let numbers = telephones(new.business_phone, new.mobile_phone);
        user.further_properties.extend(numbers);
        user.has_photo = new.photo;
        user.further_devices = new.devices;
        if let Some(password) = new.password {
            user.password = password;
        }
        for name in &new.groups {
            let id = self.group_named(name, rng, now);
            user.groups.push(id);
        }
        let id = user.id.clone();
        self.history.appears(&id);
        self.users.push(user);
        people::shape(self, &id, new.case.unwrap_or(Case::Plain), rng, now);
        let mut devices = Vec::new();
        if let Some(user) = self.user_mut(&id) {
            user.enabled = new.enabled.unwrap_or(user.enabled);
            user.synced = new.synced.unwrap_or(user.synced);
            for method in new.methods {
                devices.extend(give(user, method, rng, now));
            }
        }
        for device in devices {
            self.devices.insert(device.id.clone(), device);
        }
        Ok(id)
    }

    /// Gives somebody a method that begins now; the answer is its id, or nothing where nobody has that id.
    pub(crate) fn appears(
        &mut self,
        user_id: &str,
        method: NewMethod,
        rng: &mut StdRng,
        now: Timestamp,
    ) -> Option<String> {
        let user = self.user_mut(user_id)?;
        let before = user.further_methods.len();
        let device = give(user, method, rng, now);
        let further = user.further_methods.get_mut(before);
        let id = match further {
            Some(method) => {
                method.begins(now);
                method.id().to_owned()
            }
            None => user.methods.last()?.id().to_owned(),
        };
        if let Some(device) = device {
            self.devices.insert(device.id.clone(), device);
        }
        Some(id)
    }

    /// The id of the group of that name or id; one that does not exist is made.
    pub(crate) fn group_named(&mut self, name: &str, rng: &mut StdRng, now: Timestamp) -> String {
        let known = self
            .groups
            .iter()
            .find(|group| group.id == name || group.display_name == name);
        if let Some(group) = known {
            return group.id.clone();
        }
        let group = people::group(rng, now, name, false);
        let id = group.id.clone();
        self.groups.push(group);
        id
    }

    /// A group that every operator may change.
    pub(crate) fn roll_named(&mut self, name: &str, rng: &mut StdRng, now: Timestamp) -> String {
        let id = self.group_named(name, rng, now);
        let operators = self.users.iter().filter(|user| user.case.is_none());
        let owners = operators.map(|user| user.id.clone()).collect();
        if let Some(group) = self.groups.iter_mut().find(|group| group.id == id) {
            group.owners = owners;
        }
        id
    }
}

fn named_roles(names: &[String]) -> Result<Vec<Role>, String> {
    let role =
        |name: &String| Role::named(name).ok_or_else(|| format!("there is no role named {name}"));
    names.iter().map(role).collect()
}

/// Gives the person that method; the answer is the device it needs.
pub(super) fn give(
    user: &mut User,
    method: NewMethod,
    rng: &mut StdRng,
    now: Timestamp,
) -> Option<Device> {
    let ago = |days: u32| after_seconds(now, -86_400 * i64::from(days));
    let further = match method {
        NewMethod::Authenticator {
            name,
            os,
            phone_sign_in,
            app_version,
            age_days,
        } => {
            let made = (ago(age_days), user.id.clone());
            let (mut entry, device) = authenticator(rng, name, os.into(), app_version, made);
            entry.phone_sign_in = entry.phone_sign_in.filter(|_| phone_sign_in);
            user.methods.push(Method::Authenticator(entry));
            return phone_sign_in.then_some(device);
        }
        NewMethod::Passkey {
            name,
            os,
            aa_guid,
            model,
            age_days,
        } => {
            let of_authenticator = PhoneSystem::from(os.unwrap_or(Os::Ios)).aa_guid();
            user.methods.push(Method::Fido2(Passkey {
                id: seeded_token(rng),
                display_name: name,
                aa_guid: aa_guid.unwrap_or_else(|| of_authenticator.to_owned()),
                model: model.unwrap_or_else(|| "Microsoft Authenticator".to_owned()),
                created: ago(age_days),
            }));
            return None;
        }
        NewMethod::Phone { number } => {
            let id = people::MOBILE.to_owned();
            user.methods.push(Method::Phone { id, number });
            return None;
        }
        NewMethod::Email { address } => FurtherMethod::Email {
            id: people::EMAIL.to_owned(),
            address,
        },
        NewMethod::SoftwareOath {} => FurtherMethod::SoftwareOath {
            id: guid(rng),
            created: ago(90),
        },
        NewMethod::WindowsHello { name } => FurtherMethod::WindowsHello {
            id: seeded_token(rng),
            display_name: name,
            created: ago(200),
        },
        NewMethod::PlatformCredential { name } => FurtherMethod::PlatformCredential {
            id: seeded_token(rng),
            display_name: name,
            created: ago(60),
        },
    };
    user.further_methods.push(further);
    None
}

/// An Authenticator entry with phone sign-in, and the device that belongs to it.
fn authenticator(
    rng: &mut StdRng,
    name: String,
    system: PhoneSystem,
    app_version: Option<String>,
    (registered, owner): (Timestamp, String),
) -> (Authenticator, Device) {
    let device = Device {
        id: guid(rng),
        device_id: guid(rng),
        display_name: name.clone(),
        system,
        registered,
        owner,
    };
    let entry = Authenticator {
        id: guid(rng),
        display_name: name,
        device_tag: "SoftwareTokenActivated".to_owned(),
        app_version: app_version.unwrap_or_else(|| system.app_version().to_owned()),
        phone_sign_in: Some(PhoneSignIn {
            created: registered,
            device_id: device.id.clone(),
        }),
    };
    (entry, device)
}

/// The properties of a user that hold telephones, as far as there are any.
pub(crate) fn telephones(
    business: Option<String>,
    mobile: Option<String>,
) -> impl Iterator<Item = (String, Value)> {
    let business = business.map(|number| ("businessPhones", json!([number])));
    let mobile = mobile.map(|number| ("mobilePhone", json!(number)));
    let named = |(name, number): (&str, Value)| (name.to_owned(), number);
    business.into_iter().chain(mobile).map(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_can_hold_a_person_with_methods() {
        let text = r#"
            upn = "a@cablechan.biz"
            display_name = "A B"
            case = "old_entries"
            methods = [
                { type = "authenticator", name = "Pixel", os = "android", phone_sign_in = true },
                { type = "software_oath" },
            ]
        "#;
        let new: NewUser = toml::from_str(text).unwrap();
        assert_eq!((new.methods.len(), new.case), (2, Some(Case::OldEntries)));
        let wrong = text.replace("phone_sign_in", "phone_sing_in");
        assert!(toml::from_str::<NewUser>(&wrong).is_err());
    }
}
