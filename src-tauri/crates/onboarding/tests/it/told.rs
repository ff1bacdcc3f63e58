//! What was found and done while nobody looked is told until an operator puts it away.

use desk_world::{AnswerFault, Kind, World, sample};
use onboarding::record::{EarlierRuns, Event, LeftOpen, LooseEnds};
use onboarding::{
    AfterAction, Desk, KeptAtStart, NoticeLine, OperatorAction, PassEnd, PasswordWay, Policy,
    ServiceTime, Start, TestCause, TroubleCode, VisitAction,
};

use crate::changing::{STATION, rig as changing, rules};
use crate::rig::Rig;

/// The app is killed and starts again, so many seconds later, from what is durable.
pub(crate) fn killed(rig: Rig, later_s: u64) -> Rig {
    killed_with(rig, later_s, sample::policy())
}

/// The same with these rules.
pub(crate) fn killed_with(mut rig: Rig, later_s: u64, policy: Policy) -> Rig {
    let world = std::mem::replace(&mut rig.world, World::new());
    rig.clock_to(rig.now.mono.after_s(later_s));
    let now = rig.now;
    let mut runs = folded(&world);
    let mut world = world;
    let started = onboarding::record::Event::StationStarted {
        version: "1".into(),
        config_sha256: "00".into(),
    };
    let ends = runs.ends().into_iter();
    let ends = ends.map(|(visit, event)| (Some(visit), event));
    for (visit, event) in std::iter::once((None, started)).chain(ends) {
        runs.take(visit, now.service, &event);
        world.record.push((visit, event));
        world.times.push(now.service);
    }
    let visit_ids = onboarding::VisitIds::after(Some(rig.visit));
    let in_record = runs.kept();
    let mut again = Rig::from(world, policy.clone(), Vec::new(), rig.visit, now);
    again.desk = Desk::new(Start {
        untold: runs.untold(),
        rolls: runs.rolls(),
        notices: runs.notices(),
        pending: runs.pending_and_removed(),
        kept: KeptAtStart {
            found: again.world.kept.found(),
            in_record,
        },
        visit_ids,
        now,
        ..sample::start(policy).unwrap()
    });
    again.run();
    again
}

fn folded(world: &World) -> EarlierRuns {
    let mut runs = EarlierRuns::default();
    for ((visit, event), at) in world.record.iter().zip(&world.times) {
        // A start reads no other entries.
        let recorded = serde_json::to_value(event).unwrap();
        if EarlierRuns::EVENTS.contains(&recorded["event"].as_str().unwrap()) {
            runs.take(*visit, *at, event);
        }
    }
    runs
}

pub(crate) fn lines(rig: &mut Rig) -> Vec<NoticeLine> {
    rig.view()
        .notice
        .map_or_else(Vec::new, |notice| notice.lines)
}

fn line(rig: &mut Rig) -> (Option<String>, Option<ServiceTime>, PassEnd) {
    let mut lines = lines(rig);
    assert_eq!(lines.len(), 1);
    let line = lines.remove(0);
    (line.name, line.stopped_at, line.pass)
}

fn dismiss(rig: &mut Rig) {
    let number = rig.view().notice.unwrap().number;
    rig.want(OperatorAction::DismissNotice { number });
}

#[test]
fn a_stop_in_a_visit_is_told_without_a_name_first_and_with_it_to_an_operator() {
    let rig = Rig::new().shown("1");
    let last = *rig.world.times.last().unwrap();
    let mut rig = killed(rig, 60);
    let stopped = |name: Option<&str>, pass| (name.map(str::to_owned), Some(last), pass);
    assert_eq!(line(&mut rig), stopped(None, PassEnd::Pending));
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    assert_eq!(line(&mut rig), stopped(None, PassEnd::Pending));
    rig.release(Kind::SignIn);
    rig.wait_s(30);
    assert!(rig.world.passes[0].gone);
    let told = stopped(Some("Account 1"), PassEnd::Removed);
    assert_eq!(line(&mut rig), told);
    // It stays: over other work, a lock, and another start.
    rig.want(OperatorAction::StartVisit);
    assert_eq!(rig.view().notice.map(|_| ()), None);
    rig.visit(VisitAction::Cancel);
    assert_eq!(line(&mut rig), told);
    rig.want(OperatorAction::Lock);
    assert!(lines(&mut rig).is_empty(), "no name on a locked screen");
    let mut rig = killed(rig, 3_600).signed_in();
    assert_eq!(line(&mut rig), told);
    dismiss(&mut rig);
    assert!(lines(&mut rig).is_empty());
    assert_eq!(rig.world.written().last().unwrap(), "NoticeDismissed");
    let mut rig = killed(rig, 60).signed_in();
    assert!(lines(&mut rig).is_empty(), "read is read");
}

#[test]
fn a_pass_that_is_not_seen_is_uncertain_until_it_would_have_lapsed() {
    let lost = || {
        let mut rig = Rig::new().board("1");
        rig.world
            .faults
            .push_back((Kind::Issue, AnswerFault::LostQuestion));
        rig.held.insert(Kind::Methods);
        rig.release(Kind::Methods);
        rig.visit(VisitAction::IssuePass { replace: false });
        rig
    };
    let mut rig = killed(lost(), 10);
    assert_eq!(line(&mut rig).2, PassEnd::Uncertain);
    let mut rig = rig.signed_in();
    rig.wait_s(30);
    assert_eq!(
        line(&mut rig).2,
        PassEnd::Uncertain,
        "not seen yet is no proof"
    );

    let mut rig = killed(lost(), 10);
    rig.wait_s(90 * 60);
    assert_eq!(line(&mut rig).2, PassEnd::Expired);
}

#[test]
fn what_is_owed_is_told_again_when_it_is_settled() {
    let rig = Rig::new().shown("1");
    let mut rig = killed(rig, 60);
    rig.held.insert(Kind::Remove);
    let mut rig = rig.signed_in();
    rig.wait_s(1);
    assert_eq!(line(&mut rig).2, PassEnd::Pending);
    dismiss(&mut rig);
    assert!(lines(&mut rig).is_empty());
    assert_eq!(rig.view().pending_passes.len(), 1);
    rig.release(Kind::Remove);
    rig.wait_s(60);
    assert_eq!(line(&mut rig).2, PassEnd::Removed);
}

/// A pass of a visit that had its end and its receipt is settled later, while nobody looks at that visit.
#[test]
fn a_debt_of_a_visit_that_is_over_is_told_when_it_is_paid() {
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig.wait_s(25);
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    assert!(lines(&mut rig).is_empty());
    let mut rig = rig.signed_in();
    rig.wait_s(10);
    let told = (Some("Account 1".to_owned()), None, PassEnd::Removed);
    assert_eq!(line(&mut rig), told);
}

#[test]
fn nobody_puts_away_what_was_not_read() {
    let rig = Rig::new().shown("1");
    let mut rig = killed(rig, 60);
    let number = rig.view().notice.unwrap().number;
    let act = OperatorAction::DismissNotice { number };
    assert!(rig.act(&act).is_err(), "nobody is signed in");
    let mut rig = rig.signed_in();
    rig.wait_s(30);
    assert_eq!(
        rig.act(&act).map_err(|trouble| trouble.code),
        Err(TroubleCode::NotNow),
        "the pass was removed since"
    );
    assert_eq!(lines(&mut rig).len(), 1);
}

#[test]
fn a_visit_in_which_nobody_was_chosen_is_nothing_to_tell() {
    let rig = Rig::new().finding();
    let mut rig = killed(rig, 60).signed_in();
    assert!(lines(&mut rig).is_empty());
}

#[test]
fn a_start_looks_at_everything_that_opens_or_ends_something() {
    for name in LeftOpen::EVENTS {
        assert!(EarlierRuns::EVENTS.contains(name), "{name}");
    }
}

/// A request that arrived twice: what is said of the second pass says nothing of the one in hand.
#[test]
fn leaving_another_pass_of_the_same_intent_keeps_the_notice_of_the_one_in_hand() {
    let rig = Rig::new().live("1");
    let mut world = rig.world;
    let visit = Some(rig.visit);
    let intent = world.record.iter().find_map(|(_, event)| match event {
        Event::PassIssued { intent, .. } => Some(intent.clone()),
        _ => None,
    });
    let decided = Event::PassDecided {
        intent: intent.unwrap(),
        pass: onboarding::PassId("another".into()),
        operator: sample::user("op-1"),
        remove: false,
    };
    world.record.push((visit, decided));
    world.times.push(rig.now.service);
    let ended = Event::VisitEnded {
        how: onboarding::VisitOutcome::LeftUnfinished,
        pass: PassEnd::Pending,
    };
    world.record.push((visit, ended));
    world.times.push(rig.now.service);
    let runs = folded(&world);
    assert_eq!(runs.pending().len(), 1, "it is owed");
    let runs = folded(&world);
    let mut again = Rig::from(world, sample::policy(), Vec::new(), rig.visit, rig.now);
    again.desk = Desk::new(Start {
        untold: runs.untold(),
        pending: runs.pending_and_removed(),
        visit_ids: onboarding::VisitIds::after(visit),
        now: rig.now,
        ..sample::start(sample::policy()).unwrap()
    });
    let mut again = again.signed_in();
    again.wait_s(150);
    assert!(again.world.passes[0].gone);
    assert_eq!(lines(&mut again)[0].pass, PassEnd::Removed);
}

/// A visit that is stopped once it was about to change something and before it had an answer.
fn stopped_before_an_answer(mut rig: Rig, kind: Kind) -> LooseEnds {
    rig.held.insert(kind);
    rig.after(AfterAction::JoinRoll);
    assert!(lines(&mut rig).is_empty());
    let mut rig = killed(rig, 60).signed_in();
    rig.wait_s(30);
    let told = lines(&mut rig);
    assert_eq!(told.len(), 1, "one line of one visit");
    dismiss(&mut rig);
    let mut rig = killed(rig, 60).signed_in();
    assert!(lines(&mut rig).is_empty(), "read is read");
    told[0].loose_ends
}

#[test]
fn f23_a_stop_before_the_answer_to_a_change_of_a_password_is_told_at_the_next_start() {
    for way in [PasswordWay::Patch, PasswordWay::Reset] {
        let rig = changing(way, false).understood("1");
        let password = LooseEnds {
            password: true,
            ..LooseEnds::default()
        };
        assert_eq!(stopped_before_an_answer(rig, Kind::Change), password);
    }
}

#[test]
fn f23_a_stop_before_the_answer_of_the_roll_is_told_at_the_next_start() {
    let roll = LooseEnds {
        roll: true,
        ..LooseEnds::default()
    };
    let rig = changing(PasswordWay::Roll, true).understood("1");
    assert_eq!(stopped_before_an_answer(rig, Kind::Roll), roll);
}

#[test]
fn f23_a_stop_before_the_answer_on_a_passwords_age_is_told_at_the_next_start() {
    let expiry = LooseEnds {
        expiry: true,
        ..LooseEnds::default()
    };
    let mut policy = rules(PasswordWay::Patch, false);
    policy.passwords.never_expires = true;
    let rig = Rig::with(policy, Vec::new()).understood("1");
    assert_eq!(stopped_before_an_answer(rig, Kind::Roll), expiry);
}

/// A reset that is to be tested, for somebody who is on the roll already.
pub(crate) fn to_be_tested() -> Rig {
    let mut rig = changing(PasswordWay::Reset, true).understood("1");
    rig.after(AfterAction::JoinRoll);
    rig.world.tried = Err(TestCause::NoNetwork);
    rig.after(STATION);
    rig
}

const TO_TEST: LooseEnds = LooseEnds {
    password: false,
    must_change: true,
    roll: false,
    expiry: false,
    phone: false,
};

#[test]
fn f23_a_stop_before_the_test_of_a_reset_is_told_at_the_next_start() {
    let mut rig = killed(to_be_tested(), 60).signed_in();
    assert_eq!(lines(&mut rig)[0].loose_ends, TO_TEST);
}

#[test]
fn a_reset_that_was_given_up_is_told_until_it_is_read() {
    let mut rig = to_be_tested();
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignOut);
    let mut rig = rig.signed_in();
    assert_eq!(lines(&mut rig)[0].loose_ends, TO_TEST);
    let mut rig = killed(rig, 60).signed_in();
    assert_eq!(lines(&mut rig)[0].loose_ends, TO_TEST, "until it is read");
}

#[test]
fn what_the_notice_hangs_on_is_what_a_start_looks_at() {
    for event in crate::after_events::after_events() {
        let name = serde_json::to_value(&event).unwrap()["event"].to_string();
        let name = name.trim_matches('"');
        let hangs = [
            "roll_",
            "never_expires",
            "password_change",
            "password_not_",
            "test_proven",
        ];
        let hangs = hangs.iter().any(|start| name.starts_with(start));
        assert!(!hangs || EarlierRuns::EVENTS.contains(&name), "{name}");
    }
}
