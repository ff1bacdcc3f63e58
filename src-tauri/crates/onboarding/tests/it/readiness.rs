//! After the sign-in: what the site's features need of the directory, line by line (N8).

use Readiness::{CannotTell, Missing, Off, There};
use desk_world::sample;
use onboarding::{
    AccessPlaces, DoneLight, HeldBecause, LastRun, MayIssue, Memberships, NoRun, OperatorAction,
    OperatorScreen, PasswordWay, Policy, Readiness, ReadinessLine, RunSource,
};

use crate::rig::Rig;

const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const REPORTS_READER: &str = "4a5d8f65-41da-4de4-8968-e035b65339cf";

/// A site that uses everything there is.
fn everything() -> Policy {
    let mut policy = sample::policy();
    policy.access = Some(AccessPlaces {
        here: [192, 0, 2, 1].into(),
        mobile: None,
    });
    policy.proof_sources.log = true;
    policy.passwords.never_expires = true;
    policy
}

/// An operator to whom all of that was granted.
fn granted(rig: &mut Rig) {
    let further = [
        "AuditLog.Read.All",
        "Policy.Read.ConditionalAccess",
        "User.ReadWrite.All",
        "User-PasswordProfile.ReadWrite.All",
        "UserAuthMethod-Password.ReadWrite.All",
    ];
    let operator = &mut rig.world.operator;
    operator.granted.extend(further.map(str::to_owned));
}

fn lines(rig: &mut Rig) -> Vec<ReadinessLine> {
    match rig.view().screen {
        OperatorScreen::Home { readiness, .. } => readiness,
        other => panic!("{other:?}"),
    }
}

/// What is said of one thing once somebody signed in.
fn said(policy: Policy, change: impl Fn(&mut Rig), what: &str) -> (Readiness, Option<String>) {
    let mut rig = Rig::with(policy, Vec::new());
    granted(&mut rig);
    change(&mut rig);
    rig.want(OperatorAction::SignIn);
    let mut lines = lines(&mut rig).into_iter();
    let line = lines.find(|line| line.what.key == what).unwrap();
    (line.state, line.note.map(|note| note.key))
}

fn check(policy: Policy, change: impl Fn(&mut Rig), what: &str, expected: Readiness, note: &str) {
    let note = Some(note).filter(|note| !note.is_empty());
    let expected = (expected, note.map(str::to_owned));
    assert_eq!(said(policy, change, what), expected, "{what}");
}

fn without(right: &'static str) -> impl Fn(&mut Rig) {
    move |rig| rig.world.operator.granted.retain(|held| held != right)
}

fn with_role(role: &'static str) -> impl Fn(&mut Rig) {
    move |rig| {
        let roles = rig.world.operator.roles.as_mut().unwrap();
        roles.push(role.to_owned());
    }
}

fn by(way: PasswordWay) -> Policy {
    let mut policy = everything();
    policy.passwords.way = way;
    policy
}

#[test]
fn a_right_that_was_not_granted_is_missing_with_what_does_not_work_n8() {
    for (right, what) in [
        ("UserAuthMethod-TAP.ReadWrite.All", "op-ready-issuing"),
        ("UserAuthenticationMethod.Read.All", "op-ready-methods"),
        ("Policy.Read.ConditionalAccess", "op-ready-access"),
        ("AuditLog.Read.All", "op-ready-log"),
        ("GroupMember.ReadWrite.All", "op-ready-group"),
        ("Domain.Read.All", "op-ready-whose"),
        ("User.ReadWrite.All", "op-ready-expiry"),
    ] {
        let note = format!("{what}-missing");
        check(everything(), without(right), what, Missing, &note);
    }
    let none = |rig: &mut Rig| rig.world.operator.granted.clear();
    let (what, note) = ("op-ready-finding", "op-ready-finding-missing");
    check(everything(), none, what, Missing, note);
    for (way, right, what) in [
        (
            PasswordWay::Patch,
            "User-PasswordProfile.ReadWrite.All",
            "op-ready-patch",
        ),
        (
            PasswordWay::Reset,
            "UserAuthMethod-Password.ReadWrite.All",
            "op-ready-reset",
        ),
    ] {
        check(
            by(way),
            without(right),
            what,
            Missing,
            &format!("{what}-missing"),
        );
    }
}

/// A role that is not seen may be a custom one, or one for a unit alone.
#[test]
fn a_role_that_is_not_seen_leaves_it_open_n8() {
    let unsure = |what: &str| format!("{what}-unsure");
    for (way, what, role) in [
        (PasswordWay::Roll, "op-ready-log", REPORTS_READER),
        (PasswordWay::Roll, "op-ready-group", USER_ADMINISTRATOR),
        (PasswordWay::Roll, "op-ready-expiry", USER_ADMINISTRATOR),
        (PasswordWay::Patch, "op-ready-patch", USER_ADMINISTRATOR),
    ] {
        check(by(way), |_| {}, what, CannotTell, &unsure(what));
        check(by(way), with_role(role), what, There, "");
        let unread = |rig: &mut Rig| rig.world.operator.roles = None;
        check(by(way), unread, what, CannotTell, &unsure(what));
    }
    check(by(PasswordWay::Reset), |_| {}, "op-ready-reset", There, "");
    let unseen = |rig: &mut Rig| rig.world.operator.may_issue = MayIssue::CannotTell;
    let note = "op-ready-role-unsure";
    check(everything(), unseen, "op-ready-role", CannotTell, note);
    check(everything(), |_| {}, "op-ready-role", There, "");
}

#[test]
fn the_tenants_rules_are_compared_with_the_sites_n8() {
    let what = "op-ready-pass-policy";
    let rules = |change: fn(&mut onboarding::GrantedPolicy)| {
        move |rig: &mut Rig| change(rig.world.policies.as_mut().unwrap())
    };
    let site = everything;
    check(site(), |_| {}, what, There, "");
    check(
        site(),
        rules(|it| it.enabled = false),
        what,
        Missing,
        "policy-disabled",
    );
    check(
        site(),
        rules(|it| it.min_minutes = 60),
        what,
        Missing,
        "policy-bounded",
    );
    let mut many = site();
    many.pass.once = false;
    let once = rules(|it| it.once_forced = true);
    check(many, once, what, Missing, "op-ready-once-forced");
    let unread = |rig: &mut Rig| {
        rig.world.policies = None;
        rig.world.phone_sign_in = None;
        rig.world.domains = None;
    };
    check(site(), unread, what, CannotTell, "policy-unread");
    let (phone, domains) = ("op-ready-phone-sign-in", "op-ready-domains");
    check(site(), unread, phone, CannotTell, "op-ready-policy-unsure");
    check(
        site(),
        unread,
        domains,
        CannotTell,
        "op-ready-domains-unsure",
    );
    let push = |rig: &mut Rig| rig.world.phone_sign_in = Some(false);
    check(
        site(),
        push,
        phone,
        Missing,
        "op-ready-phone-sign-in-missing",
    );
    let lost = |rig: &mut Rig| rig.world.domains = Some(vec!["CableChan.biz".into()]);
    check(site(), lost, domains, Missing, "op-ready-domains-missing");
}

#[test]
fn what_the_site_does_not_use_is_not_missing_n8() {
    let mut policy = sample::policy();
    policy.test_at_station = false;
    policy.passwords.way = PasswordWay::Off;
    let nothing = |rig: &mut Rig| rig.world.operator.granted.clear();
    for what in [
        "op-ready-test",
        "op-ready-log",
        "op-ready-access",
        "op-ready-passwords",
    ] {
        check(policy.clone(), nothing, what, Off, "op-ready-off");
    }
    // Nothing is said before everything was read.
    let mut rig = Rig::new();
    rig.held.insert(desk_world::Kind::Policies);
    rig.want(OperatorAction::SignIn);
    assert_eq!(lines(&mut rig), []);
    rig.release(desk_world::Kind::Policies);
    assert!(lines(&mut rig).iter().all(|line| line.state != Missing));
}

/// N25: where a passkey counts, whether the tenant has them at all is said before anybody comes.
#[test]
fn passkeys_that_are_switched_off_are_missed_at_the_start_of_the_day_n8() {
    let passkey = "op-ready-passkeys";
    for done in [DoneLight::Either, DoneLight::Passkey] {
        let policy = || Policy {
            done,
            ..everything()
        };
        check(policy(), |_| {}, passkey, There, "");
        let off = |rig: &mut Rig| rig.world.passkeys.as_mut().unwrap().enabled = Some(false);
        check(policy(), off, passkey, Missing, "op-ready-passkeys-missing");
        let unread = |rig: &mut Rig| rig.world.passkeys = None;
        check(
            policy(),
            unread,
            passkey,
            CannotTell,
            "op-ready-policy-unsure",
        );
    }
}

/// Each kind by itself, as the site asked for it: what nobody asked for is only named when it comes.
#[test]
fn rights_to_remove_methods_are_told_for_each_kind_that_was_asked_for_n8() {
    let kinds = [
        ("phone", "Phone"),
        ("email", "Email"),
        ("codes", "SoftwareOATH"),
        ("windows-hello", "WindowsHello"),
        ("platform-credential", "PlatformCred"),
        ("authenticator", "MicrosoftAuthApp"),
        ("passkey", "Passkey"),
    ];
    let none = |_: &mut Rig| {};
    check(everything(), none, "op-ready-remove", Off, "op-ready-off");
    for (kind, family) in kinds {
        let what = format!("op-ready-remove-{kind}");
        let scope = format!("UserAuthMethod-{family}.ReadWrite.All");
        let held = |rig: &mut Rig| rig.world.operator.granted.push(scope.clone());
        check(everything(), held, &what, There, "");
        for asked in [
            scope.clone(),
            format!("https://graph.microsoft.com/{scope}"),
        ] {
            let lacks = |rig: &mut Rig| rig.world.operator.missing_scopes.push(asked.clone());
            let note = "op-ready-remove-missing";
            check(everything(), lacks, &what, Missing, note);
        }
        let every = "UserAuthenticationMethod.ReadWrite.All";
        let held = |rig: &mut Rig| rig.world.operator.granted.push(every.to_owned());
        check(everything(), held, &what, There, "");
    }
}

#[test]
fn ending_sessions_is_told_where_the_site_wants_it_n8() {
    let what = "op-ready-sessions";
    let scope = || "User.RevokeSessions.All".to_owned();
    for way in [PasswordWay::Patch, PasswordWay::Reset] {
        let held = |rig: &mut Rig| rig.world.operator.granted.push(scope());
        check(by(way), held, what, There, "");
        let lacks = |rig: &mut Rig| rig.world.operator.missing_scopes.push(scope());
        check(by(way), lacks, what, Missing, "op-ready-sessions-missing");
        assert!(!told(by(way), |_| {}).contains(&what.to_owned()), "{way:?}");
    }
}

/// What is told of at all.
fn told(policy: Policy, change: impl Fn(&mut Rig)) -> Vec<String> {
    let mut rig = Rig::with(policy, Vec::new());
    granted(&mut rig);
    change(&mut rig);
    rig.want(OperatorAction::SignIn);
    lines(&mut rig)
        .into_iter()
        .map(|line| line.what.key)
        .collect()
}

/// The directory has this group or unit, or has it not.
fn found(id: &'static str, there: bool) -> impl Fn(&mut Rig) {
    move |rig| {
        let seen = &mut rig.world.limits_seen;
        seen.there.insert(id.to_owned(), there);
    }
}

fn operator_is_in(of: &'static [&'static str], complete: bool) -> impl Fn(&mut Rig) {
    move |rig| {
        rig.world.limits_seen.operator = Memberships {
            of: of.iter().map(|&id| id.to_owned()).collect(),
            complete,
        };
    }
}

#[test]
fn who_may_issue_here_is_told_before_anybody_comes_n8_n26() {
    let what = "op-ready-operators";
    let limited = |operators: &[&str], group: Option<&str>| {
        let mut policy = everything();
        policy.limits.operators = operators.iter().map(|&id| id.to_owned()).collect();
        policy.limits.operator_group = group.map(str::to_owned);
        policy
    };
    let nothing = |_: &mut Rig| {};
    check(
        everything(),
        nothing,
        "op-ready-limits",
        Off,
        "op-ready-off",
    );
    check(limited(&["OP-1"], None), nothing, what, There, "");
    let no = "op-ready-operators-missing";
    check(limited(&["op-2"], None), nothing, what, Missing, no);
    let by_group = || limited(&[], Some("g"));
    check(by_group(), operator_is_in(&["G"], false), what, There, "");
    check(by_group(), operator_is_in(&["h"], true), what, Missing, no);
    let unsure = "op-ready-operators-unsure";
    check(
        by_group(),
        operator_is_in(&[], false),
        what,
        CannotTell,
        unsure,
    );
    let none = "op-ready-operators-none";
    check(by_group(), found("g", false), what, Missing, none);
    let gone = "op-ready-operators-gone";
    let both = limited(&["op-2"], Some("g"));
    check(both, found("g", false), what, Missing, gone);
    check(limited(&["op-1"], Some("g")), nothing, what, There, "");
}

#[test]
fn for_whom_passes_are_is_looked_for_at_the_sign_in_n8_n26() {
    let mut policy = everything();
    policy.limits.people_group = Some("g".into());
    policy.limits.people_unit = Some("u".into());
    for (what, id, unread) in [
        ("op-ready-people-group", "g", "op-ready-group-unread"),
        ("op-ready-people-unit", "u", "op-ready-unit-unread"),
    ] {
        check(policy.clone(), found(id, true), what, There, "");
        let gone = format!("{what}-missing");
        check(policy.clone(), found(id, false), what, Missing, &gone);
        check(policy.clone(), |_| {}, what, CannotTell, unread);
    }
    assert!(!told(policy, |_| {}).contains(&"op-ready-limits".to_owned()));
}

#[test]
fn what_a_colleagues_word_needs_is_told_at_the_sign_in_n8_n26() {
    let off = "op-ready-four-eyes";
    check(everything(), |_| {}, off, Off, "op-ready-off");
    let held = |confirmers: &[&str], group: Option<&str>| {
        let mut policy = everything();
        policy.four_eyes.when = vec![HeldBecause::Protected];
        policy.four_eyes.confirmers = confirmers.iter().map(|&id| id.to_owned()).collect();
        policy.four_eyes.confirmer_group = group.map(str::to_owned);
        policy
    };
    let what = "op-ready-confirmers";
    let nothing = |_: &mut Rig| {};
    check(held(&["op-1", "op-2"], None), nothing, what, There, "");
    let alone = "op-ready-confirmers-only-you";
    check(held(&["OP-1"], None), nothing, what, Missing, alone);
    let by_group = || held(&["op-1"], Some("c"));
    check(by_group(), found("c", true), what, There, "");
    let none = "op-ready-confirmers-none";
    check(by_group(), found("c", false), what, Missing, none);
    let gone = "op-ready-confirmers-gone";
    let both = held(&["op-2"], Some("c"));
    check(both, found("c", false), what, Missing, gone);
    let unread = "op-ready-group-unread";
    check(by_group(), nothing, what, CannotTell, unread);
    check(held(&["op-2"], Some("c")), nothing, what, There, "");
    let time = "op-ready-sign-in-time";
    check(by_group(), nothing, time, There, "");
    let untimed = |rig: &mut Rig| rig.world.operator.sign_in_timed = false;
    let unsure = "op-ready-sign-in-time-unsure";
    check(by_group(), untimed, time, CannotTell, unsure);
}

/// S43: whether people can be told that passwords change by themselves, and whom to tell where they cannot.
#[test]
fn whether_the_automatic_change_runs_is_said_at_the_start_of_the_day_n8_s43() {
    let what = "op-ready-last-run";
    check(everything(), |_| {}, what, Off, "op-ready-off");
    let asked = || {
        let mut policy = everything();
        policy.passwords.last_run = Some(RunSource::File);
        policy
    };
    let ago = |minutes: i64| {
        move |rig: &mut Rig| {
            let at = rig.now.service.after_ms(-minutes * 60_000);
            rig.world.last_run = LastRun::Ended { at };
        }
    };
    check(asked(), ago(0), what, There, "");
    check(asked(), ago(2 * 24 * 60 - 2), what, There, "");
    for (minutes, why) in [(2 * 24 * 60, "old"), (-30, "future")] {
        check(
            asked(),
            ago(minutes),
            what,
            Missing,
            &format!("{what}-{why}"),
        );
    }
    for (why, note) in [
        (NoRun::NotThere, "not-there"),
        (NoRun::Unreadable, "unreadable"),
        (NoRun::Odd, "odd"),
        (NoRun::Newer, "newer"),
        (NoRun::Stopped, "stopped"),
        (NoRun::Failed, "failed"),
    ] {
        let none = |rig: &mut Rig| rig.world.last_run = LastRun::No(why);
        check(asked(), none, what, Missing, &format!("{what}-{note}"));
    }
}
