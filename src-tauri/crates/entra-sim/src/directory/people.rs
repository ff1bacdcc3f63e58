//! How the built-in directory comes about.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::mailbox::Mailbox;
use super::methods::{Device, Method};
use super::new_user::{NewMethod, Os, give};
use super::roles::Role;
use super::seed_people::{OPERATORS, visitors};
use super::{Case, DOMAIN, Directory, Group, Membership, User, guid, standing_pass};
use crate::clock::after_seconds;
use crate::replicas::History;

const DAY_S: i64 = 86_400;

/// The id every mobile phone method has.
pub(crate) const MOBILE: &str = "3179e48a-750b-4051-897c-87b9720928f7";
/// The id every mail method has.
pub(super) const EMAIL: &str = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
/// The id every password method has.
pub(crate) const PASSWORD: &str = "28c10230-6103-485e-b985-444c60001490";

/// The directory every tenant starts with.
pub(crate) fn built_in(rng: &mut StdRng, now: Timestamp) -> Directory {
    let excluded = group(rng, now, "一時アクセスパス対象外", false);
    let mut bearing = group(rng, now, "利用者管理担当", true);
    bearing.roles.push(Role::UserAdministrator);
    let groups = vec![
        excluded.clone(),
        group(rng, now, "システム管理者", true),
        bearing,
        group(rng, now, "放送センター", false),
    ];
    let mut directory = Directory {
        users: Vec::new(),
        tap_excluded_group: excluded.id,
        history: History::default(),
        groups,
        units: Vec::new(),
        devices: BTreeMap::new(),
        role_ids: Role::ALL
            .into_iter()
            .map(|role| (role, guid(rng)))
            .collect(),
    };
    for (number, visitor) in visitors().enumerate() {
        let mut user = blank(rng, now, visitor.upn, visitor.shown);
        user.mail = Some(mail_address(visitor.mail, visitor.case));
        user.department = visitor.department.to_owned();
        user.job_title = visitor.title.to_owned();
        user.employee_id = format!("F{:05}", 10_204 + number * 37);
        user.has_photo = number % 2 == 0;
        let id = user.id.clone();
        directory.users.push(user);
        shape(&mut directory, &id, visitor.case, rng, now);
    }
    for (number, (local, shown, mail, roles)) in OPERATORS.iter().enumerate() {
        let mut user = blank(rng, now, &format!("{local}@{DOMAIN}"), shown);
        user.mail = Some(mail_address(mail, Case::Plain));
        user.department = "システム室".to_owned();
        user.employee_id = format!("S{:05}", 101 + number);
        user.roles = roles.to_vec();
        // A lesson may move the clock by months; who teaches it is not to be asked for a new password.
        user.password_policies = Some("DisablePasswordExpiration".to_owned());
        directory.users.push(user);
    }
    appoint(&mut directory);
    directory
}

/// The first person of a department with a title is the manager of the others in it.
fn appoint(directory: &mut Directory) {
    let heads: Vec<(String, String)> = directory
        .users
        .iter()
        .filter(|user| !user.job_title.is_empty())
        .map(|user| (user.department.clone(), user.id.clone()))
        .collect();
    for user in &mut directory.users {
        user.manager = heads
            .iter()
            .find(|(department, _)| *department == user.department)
            .map(|(_, id)| id.clone())
            .filter(|id| *id != user.id);
    }
}

/// A security group without members.
pub(super) fn group(rng: &mut StdRng, now: Timestamp, name: &str, role_assignable: bool) -> Group {
    Group {
        id: guid(rng),
        display_name: name.to_owned(),
        role_assignable,
        roles: Vec::new(),
        owners: Vec::new(),
        synced: false,
        mail_enabled: false,
        dynamic: false,
        created: after_seconds(now, -DAY_S * 400),
    }
}

/// An enabled member with a password and nothing else.
pub(crate) fn blank(rng: &mut StdRng, now: Timestamp, upn: &str, shown: &str) -> User {
    let (surname, given) = shown.split_once(' ').unwrap_or((shown, ""));
    let created = after_seconds(now, -DAY_S * rng.random_range(30..900));
    User {
        id: guid(rng),
        upn: upn.to_owned(),
        mail: None,
        display_name: shown.to_owned(),
        given_name: given.to_owned(),
        surname: surname.to_owned(),
        department: String::new(),
        job_title: String::new(),
        employee_id: String::new(),
        enabled: true,
        synced: false,
        membership: Membership::Member,
        created,
        password: password(rng),
        roles: Vec::new(),
        groups: Vec::new(),
        eligible_roles: Vec::new(),
        restricted: false,
        manager: None,
        other_mails: Vec::new(),
        mail_identity: None,
        further_properties: BTreeMap::new(),
        has_photo: false,
        methods: vec![Method::Password {
            id: PASSWORD.to_owned(),
            created,
        }],
        further_methods: Vec::new(),
        further_devices: 0,
        computers: Vec::new(),
        taps: Vec::new(),
        password_changed: after_seconds(now, -DAY_S * rng.random_range(1..80)).max(created),
        password_change_due: false,
        password_policies: None,
        write_back_fails: false,
        sessions_valid_from: created,
        case: None,
        mailbox: Mailbox::default(),
    }
}

/// Gives a person what their case is there to show.
pub(super) fn shape(
    directory: &mut Directory,
    id: &str,
    case: Case,
    rng: &mut StdRng,
    now: Timestamp,
) {
    let group = |wanted: fn(&Group) -> bool| {
        let found = directory.groups.iter().find(|group| wanted(group));
        found.map(|group| group.id.clone())
    };
    let assignable = group(|group| group.role_assignable && group.roles.is_empty());
    let bearing = group(|group| !group.roles.is_empty());
    let excluded = directory.tap_excluded_group.clone();
    let an_admin_exists = directory
        .users
        .iter()
        .any(|user| user.roles.contains(&Role::GlobalAdministrator));
    let Some(user) = directory.user_mut(id) else {
        return;
    };
    user.case = Some(case);
    match case {
        Case::Disabled => user.enabled = false,
        Case::GuestExternal => user.membership = Membership::ExternalGuest,
        Case::GuestInternal => user.membership = Membership::InternalGuest,
        Case::Protected if an_admin_exists => user.groups.extend(assignable),
        Case::Protected => user.roles.push(Role::GlobalAdministrator),
        Case::ProtectedByGroupRole => user.groups.extend(bearing),
        Case::ProtectedEligible => user.eligible_roles.push(Role::GlobalAdministrator),
        Case::Restricted => user.restricted = true,
        Case::HasPass => user.taps.push(standing_pass(rng, now, 540, 480)),
        Case::Synced => user.synced = true,
        Case::WriteBackFails => (user.synced, user.write_back_fails) = (true, true),
        Case::OutOfScope => user.groups.push(excluded),
        Case::DeviceQuota => user.further_devices = 50,
        Case::Plain
        | Case::Partner
        | Case::HasPush
        | Case::HasPhoneSignIn
        | Case::HasPasskey
        | Case::OldEntries
        | Case::EveryMethod
        | Case::FiveAuthenticators => {}
    }
    let devices: Vec<Device> = methods_of(case)
        .into_iter()
        .filter_map(|method| give(user, method, rng, now))
        .collect();
    for device in devices {
        directory.devices.insert(device.id.clone(), device);
    }
}

/// The methods a case has from the start.
fn methods_of(case: Case) -> Vec<NewMethod> {
    let phone = || NewMethod::Phone {
        number: "+81 90-0000-0000".to_owned(),
    };
    match case {
        Case::HasPush => vec![phone(), app("SH-54D", Os::Android, false, 300)],
        Case::HasPhoneSignIn => vec![app("iPhone 15", Os::Ios, true, 120)],
        Case::HasPasskey => vec![
            app("iPhone 16", Os::Ios, true, 30),
            passkey("Authenticator - iOS", Os::Ios, 30),
        ],
        Case::OldEntries => vec![
            app("SO-51A", Os::Android, false, 1_400),
            app("iPhone 8", Os::Ios, false, 1_900),
            app("iPhone 12", Os::Ios, true, 700),
            passkey("Authenticator - iOS", Os::Ios, 690),
        ],
        Case::EveryMethod => vec![
            phone(),
            app("Pixel 8", Os::Android, true, 90),
            passkey("Authenticator - Android", Os::Android, 90),
            NewMethod::Email {
                address: "aoi@home.example".to_owned(),
            },
            NewMethod::SoftwareOath {},
            NewMethod::WindowsHello {
                name: "SALES-PC-07".to_owned(),
            },
            NewMethod::PlatformCredential {
                name: "MacBook Air".to_owned(),
            },
        ],
        Case::FiveAuthenticators => ["SO-01", "SO-02", "SO-03", "SO-04", "SO-05"]
            .map(|name| app(name, Os::Android, false, 400))
            .to_vec(),
        Case::Plain
        | Case::Partner
        | Case::Disabled
        | Case::GuestExternal
        | Case::GuestInternal
        | Case::Protected
        | Case::ProtectedByGroupRole
        | Case::ProtectedEligible
        | Case::Restricted
        | Case::HasPass
        | Case::Synced
        | Case::WriteBackFails
        | Case::OutOfScope
        | Case::DeviceQuota => Vec::new(),
    }
}

fn app(name: &str, os: Os, phone_sign_in: bool, age_days: u32) -> NewMethod {
    NewMethod::Authenticator {
        name: name.to_owned(),
        os,
        phone_sign_in,
        app_version: None,
        age_days,
    }
}

fn passkey(name: &str, os: Os, age_days: u32) -> NewMethod {
    NewMethod::Passkey {
        name: name.to_owned(),
        os: Some(os),
        aa_guid: None,
        model: None,
        age_days,
    }
}

fn mail_address(local: &str, case: Case) -> String {
    let domain = if case == Case::GuestExternal {
        "kensetsu.example"
    } else {
        "mail.cablechan.example"
    };
    format!("{local}@{domain}")
}

fn password(rng: &mut StdRng) -> String {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let drawn: String = (0..12)
        .filter_map(|_| LETTERS.choose(rng).copied())
        .map(char::from)
        .collect();
    format!("Sim-{drawn}")
}
