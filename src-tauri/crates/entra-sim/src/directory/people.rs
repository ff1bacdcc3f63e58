//! The people of the built-in directory. All are invented.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::methods::{Authenticator, Device, Method, PhoneSignIn, PhoneSystem};
use super::roles::Role;
use super::{
    Case, DOMAIN, Directory, Group, INITIAL_DOMAIN, Membership, PARTNER_DOMAIN, User, guid,
    standing_pass,
};
use crate::clock::after_seconds;
use crate::replicas::History;

const DAY_S: i64 = 86_400;

/// Domain, name before the @, shown name, name before the @ of the mail address, department, title, case.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Case,
);

const PEOPLE: &[Row] = &[
    (
        DOMAIN,
        "fctv-user",
        "見本 花子",
        "hanako.mihon",
        "総務部",
        "主任",
        Case::Plain,
    ),
    (
        DOMAIN,
        "t.yamada",
        "山田 太郎",
        "taro.yamada",
        "営業部",
        "課長",
        Case::Plain,
    ),
    (
        DOMAIN,
        "k.yamada",
        "山田 健一",
        "kenichi.yamada",
        "技術部",
        "",
        Case::Plain,
    ),
    (
        DOMAIN,
        "y.sasaki",
        "佐々木 優子",
        "yuko.sasaki",
        "放送制作部",
        "ディレクター",
        Case::Plain,
    ),
    (
        DOMAIN,
        "h.maeda",
        "前田 浩",
        "hiroshi.maeda",
        "技術部",
        "係長",
        Case::Plain,
    ),
    (
        DOMAIN,
        "m.kobayashi",
        "小林 美咲",
        "misaki.kobayashi",
        "お客様サポート課",
        "",
        Case::Plain,
    ),
    (
        DOMAIN,
        "s.watanabe",
        "渡邊 翔",
        "sho.watanabe",
        "営業部",
        "",
        Case::Plain,
    ),
    (
        DOMAIN,
        "a.takahashi",
        "髙橋 彩",
        "aya.takahashi",
        "経理部",
        "主任",
        Case::Plain,
    ),
    (
        DOMAIN,
        "s.o'neil",
        "O'Neil Sean",
        "sean.oneil",
        "国際事業室",
        "",
        Case::Plain,
    ),
    (
        DOMAIN,
        "r.yoshida",
        "吉田 玲奈",
        "rena.yoshida",
        "放送制作部",
        "",
        Case::Plain,
    ),
    (
        PARTNER_DOMAIN,
        "fctv-partner",
        "取引 一郎",
        "ichiro.torihiki",
        "協力会社",
        "現場責任者",
        Case::Partner,
    ),
    (
        PARTNER_DOMAIN,
        "k.ueda",
        "上田 香織",
        "kaori.ueda",
        "協力会社",
        "",
        Case::Partner,
    ),
    (
        PARTNER_DOMAIN,
        "t.sakai",
        "酒井 武",
        "takeshi.sakai",
        "協力会社",
        "",
        Case::Partner,
    ),
    (
        DOMAIN,
        "n.shimizu",
        "清水 直樹",
        "naoki.shimizu",
        "営業部",
        "",
        Case::Disabled,
    ),
    (
        INITIAL_DOMAIN,
        "aoki_kensetsu.example#EXT#",
        "青木 誠",
        "aoki",
        "",
        "",
        Case::GuestExternal,
    ),
    (
        DOMAIN,
        "visitor.ito",
        "伊藤 さくら",
        "sakura.ito",
        "研修生",
        "",
        Case::GuestInternal,
    ),
    (
        DOMAIN,
        "j.nakamura",
        "中村 純",
        "jun.nakamura",
        "システム室",
        "室長",
        Case::Protected,
    ),
    (
        DOMAIN,
        "k.kimura",
        "木村 和也",
        "kazuya.kimura",
        "システム室",
        "",
        Case::Protected,
    ),
    (
        DOMAIN,
        "t.inoue",
        "井上 拓也",
        "takuya.inoue",
        "技術部",
        "",
        Case::HasPush,
    ),
    (
        DOMAIN,
        "m.matsumoto",
        "松本 真由美",
        "mayumi.matsumoto",
        "総務部",
        "",
        Case::HasPhoneSignIn,
    ),
    (
        DOMAIN,
        "d.hayashi",
        "林 大輔",
        "daisuke.hayashi",
        "営業部",
        "",
        Case::HasPass,
    ),
    (
        DOMAIN,
        "e.saito",
        "斎藤 恵美",
        "emi.saito",
        "経理部",
        "",
        Case::Synced,
    ),
    (
        DOMAIN,
        "g.mori",
        "森 豪",
        "go.mori",
        "役員室",
        "",
        Case::OutOfScope,
    ),
];

/// Those who sit at the counter; the first may issue and is the one to demonstrate with.
const OPERATORS: &[(&str, &str, &str, &[Role])] = &[
    (
        "desk.fujita",
        "藤田 智子",
        "tomoko.fujita",
        &[Role::AuthenticationAdministrator],
    ),
    (
        "desk.okada",
        "岡田 修",
        "osamu.okada",
        &[Role::PrivilegedAuthenticationAdministrator],
    ),
    ("desk.goto", "後藤 未来", "miku.goto", &[]),
    (
        "desk.hasegawa",
        "長谷川 進",
        "susumu.hasegawa",
        &[Role::HelpdeskAdministrator],
    ),
];

/// The directory every tenant starts with.
pub(crate) fn built_in(rng: &mut StdRng, now: Timestamp) -> Directory {
    let excluded = Group {
        id: guid(rng),
        display_name: "一時アクセスパス対象外".to_owned(),
        role_assignable: false,
    };
    let assignable = Group {
        id: guid(rng),
        display_name: "システム管理者".to_owned(),
        role_assignable: true,
    };
    let mut directory = Directory {
        users: Vec::new(),
        tap_excluded_group: excluded.id.clone(),
        history: History::default(),
        groups: vec![excluded, assignable],
        devices: BTreeMap::new(),
        role_ids: Role::ALL
            .into_iter()
            .map(|role| (role, guid(rng)))
            .collect(),
    };
    for (number, (domain, local, shown, mail, department, title, case)) in PEOPLE.iter().enumerate()
    {
        let mut user = blank(rng, now, &format!("{local}@{domain}"), shown);
        user.mail = Some(mail_address(mail, *case));
        user.department = (*department).to_owned();
        user.job_title = (*title).to_owned();
        user.employee_id = format!("F{:05}", 10_204 + number * 37);
        let id = user.id.clone();
        directory.users.push(user);
        shape(&mut directory, &id, *case, rng, now);
    }
    for (number, (local, shown, mail, roles)) in OPERATORS.iter().enumerate() {
        let mut user = blank(rng, now, &format!("{local}@{DOMAIN}"), shown);
        user.mail = Some(mail_address(mail, Case::Plain));
        user.department = "システム室".to_owned();
        user.employee_id = format!("S{:05}", 101 + number);
        user.roles = roles.to_vec();
        directory.users.push(user);
    }
    directory
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
        // The password method has this id in every tenant.
        methods: vec![Method::Password {
            id: "28c10230-6103-485e-b985-444c60001490".to_owned(),
            created,
        }],
        taps: Vec::new(),
        case: None,
    }
}

/// Gives a person what their case is there to show.
pub(crate) fn shape(
    directory: &mut Directory,
    id: &str,
    case: Case,
    rng: &mut StdRng,
    now: Timestamp,
) {
    let excluded = directory.tap_excluded_group.clone();
    let assignable = directory
        .groups
        .iter()
        .find(|group| group.role_assignable)
        .map(|group| group.id.clone());
    let an_admin_exists = directory
        .users
        .iter()
        .any(|user| user.roles.contains(&Role::GlobalAdministrator));
    let device = old_device(rng, now);
    let Some(user) = directory.user_mut(id) else {
        return;
    };
    user.case = Some(case);
    match case {
        Case::Plain | Case::Partner => {}
        Case::Disabled => user.enabled = false,
        Case::GuestExternal => user.membership = Membership::ExternalGuest,
        Case::GuestInternal => user.membership = Membership::InternalGuest,
        Case::Protected if an_admin_exists => user.groups.extend(assignable),
        Case::Protected => user.roles.push(Role::GlobalAdministrator),
        Case::HasPush => {
            user.methods.push(Method::Phone {
                id: MOBILE.to_owned(),
                number: "+81 90-0000-0000".to_owned(),
            });
            user.methods
                .push(old_authenticator(rng, "SH-54D", PhoneSystem::Android, None));
        }
        Case::HasPhoneSignIn => {
            let phone_sign_in = PhoneSignIn {
                created: device.registered,
                device_id: device.id.clone(),
            };
            user.methods.push(old_authenticator(
                rng,
                &device.display_name,
                device.system,
                Some(phone_sign_in),
            ));
            directory.devices.insert(device.id.clone(), device);
        }
        Case::HasPass => user.taps.push(standing_pass(rng, now, 540, 480)),
        Case::Synced => user.synced = true,
        Case::OutOfScope => user.groups.push(excluded),
    }
}

fn old_device(rng: &mut StdRng, now: Timestamp) -> Device {
    Device {
        id: guid(rng),
        device_id: guid(rng),
        display_name: "iPhone 15".to_owned(),
        system: PhoneSystem::Ios,
        registered: after_seconds(now, -DAY_S * 120),
    }
}

/// The id every mobile phone method has.
const MOBILE: &str = "3179e48a-750b-4051-897c-87b9720928f7";

fn old_authenticator(
    rng: &mut StdRng,
    name: &str,
    system: PhoneSystem,
    phone_sign_in: Option<PhoneSignIn>,
) -> Method {
    Method::Authenticator(Authenticator {
        id: guid(rng),
        display_name: name.to_owned(),
        device_tag: "SoftwareTokenActivated".to_owned(),
        app_version: system.app_version().to_owned(),
        phone_sign_in,
    })
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
