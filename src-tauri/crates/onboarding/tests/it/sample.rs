//! A site to test with: rules, people, methods.

use onboarding::{
    AccountKind, CheckRule, Domains, DoneLight, GrantedPolicy, GuestWifi, KnownPass, Lang,
    MayIssue, Method, Mode, Mono, Operator, Packs, Paper, PassId, PassReason, PassRules, Person,
    Policy, QrPath, Scopes, ServiceTime, Site, Target, Upn, UserId, Words,
};

pub(crate) const TENANT: &str = "11111111-aaaa-4aaa-8aaa-111111111111";
/// Where every test's clocks begin.
pub(crate) const MONO: u64 = 1_000_000;
pub(crate) const SERVICE: i64 = 1_800_000_000_000;

pub(crate) fn policy() -> Policy {
    let rule = |id: &str, voucher| CheckRule {
        id: id.to_owned(),
        words: None,
        voucher,
    };
    Policy {
        mode: Mode::Desk,
        visits_max: 1,
        domains: Domains {
            organisation: "cablechan.biz".into(),
            partner: "cable.fukui.jp".into(),
        },
        tenant_id: TENANT.into(),
        checks: vec![
            rule("staff-card", false),
            rule("photo-id", false),
            rule("vouched", true),
        ],
        checks_required: 1,
        check_valid_minutes: 45,
        renewals_max: 2,
        pass: PassRules {
            lifetime_minutes: 30,
            once: true,
            settle_s: 10,
            reveal_s: 90,
            reveal_by_person: false,
        },
        old_apps: Vec::new(),
        scopes: Scopes::Wide,
        done: DoneLight::Either,
        methods_per_10_s: 5,
        idle_lock_s: 600,
        sign_in_limit_s: 180,
        token_minutes_min: 45,
    }
}

pub(crate) fn site() -> Site {
    let words = |text: &str| Words {
        ja: text.to_owned(),
        en: text.to_owned(),
    };
    Site {
        help_line: "0776-20-3660".into(),
        organisation: words("Systems room"),
        stores: Vec::new(),
        wifi: None,
        paper: Some(Paper::A4),
        helps: vec![words("Teams on the phone")],
        not_used: vec![words("Windows sign-in")],
        training: true,
        version: "0".into(),
        operator_lang: Lang::Ja,
        person_lang: Lang::Ja,
        files: onboarding::SiteFiles::default(),
    }
}

/// The walk-through that is shipped.
pub(crate) const PACK: &str = include_str!("../../../../../ui/packs/walkthrough-a/pack.toml");
pub(crate) const OTHERS: &str = include_str!("../../../../../ui/packs/shared/other-screens.toml");
pub(crate) const PACK_B: &str = include_str!("../../../../../ui/packs/walkthrough-b/pack.toml");
pub(crate) const PACK_C: &str = include_str!("../../../../../ui/packs/walkthrough-c/pack.toml");

pub(crate) fn packs() -> Packs {
    Packs::parse(OTHERS, [PACK, PACK_B, PACK_C]).unwrap()
}

pub(crate) fn operator(oid: &str) -> Operator {
    Operator {
        oid: UserId(oid.to_owned()),
        upn: format!("{oid}@cablechan.biz"),
        name: format!("Operator {oid}"),
        tenant: TENANT.into(),
        may_issue: MayIssue::Yes,
        roles: vec!["Authentication Administrator".into()],
        missing_scopes: Vec::new(),
        renewable: true,
        token_until: Mono(MONO).after_s(3_600),
    }
}

pub(crate) fn granted() -> GrantedPolicy {
    GrantedPolicy {
        enabled: true,
        min_minutes: 10,
        max_minutes: 480,
        once_forced: false,
        everyone: Some(true),
    }
}

/// An enabled member `user-<id>` with nothing special.
pub(crate) fn person(id: &str) -> Person {
    Person {
        id: user(id),
        upn: Upn::parse(&format!("user-{id}@cablechan.biz")).unwrap(),
        name: format!("Account {id}"),
        mail: Some(format!("account.{id}@example.com")),
        department: None,
        employee_id: None,
        enabled: true,
        kind: AccountKind::Member,
        target: Target::Open,
        synced: false,
    }
}

pub(crate) fn user(id: &str) -> UserId {
    UserId(format!("oid-{id}"))
}

/// An Authenticator entry for notifications only, or one registered for phone sign-in.
pub(crate) fn authenticator(id: &str, phone_sign_in: bool) -> Method {
    Method::Authenticator {
        id: id.to_owned(),
        device_name: Some(format!("Phone {id}")),
        app_version: Some("6.8".into()),
        created: phone_sign_in.then_some(ServiceTime(SERVICE)),
        device_id: phone_sign_in.then(|| format!("device-{id}")),
    }
}

pub(crate) fn passkey(id: &str) -> Method {
    Method::Passkey {
        id: id.to_owned(),
        name: Some("Passkey".into()),
        in_authenticator: true,
    }
}

/// A pass as a list shows it.
pub(crate) fn listed(id: &PassId, start: ServiceTime, minutes: u32, reason: PassReason) -> Method {
    Method::Pass(KnownPass {
        id: id.clone(),
        created: Some(start),
        start,
        lifetime_minutes: minutes,
        usable: reason == PassReason::Enabled,
        reason,
    })
}

/// A network for guests whose password may be read (N6).
pub(crate) fn wifi() -> GuestWifi {
    GuestWifi {
        ssid: "Guests".into(),
        password: Some("welcome1".into()),
        qr: QrPath {
            modules: 1,
            path: "M0 0h1v1h-1z".into(),
        },
    }
}
