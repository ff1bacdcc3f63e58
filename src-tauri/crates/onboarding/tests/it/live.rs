//! The live check: what counts, what does not, and how often it looks (N1, N7).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    DoneLight, InFront, Light, LightState, LiveView, Method, OperatorAction, OperatorScreen,
    PassStage, PersonAction, RegisteredKind, RenewReason, TroubleCode, VisitAction, VisitScreen,
};

use crate::refusals::pass_time;
use crate::rig::Rig;

fn live(rig: &mut Rig) -> (LiveView, Option<RegisteredKind>) {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                live, registered, ..
            },
            ..
        }) => (live, registered),
        _ => panic!("no board"),
    }
}

fn lit(rig: &mut Rig) -> Vec<Light> {
    live(rig)
        .0
        .lights
        .iter()
        .filter(|light| light.state == LightState::Lit)
        .map(|light| light.light)
        .collect()
}

fn check(
    baseline: Vec<Method>,
    done: DoneLight,
    after: Vec<Method>,
    line: &str,
    wanted: Option<RegisteredKind>,
) {
    let user = sample::user("1");
    let mut policy = sample::policy();
    policy.done = done;
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.methods.insert(user.clone(), baseline);
    let mut rig = rig.shown("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.methods.insert(user, after);
    rig.wait_s(60);
    let (view, registered) = live(&mut rig);
    assert_eq!((view.line.key.as_str(), registered), (line, wanted));
    assert_eq!(
        rig.try_visit(VisitAction::Finish { leave_pass: false })
            .is_ok(),
        wanted.is_some()
    );
}

#[test]
fn only_what_is_new_and_passwordless_counts_n1() {
    use DoneLight::{Either, Passkey, PhoneSignIn};
    let phone = Some(RegisteredKind::PhoneSignIn);
    let key = Some(RegisteredKind::Passkey);
    let push = |id: &str| sample::authenticator(id, false);
    let ready = |id: &str| sample::authenticator(id, true);
    let passkey = || sample::passkey("k");
    let other_key = Method::Passkey {
        id: "usb".into(),
        name: None,
        in_authenticator: false,
        created: None,
    };
    let (entered, push_only) = ("live-pass-entered", "live-push-only");
    let (ready_phone, ready_key) = ("live-ready-phone", "live-ready-passkey");
    let nothing = |old, done, now, line| check(old, done, now, line, None);
    let counts = |old, done, now| check(old, done, now, ready_phone, phone);
    let key_counts = |old, done, now| check(old, done, now, ready_key, key);
    // Old phones never count, ready or not.
    nothing(vec![ready("old")], Either, vec![ready("old")], entered);
    nothing(vec![push("old")], Either, vec![push("old")], entered);
    nothing(vec![passkey()], Either, vec![passkey()], entered);
    // A new one for notifications only says so.
    nothing(vec![], Either, vec![push("new")], push_only);
    let old_and_push = vec![ready("old"), push("new")];
    nothing(vec![ready("old")], Either, old_and_push, push_only);
    // A new one, or a known one made ready, counts.
    counts(vec![], Either, vec![ready("new")]);
    counts(vec![push("old")], Either, vec![ready("old")]);
    let both = vec![ready("old"), ready("new")];
    counts(vec![ready("old")], PhoneSignIn, both);
    // A passkey counts where the site says so, and only one in Authenticator.
    key_counts(vec![], Either, vec![passkey()]);
    key_counts(vec![], Passkey, vec![passkey()]);
    key_counts(vec![], Passkey, vec![ready("new"), passkey()]);
    nothing(vec![], PhoneSignIn, vec![passkey()], entered);
    nothing(vec![], Passkey, vec![ready("new")], push_only);
    nothing(vec![], Either, vec![other_key], entered);
}

/// Copies of the directory that disagree: one read proves nothing, and what is lit stays lit (F11).
#[test]
fn a_flapping_directory_neither_finishes_early_nor_puts_a_light_out() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    rig.wait_s(6);
    rig.world.use_pass(&user, rig.now);
    let without = rig.world.list(&user, rig.now);
    rig.world.add(&user, sample::authenticator("new", true));
    let with = rig.world.list(&user, rig.now);
    rig.world.methods.get_mut(&user).unwrap().pop();
    rig.world.reads.extend([
        with.clone(),
        without.clone(),
        without.clone(),
        without.clone(),
    ]);
    rig.visit(VisitAction::LookNow);
    rig.wait_s(3);
    let (view, registered) = live(&mut rig);
    assert_eq!(
        (view.line.key.as_str(), registered),
        ("live-confirming", None)
    );
    // Nobody waits for ever for what does not come back.
    rig.wait_s(60);
    let (view, registered) = live(&mut rig);
    assert_eq!(
        (view.line.key.as_str(), registered),
        ("live-not-again", None)
    );
    let lights = lit(&mut rig);
    assert!(lights.contains(&Light::PhoneSignInReady));
    rig.world.reads.clear();
    rig.world
        .reads
        .extend([without.clone(), with.clone(), without.clone(), with]);
    rig.wait_s(60);
    assert_eq!(live(&mut rig).1, Some(RegisteredKind::PhoneSignIn));
    assert_eq!(
        rig.world
            .written()
            .iter()
            .filter(|entry| *entry == "Registered")
            .count(),
        1
    );
    assert_eq!(
        rig.world
            .written()
            .iter()
            .filter(|entry| *entry == "PassEntered")
            .count(),
        1,
        "the lists have the pass as one that was used"
    );
}

/// What came by another way while nobody had the pass is not registered with the pass: the very list has it as one
/// still to be entered. Once it is entered that is told as ever.
#[test]
fn i3_a_pass_that_is_still_to_be_entered_is_not_told_as_entered() {
    let user = sample::user("1");
    let entered = |rig: &mut Rig| {
        let written = rig.world.written();
        let count = written.iter().filter(|entry| *entry == "PassEntered");
        (lit(rig).contains(&Light::PassEntered), count.count())
    };
    let mut rig = Rig::new().live("1");
    rig.wait_s(6);
    rig.world
        .add(&user, sample::authenticator("stranger", true));
    rig.visit(VisitAction::LookNow);
    rig.wait_s(20);
    assert_eq!(live(&mut rig).1, None);
    assert_eq!(entered(&mut rig), (false, 0));
    let mut rig = Rig::new().shown("1");
    rig.wait_s(6);
    assert!(rig.world.use_pass(&user, rig.now));
    rig.world.add(&user, sample::authenticator("own", true));
    rig.visit(VisitAction::LookNow);
    rig.wait_s(20);
    assert_eq!(live(&mut rig).1, Some(RegisteredKind::PhoneSignIn));
    assert_eq!(entered(&mut rig), (true, 1));
}

/// A pass that ended and left the list was not entered.
#[test]
fn an_ended_pass_that_leaves_the_list_was_not_entered() {
    let mut rig = Rig::new().live("1");
    rig.wait_s(5);
    pass_time(&mut rig, 30);
    rig.world.passes[0].gone = true;
    for _ in 0..4 {
        rig.visit(VisitAction::LookNow);
        rig.wait_s(3);
    }
    assert_eq!(rig.stage(), PassStage::Expired);
    assert!(!rig.world.written().contains(&"PassEntered".to_owned()));
}

fn busiest(requests: &[(u64, bool)]) -> usize {
    let within = |from: u64| {
        requests
            .iter()
            .filter(|(at, _)| (from..from + 10_000).contains(at))
            .count()
    };
    requests
        .iter()
        .map(|(at, _)| within(*at))
        .max()
        .unwrap_or(0)
}

/// Ten minutes of three people at once, one of them being looked for anew all the time.
#[test]
fn looking_stays_within_the_quota_with_three_visits() {
    let mut policy = sample::policy();
    policy.visits_max = 3;
    let mut rig = Rig::with(policy, Vec::new());
    for user in ["1", "2", "3"] {
        rig = rig.issued(user);
        rig.visit(VisitAction::GoTo { row: "a6".into() });
        rig.wait_s(15);
    }
    rig.world.requests.clear();
    for _ in 0..60 {
        rig.wait_s(10);
        rig.want(OperatorAction::Touch);
        rig.person(PersonAction::Done).unwrap();
    }
    assert!(
        (150..=300).contains(&rig.world.requests.len()),
        "{}",
        rig.world.requests.len()
    );
    assert!(
        busiest(&rig.world.requests) <= 5,
        "{}",
        busiest(&rig.world.requests)
    );
    // "Look now", however often, is a look within the quota.
    rig.world.requests.clear();
    for _ in 0..600 {
        rig.visit(VisitAction::LookNow);
        rig.wait_ms(100);
    }
    assert!(
        busiest(&rig.world.requests) <= 5,
        "{}",
        busiest(&rig.world.requests)
    );
    // All three visits uncertain at once.
    for visit in (1..=3).map(onboarding::VisitId) {
        let reason = onboarding::RenewReason::Lost;
        let same_person = true;
        let act = VisitAction::RenewPass {
            same_person,
            reason,
        };
        rig.world
            .faults
            .push_back((Kind::Issue, AnswerFault::LostQuestion));
        rig.want(OperatorAction::Visit { visit, act });
    }
    rig.world.requests.clear();
    rig.wait_s(60);
    assert!(rig.world.requests.len() > 9);
    assert!(
        busiest(&rig.world.requests) <= 5,
        "{}",
        busiest(&rig.world.requests)
    );
}

#[test]
fn an_outage_pauses_the_check_and_is_over_by_itself() {
    let mut rig = Rig::new().live("1");
    rig.wait_s(5);
    rig.world.network_down = true;
    rig.wait_s(25);
    let (view, _) = live(&mut rig);
    assert!(view.paused_since.is_some() && view.next_look_s.is_some());
    assert_eq!(
        (view.line.key.as_str(), rig.trouble().as_deref()),
        ("live-paused", Some("N101"))
    );
    assert_eq!(
        rig.stage(),
        PassStage::Live,
        "F3: the visit is kept and the countdown goes on"
    );
    rig.visit(VisitAction::Reveal);
    rig.world.network_down = false;
    rig.wait_s(5);
    assert_eq!((live(&mut rig).0.paused_since, rig.trouble()), (None, None));
}

/// The lid was closed: what was on its way is lost, what arrived meanwhile is seen at once and within the quota.
#[test]
fn a_machine_that_slept_sees_what_it_missed() {
    // After a long sleep the operator signs in again; the visit is as it was.
    let back = |rig: &mut Rig| {
        if rig.screen() == "Locked" {
            rig.want(OperatorAction::SignIn);
        }
    };
    let user = sample::user("1");
    let check = |asleep_s: u64, in_flight: bool| {
        let mut rig = Rig::new().shown("1");
        rig.wait_s(10);
        if in_flight {
            rig.held.insert(Kind::Methods);
            rig.wait_s(15);
            assert!(!rig.flying.is_empty(), "a look is on its way");
        }
        rig.world.use_pass(&user, rig.now);
        rig.world.add(&user, sample::authenticator("new", true));
        let slept_at = rig.now.mono;
        rig.world.requests.clear();
        rig.clock_to(slept_at.after_s(asleep_s));
        rig.tick();
        back(&mut rig);
        if in_flight {
            rig.world
                .faults
                .push_back((Kind::Methods, AnswerFault::NotSent));
            rig.release(Kind::Methods);
        }
        rig.wait_s(15);
        let (view, registered) = live(&mut rig);
        assert_eq!(
            (view.line.key.as_str(), registered, view.paused_since),
            ("live-ready-phone", Some(RegisteredKind::PhoneSignIn), None),
            "{asleep_s} s, {in_flight}"
        );
        let asked = rig.world.requests.len();
        assert!(
            (2..=5).contains(&asked),
            "{asked} requests for what was missed"
        );
    };
    for asleep_s in [30, 600] {
        check(asleep_s, false);
        check(asleep_s, true);
    }
    // After a night the visit was left unfinished, and nobody says that its pass was entered.
    let mut rig = Rig::new().shown("1");
    rig.wait_s(10);
    rig.clock_to(rig.now.mono.after_s(8 * 3_600));
    rig.tick();
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.screen(), "Home");
    let written = rig.world.written();
    assert!(written.contains(&"VisitEnded".to_owned()), "{written:?}");
    assert!(!written.contains(&"PassEntered".to_owned()), "{written:?}");
}

/// `Retry-After` closes the whole desk's looks, and never for longer than a quarter of an hour (F10).
#[test]
fn retry_after_is_obeyed_within_reason() {
    for (asked, quiet) in [(0, 1), (30, 30), (86_400, 900)] {
        let mut rig = Rig::new().live("1");
        rig.wait_s(5);
        rig.world
            .faults
            .push_back((Kind::Methods, AnswerFault::Throttled(asked)));
        while !rig.world.faults.is_empty() {
            rig.wait_ms(500);
        }
        let from = rig.world.requests.last().unwrap().0;
        assert_eq!(
            rig.trouble().as_deref(),
            Some(TroubleCode::Throttled.short())
        );
        rig.visit(VisitAction::LookNow);
        pass_time(&mut rig, 16);
        let next = rig
            .world
            .requests
            .iter()
            .map(|(at, _)| *at)
            .find(|at| *at > from)
            .unwrap();
        assert_eq!((next - from) / 1000, quiet, "asked for {asked} s");
        assert_eq!(rig.trouble(), None);
    }
}

/// Looking starts again by itself after a sign-in, and after a renewal that was refused.
#[test]
fn looking_goes_on_after_an_interruption() {
    let mut rig = Rig::new().live("1");
    rig.wait_s(5);
    rig.want(OperatorAction::Lock);
    rig.wait_s(100);
    let before = rig.world.requests.len();
    rig.want(OperatorAction::SignIn);
    rig.wait_s(12);
    assert!(
        rig.world.requests.len() > before,
        "nobody looks after signing in again"
    );

    let mut rig = Rig::new().live("1");
    rig.wait_s(5);
    rig.held.insert(Kind::Issue);
    rig.visit(VisitAction::RenewPass {
        same_person: true,
        reason: onboarding::RenewReason::Lost,
    });
    rig.wait_s(20);
    rig.world.faults.push_back((
        Kind::Issue,
        AnswerFault::Refused(TroubleCode::PassNotPermitted),
    ));
    rig.release(Kind::Issue);
    assert_eq!(rig.stage(), PassStage::Live);
    let before = rig.world.requests.len();
    rig.wait_s(12);
    assert!(
        rig.world.requests.len() > before,
        "nobody looks after a refused renewal"
    );
}

/// The first look is not before the pass can be used, and the looks come quicker once its row is in hand.
#[test]
fn looks_begin_with_the_pass_and_quicken_at_its_row() {
    let mut rig = Rig::new().board("1");
    rig.world.requests.clear();
    rig.wait_s(60);
    assert!(
        rig.world.requests.is_empty(),
        "nothing to look for without a pass"
    );
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.world.requests.clear();
    rig.wait_ms(9_999);
    assert!(rig.world.requests.is_empty());
    rig.wait_s(60);
    let slow = rig.world.requests.len();
    rig.visit(VisitAction::GoTo { row: "a6".into() });
    rig.wait_s(60);
    assert!(
        rig.world.requests.len() - slow > slow,
        "{slow} and {}",
        rig.world.requests.len()
    );
}

/// Somebody set its time anew, or the directory's clock is another one: what it says is what the phone meets.
#[test]
fn a_pass_that_the_directory_calls_expired_is_not_valid_s30() {
    for asked in [true, false] {
        let mut rig = Rig::new().shown("1");
        rig.wait_s(61);
        assert_eq!(rig.person_pass(), "shown");
        rig.world
            .passes
            .iter_mut()
            .for_each(|pass| pass.minutes = 1);
        if asked {
            rig.visit(VisitAction::LookNow);
        }
        rig.wait_s(if asked { 2 } else { 31 });
        assert_eq!(rig.stage(), PassStage::Expired, "{asked}");
        assert_ne!(rig.person_pass(), "shown", "{asked}");
        let renew = VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Expired,
        };
        assert!(rig.try_visit(renew).is_ok(), "{asked}");
    }
}
