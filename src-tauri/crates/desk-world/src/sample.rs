//! One sample site: rules, people, methods. Where one rule should differ: `Policy { visits_max: 2, ..policy() }`.

use onboarding::{
    AccountKind, CallNumber, CallNumbers, CallerNeeds, CallerWay, CheckRule, Colleague,
    ColleagueStanding, Domains, DoneLight, FindBy, FourEyes, GrantedPolicy, GuestWifi, HeldBecause,
    KnownPass, Lang, LocalLimits, MayIssue, Memberships, Method, Mode, Mono, NeedsProof, NoteKind,
    NoticeRules, Now, NumberKind, Operator, PackError, Packs, Paper, PassId, PassReason, PassRules,
    PasskeyOffer, PasskeyProfile, PasskeyRules, PasskeyTarget, PasswordRules, PasswordWay, Person,
    Policy, ProofSources, QrPath, Scopes, ServiceTime, Site, Start, Supervisor, Target, Telephone,
    TestSite, UninvitedKind, Upn, UserId, VisitAction, VisitIds, Words,
};

/// The object id of its tenant.
pub const TENANT: &str = "11111111-aaaa-4aaa-8aaa-111111111111";
/// Where both clocks begin, in milliseconds.
pub const MONO: u64 = 1_000_000;
pub const SERVICE: i64 = 1_800_000_000_000;

/// Seconds a fresh pass may still be refused.
pub const SETTLE_S: u32 = 10;

/// The rules of the sample site.
#[must_use]
pub fn policy() -> Policy {
    let rule = |id: &str, notes| CheckRule {
        id: id.to_owned(),
        words: None,
        notes,
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
            rule("staff-card", vec![]),
            rule("photo-id", vec![]),
            rule("vouched", vec![NoteKind::Voucher]),
        ],
        checks_required: 1,
        check_valid_minutes: 45,
        renewals_max: 2,
        passes_per_hour: 30,
        limits: LocalLimits::default(),
        four_eyes: FourEyes::default(),
        telephone: None,
        notice: None,
        pass: PassRules {
            lifetime_minutes: 30,
            once: true,
            settle_s: SETTLE_S,
            reveal_s: 90,
            reveal_by_person: false,
        },
        test_at_station: true,
        proof_sources: ProofSources::default(),
        access: None,
        passwords: PasswordRules {
            way: PasswordWay::Roll,
            roll: Some(ROLL.to_owned()),
            needs_proof: NeedsProof::Seen,
            windows_question: Words::same("Do you sign in to Windows?"),
            windows_also: None,
            never_expires: false,
            last_run: None,
            other_uses: Vec::new(),
        },
        old_apps: Vec::new(),
        scopes: Scopes::Wide,
        optional_scopes: Vec::new(),
        done: DoneLight::Either,
        methods_per_10_s: 5,
        idle_lock_s: 600,
        max_unattended_s: 900,
        sign_in_limit_s: 180,
        token_minutes_min: 45,
    }
}

/// What its screens show of it.
#[must_use]
pub fn site() -> Site {
    Site {
        help_line: "0776-20-3660".into(),
        operator_help_line: String::new(),
        organisation: Words::same("Systems room"),
        stores: Vec::new(),
        wifi: None,
        paper: Some(Paper::A4),
        helps: vec![Words::same("Teams on the phone")],
        not_used: vec![Words::same("Windows sign-in")],
        test_site: Some(TestSite {
            url: "https://test.cablechan.biz/".into(),
            qr: QrPath {
                modules: 29,
                path: "M0 0h1v1H0z".into(),
            },
        }),
        help_hours: Some(Words::same("9:00–17:00")),
        after_hours: Some(Words::same("0776-20-3661")),
        training: true,
        version: "0".into(),
        operator_lang: Lang::Ja,
        person_lang: Lang::Ja,
        files: onboarding::SiteFiles::default(),
    }
}

/// The walk-throughs that are shipped, as they are written.
pub const PACK: &str = include_str!("../../../../ui/packs/walkthrough-a/pack.toml");
pub const OTHERS: &str = include_str!("../../../../ui/packs/shared/other-screens.toml");
pub const PACK_B: &str = include_str!("../../../../ui/packs/walkthrough-b/pack.toml");
pub const PACK_C: &str = include_str!("../../../../ui/packs/walkthrough-c/pack.toml");

/// The same, read.
///
/// # Errors
/// [`PackError`] where one of them does not hold together.
pub fn packs() -> Result<Packs, PackError> {
    Packs::parse(OTHERS, [PACK, PACK_B, PACK_C])
}

/// The template of the role its operators have.
pub const AUTHENTICATION_ADMINISTRATOR: &str = "c4e39bd9-1100-46d3-8c65-fb160da0071f";

/// The rights its operators' tokens hold.
pub const RIGHTS: [&str; 6] = [
    "UserAuthMethod-TAP.ReadWrite.All",
    "UserAuthenticationMethod.Read.All",
    "User.Read.All",
    "Policy.Read.AuthenticationMethod",
    "GroupMember.ReadWrite.All",
    "Domain.Read.All",
];

/// Every pass waits for `op-2`: what is ticked here is no document.
#[must_use]
pub fn four_eyes() -> FourEyes {
    FourEyes {
        when: vec![HeldBecause::NoDocument],
        documents: vec!["vouching".to_owned()],
        confirmers: vec!["op-2".to_owned()],
        confirmer_group: None,
    }
}

/// Callers are served, by every way.
#[must_use]
pub fn telephone() -> Telephone {
    Telephone {
        ways: CallerWay::ALL.to_vec(),
        needs: CallerNeeds::CallBackAndOne,
    }
}

/// Letters go out, with the pass to what the directory knows and to one domain; callers are told of passes.
#[must_use]
pub fn notice() -> NoticeRules {
    NoticeRules {
        at_counter: false,
        carries_pass: true,
        domains: vec!["home.example".to_owned()],
        security_telephone: true,
        security_counter: false,
        manager_too: false,
    }
}

/// Where a caller and the caller's supervisor can be called.
#[must_use]
pub fn call_numbers() -> CallNumbers {
    let number = |kind, number: &str| CallNumber {
        kind,
        number: number.to_owned(),
    };
    CallNumbers {
        person: vec![
            number(NumberKind::Business, "0776-20-0001"),
            number(NumberKind::Mobile, "090-0000-0001"),
        ],
        supervisor: Some(Supervisor {
            id: user("3"),
            name: "Account 3".into(),
            numbers: vec![number(NumberKind::Business, "0776-20-0003")],
        }),
        partly: false,
    }
}

/// A colleague who signed in to confirm.
#[must_use]
pub fn colleague(oid: &str) -> Colleague {
    Colleague {
        oid: UserId(oid.to_owned()),
        name: format!("Operator {oid}"),
        tenant: TENANT.to_owned(),
        standing: ColleagueStanding {
            guest: Some(false),
            enabled: Some(true),
            is_in: Memberships::default(),
        },
    }
}

/// An operator who may do everything.
#[must_use]
pub fn operator(oid: &str) -> Operator {
    Operator {
        oid: UserId(oid.to_owned()),
        upn: format!("{oid}@cablechan.biz"),
        name: format!("Operator {oid}"),
        tenant: TENANT.into(),
        guest: false,
        expected: Some(format!("{oid}@cablechan.biz")),
        may_issue: MayIssue::Yes,
        roles: Some(vec![AUTHENTICATION_ADMINISTRATOR.into()]),
        granted: RIGHTS.map(str::to_owned).to_vec(),
        sign_in_timed: true,
        missing_scopes: Vec::new(),
        may_remove: vec![UninvitedKind::Phone],
        renewable: true,
        token_until: Mono(MONO).after_s(3_600),
    }
}

/// What its tenant allows of passes.
#[must_use]
pub fn granted() -> GrantedPolicy {
    GrantedPolicy {
        enabled: true,
        min_minutes: 10,
        max_minutes: 480,
        once_forced: false,
        everyone: Some(true),
    }
}

/// What it says of passkeys: everybody may keep one in Authenticator, and nothing is offered.
#[must_use]
pub fn passkey_rules() -> PasskeyRules {
    PasskeyRules {
        enabled: Some(true),
        self_service: Some(true),
        excluded: Vec::new(),
        targets: vec![PasskeyTarget {
            id: None,
            profiles: vec![PasskeyProfile {
                ios: Some(true),
                android: Some(true),
                both_kinds: false,
            }],
        }],
        offer: PasskeyOffer::None,
    }
}

/// The domains of its tenant: those of its two kinds of accounts, one more, and the one the tenant began with.
#[must_use]
pub fn domains() -> Vec<String> {
    let all = [
        "cablechan.biz",
        "cable.fukui.jp",
        "Works.CableChan.example",
        "cablechan.onmicrosoft.com",
    ];
    all.map(str::to_owned).to_vec()
}

/// An enabled member `user-<id>` with nothing special.
#[must_use]
pub fn person(id: &str) -> Person {
    Person {
        id: user(id),
        upn: Upn::parse(&format!("user-{id}@cablechan.biz")).expect("a plain sign-in name"),
        name: format!("Account {id}"),
        mail: Some(format!("account.{id}@example.com")),
        other_mails: Vec::new(),
        department: None,
        employee_id: None,
        enabled: Some(true),
        kind: AccountKind::Member,
        target: Target::Open,
        synced: false,
        has_role: Some(false),
        windows_device: false,
        groups: Some(Vec::new()),
    }
}

/// The object id of `user-<id>`.
#[must_use]
pub fn user(id: &str) -> UserId {
    UserId(format!("oid-{id}"))
}

/// An Authenticator entry for notifications only, or one registered for phone sign-in.
#[must_use]
pub fn authenticator(id: &str, phone_sign_in: bool) -> Method {
    Method::Authenticator {
        id: id.to_owned(),
        device_name: Some(format!("Phone {id}")),
        app_version: Some("6.8".into()),
        created: phone_sign_in.then_some(ServiceTime(SERVICE)),
        device_id: phone_sign_in.then(|| format!("device-{id}")),
    }
}

/// A passkey in Authenticator.
#[must_use]
pub fn passkey(id: &str) -> Method {
    Method::Passkey {
        id: id.to_owned(),
        name: Some("Passkey".into()),
        in_authenticator: true,
        created: None,
    }
}

/// A pass as a list shows it.
#[must_use]
pub fn listed(id: &PassId, start: ServiceTime, minutes: u32, reason: PassReason) -> Method {
    Method::Pass(KnownPass {
        id: id.clone(),
        created: Some(start),
        start,
        lifetime_minutes: minutes,
        once: None,
        usable: reason == PassReason::Enabled,
        reason,
    })
}

/// A network for guests whose password may be read (N6).
#[must_use]
pub fn wifi() -> GuestWifi {
    GuestWifi {
        ssid: "Guests".into(),
        password: Some("welcome1".into()),
        qr: QrPath {
            modules: 1,
            path: "M0 0h1v1h-1z".into(),
        },
    }
}

/// A desk where nobody is signed in and nothing is left from before, at the beginning of time.
///
/// # Errors
/// [`PackError`] where a walk-through that is shipped does not hold together.
pub fn start(policy: Policy) -> Result<Start, PackError> {
    Ok(Start {
        policy,
        site: site(),
        packs: packs()?,
        visit_ids: VisitIds::after(None),
        pending: Vec::new(),
        passes: onboarding::record::PassesPerHour::default(),
        untold: onboarding::record::Untold::default(),
        rolls: onboarding::record::RollsToLeave::default(),
        notices: onboarding::record::NoticesOwed::default(),
        operators: onboarding::record::Operators::default(),
        kept: onboarding::KeptAtStart::default(),
        person_pane: true,
        now: after_ms(0),
    })
}

/// The group of those whose passwords are changed for them.
pub const ROLL: &str = "group-roll";

/// What both clocks say so long after they began.
#[must_use]
pub fn after_ms(ms: u64) -> Now {
    Now {
        mono: Mono(MONO).after_ms(ms),
        service: ServiceTime(SERVICE.saturating_add_unsigned(ms)),
        confirmed: true,
    }
}

/// How many milliseconds after the beginning this is.
#[must_use]
pub fn passed_ms(mono: Mono) -> u64 {
    mono.0.saturating_sub(MONO)
}

/// The operator looks for `user-<id>`.
#[must_use]
pub fn find(id: &str) -> VisitAction {
    VisitAction::Find {
        text: format!("user-{id}"),
        by: FindBy::Organisation,
    }
}

/// The operator has seen the staff card and that the phone is fit.
#[must_use]
pub fn checked() -> [VisitAction; 3] {
    let check = "staff-card".to_owned();
    [
        VisitAction::Tick { check, on: true },
        VisitAction::ConfirmPhone { on: true },
        VisitAction::ConfirmCheck,
    ]
}
