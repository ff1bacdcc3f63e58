//! A site to measure at: the rules, the operator, the people.

use onboarding::{
    AccountKind, CheckRule, Desk, Domains, DoneLight, Lang, MayIssue, Mode, Mono, Now, Operator,
    PackError, Packs, PassRules, Person, Policy, Scopes, ServiceTime, Site, Start, Target, Upn,
    UserId, VisitId, Words,
};

const TENANT: &str = "11111111-aaaa-4aaa-8aaa-111111111111";
const OTHER_SCREENS: &str = include_str!("../../../../../ui/packs/shared/other-screens.toml");
const PACKS: [&str; 3] = [
    include_str!("../../../../../ui/packs/walkthrough-a/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-b/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-c/pack.toml"),
];
/// Seconds a fresh pass settles.
pub(super) const SETTLE_S: u32 = 10;
/// Longer than any run.
const FOR_EVER_S: u32 = 400_000_000;

/// A desk of the shipped code with the default budget, nobody signed in.
pub(super) fn desk(seed: u64, now: Now) -> Result<Desk, PackError> {
    let start = Start {
        policy: policy(),
        site: site(),
        packs: Packs::parse(OTHER_SCREENS, PACKS)?,
        next_visit: VisitId(1),
        pending: Vec::new(),
        person_pane: true,
        now,
    };
    Ok(Desk::new(start).seeded(seed))
}

/// When a run has gone on for so long.
pub(super) fn moment(ms: u64) -> Now {
    const START: i64 = 1_800_000_000_000;
    Now {
        mono: Mono(ms),
        service: ServiceTime(START.saturating_add_unsigned(ms)),
    }
}

pub(super) fn operator() -> Operator {
    Operator {
        oid: UserId("operator".into()),
        upn: "operator@cablechan.biz".into(),
        name: "Operator".into(),
        tenant: TENANT.into(),
        may_issue: MayIssue::Yes,
        roles: Vec::new(),
        missing_scopes: Vec::new(),
        renewable: true,
        token_until: Mono(u64::MAX),
    }
}

/// Somebody new, by number.
pub(super) fn person(number: u64) -> Option<Person> {
    Some(Person {
        id: UserId(format!("oid-{number}")),
        upn: Upn::parse(&format!("user-{number}@cablechan.biz")).ok()?,
        name: format!("Account {number}"),
        mail: None,
        department: None,
        employee_id: None,
        enabled: true,
        kind: AccountKind::Member,
        target: Target::Open,
        synced: false,
    })
}

fn policy() -> Policy {
    Policy {
        mode: Mode::Desk,
        visits_max: 1,
        domains: Domains {
            organisation: "cablechan.biz".into(),
            partner: "cable.fukui.jp".into(),
        },
        tenant_id: TENANT.into(),
        checks: vec![CheckRule {
            id: "staff-card".into(),
            words: None,
            voucher: false,
        }],
        checks_required: 1,
        check_valid_minutes: 45,
        renewals_max: 2,
        pass: PassRules {
            lifetime_minutes: 30,
            once: true,
            settle_s: SETTLE_S,
            reveal_s: 90,
            reveal_by_person: false,
        },
        old_apps: Vec::new(),
        scopes: Scopes::Wide,
        done: DoneLight::Either,
        methods_per_10_s: 5,
        idle_lock_s: FOR_EVER_S,
        sign_in_limit_s: 180,
        token_minutes_min: 45,
    }
}

fn site() -> Site {
    let words = || Words {
        ja: String::new(),
        en: String::new(),
    };
    Site {
        help_line: String::new(),
        organisation: words(),
        stores: Vec::new(),
        wifi: None,
        paper: None,
        helps: Vec::new(),
        not_used: Vec::new(),
        training: true,
        version: String::new(),
        operator_lang: Lang::En,
        person_lang: Lang::En,
        files: onboarding::SiteFiles::default(),
    }
}
