//! What proves a test once it was made, during the visit and after it (S38, N23).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AfterAction, AfterScreen, LastUsed, LogSight, LookEnd, NeedsProof, NoticeView, OperatorAction,
    PasswordStep, PersonAfterAction, ProofSources, Route, ServiceTime, StaysBecause, TestProof,
    TriedSignIn, TroubleCode, UseAnswer, VisitAction, VisitId,
    record::{AfterEvent, Event},
};

use crate::after_registration::{PHONE, STATION, password, refused, report, screen, stays, with};
use crate::rig::Rig;

const BOTH: ProofSources = ProofSources {
    last_used: true,
    log: true,
};
const LAST_USED: ProofSources = ProofSources {
    last_used: true,
    log: false,
};
const LOG: ProofSources = ProofSources {
    last_used: false,
    log: true,
};

/// What the directory was asked of it, and what of it is in the record.
fn asked(rig: &Rig) -> usize {
    let about = |line: &&String| line.contains("ReadLastUsed") || line.contains("ReadSignInLog");
    rig.log.iter().filter(about).count()
}

fn recorded(rig: &Rig) -> Vec<AfterEvent> {
    let about = |(_, entry): &(_, Event)| match entry {
        Event::After(
            event @ (AfterEvent::TestProven { .. }
            | AfterEvent::SignInLogged { .. }
            | AfterEvent::NotLookedAtFurther { .. }),
        ) => Some(event.clone()),
        _ => None,
    };
    rig.world.record.iter().filter_map(about).collect()
}

fn proven(proof: TestProof, ask_back: bool) -> AfterEvent {
    AfterEvent::TestProven { proof, ask_back }
}

fn ended(why: LookEnd) -> AfterEvent {
    AfterEvent::NotLookedAtFurther { why }
}

fn notice(rig: &mut Rig) -> Option<NoticeView> {
    rig.view().notice
}

/// A phone test that passed by the person's word, at a site that asks this of the directory.
fn said(sources: ProofSources) -> Rig {
    let mut rig = with(|policy| {
        policy.proof_sources = sources;
        // Nobody touches anything while it is looked for.
        policy.idle_lock_s = 7200;
    })
    .registered("1");
    rig.after(PHONE);
    rig.after(report(false));
    rig
}

/// The entry was used after the test began, the password a day before.
fn used(rig: &Rig) -> LastUsed {
    LastUsed {
        entry: Some(rig.now.service),
        password: Some(rig.now.service.after_ms(-86_400_000)),
    }
}

fn finished(rig: &mut Rig) {
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.visit(VisitAction::Close);
}

/// N23: a phone test is worth more than a word once two reads show the entry used and the password not.
#[test]
fn a_phone_test_is_proven_by_two_reads_of_when_methods_were_used() {
    let mut rig = said(LAST_USED);
    rig.answers(UseAnswer::No);
    assert_eq!(stays(&mut rig), StaysBecause::NotProven);
    assert!(matches!(
        screen(&mut rig),
        AfterScreen::Password { looking: true, .. }
    ));
    rig.world.last_used = used(&rig);
    rig.wait_s(6);
    assert!(recorded(&rig).is_empty(), "one read is none");
    rig.wait_s(40);
    assert_eq!(recorded(&rig), [proven(TestProof::LastUsed, false)]);
    // It was missing alone: the person understands and the operator presses, and nothing is done before.
    assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
    assert!(rig.world.roll.is_empty());
    rig.person_after(PersonAfterAction::Understood);
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.world.roll.len(), 1);
    let AfterScreen::Password {
        tested: Some(tested),
        looking,
        ..
    } = screen(&mut rig)
    else {
        panic!("no password");
    };
    assert_eq!((tested.proof, looking), (Some(TestProof::LastUsed), false));
    finished(&mut rig);
    let asked_before = asked(&rig);
    rig.wait_s(1000);
    assert_eq!(asked(&rig), asked_before, "nothing more is asked");
    assert!(notice(&mut rig).is_none());
}

/// What is not told, is older than the test, or shows the password used, proves nothing.
#[test]
fn what_the_directory_does_not_say_of_use_proves_nothing_n23() {
    let day = |rig: &Rig| Some(rig.now.service.after_ms(-86_400_000));
    let now = |rig: &Rig| Some(rig.now.service);
    type At = fn(&Rig) -> Option<ServiceTime>;
    let cases: [(&str, At, At); 5] = [
        ("nothing", |_| None, |_| None),
        ("the password is not told", now, |_| None),
        ("the entry is not told", |_| None, day),
        ("neither was used", day, day),
        ("the password was used too", now, now),
    ];
    for (what, entry, password) in cases {
        let mut rig = said(LAST_USED);
        rig.answers(UseAnswer::No);
        rig.world.last_used = LastUsed {
            entry: entry(&rig),
            password: password(&rig),
        };
        rig.wait_s(600);
        assert_eq!(recorded(&rig), [ended(LookEnd::Over)], "{what}");
        assert!(asked(&rig) <= 8, "{what}: asked a few times");
        assert_eq!(stays(&mut rig), StaysBecause::NotProven, "{what}");
    }
}

/// One read alone may come from a copy that is ahead of the others.
#[test]
fn two_reads_in_a_row_must_agree() {
    let mut rig = said(LAST_USED);
    let (shows, not) = (used(&rig), rig.world.last_used);
    rig.world.last_used = shows;
    rig.wait_s(6);
    rig.world.last_used = not;
    rig.wait_s(40);
    rig.world.last_used = shows;
    rig.wait_s(30);
    assert!(recorded(&rig).is_empty());
    rig.wait_s(40);
    assert_eq!(recorded(&rig), [proven(TestProof::LastUsed, false)]);
}

/// The log names the entry also after a password: only its primary row proves anything.
#[test]
fn the_log_proves_it_only_where_it_says_how_the_sign_in_began() {
    let mut rig = said(LOG);
    rig.answers(UseAnswer::No);
    rig.wait_s(60);
    rig.world.log = LogSight::EntryOnly;
    rig.wait_s(200);
    let logged = |shows| AfterEvent::SignInLogged { shows };
    assert_eq!(recorded(&rig), [logged(LogSight::EntryOnly)], "told once");
    assert_eq!(stays(&mut rig), StaysBecause::NotProven);
    rig.world.log = LogSight::NoPassword;
    rig.wait_s(60);
    assert_eq!(recorded(&rig)[1..], [proven(TestProof::Log, false)]);
    assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
    // A password in the log is told, and never called "not passed" by itself.
    let mut rig = said(LOG);
    rig.answers(UseAnswer::No);
    rig.world.log = LogSight::Password;
    rig.wait_s(1000);
    assert_eq!(recorded(&rig), [logged(LogSight::Password)]);
    assert_eq!(stays(&mut rig), StaysBecause::NotProven);
}

/// N23: what speaks against a proof takes it back, as long as nothing was asked for.
#[test]
fn a_password_that_was_used_takes_the_proof_back_n23() {
    let seen = |sources| {
        let mut rig = with(|policy| {
            policy.proof_sources = sources;
            policy.idle_lock_s = 7200;
        })
        .registered("1");
        rig.after(STATION);
        rig.after(report(false));
        rig
    };
    let shows = |rig: &mut Rig| {
        rig.world.log = LogSight::Password;
        let now = Some(rig.now.service);
        rig.world.last_used = LastUsed {
            entry: now,
            password: now,
        };
        rig.wait_s(30);
    };
    for sources in [LAST_USED, LOG, BOTH] {
        for pressed in 0..3 {
            let mut rig = seen(sources);
            if pressed > 0 {
                rig.answers(UseAnswer::No);
                assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
            }
            if pressed > 1 {
                rig.person_after(PersonAfterAction::Understood);
            }
            shows(&mut rig);
            if pressed == 0 {
                rig.answers(UseAnswer::No);
            }
            assert_eq!(stays(&mut rig), StaysBecause::NotProven, "{sources:?}");
            let AfterScreen::Password {
                tested, looking, ..
            } = screen(&mut rig)
            else {
                panic!("no password");
            };
            assert_eq!((tested.unwrap().proof, looking), (None, false));
            assert_eq!(
                refused(&mut rig, AfterAction::JoinRoll),
                TroubleCode::NotNow
            );
            // Another test may show more.
            rig.after(STATION);
            rig.after(report(false));
            rig.answers(UseAnswer::No);
            assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
        }
        // What was asked for goes on.
        let mut rig = seen(sources);
        rig.answers(UseAnswer::No);
        rig.person_after(PersonAfterAction::Understood);
        rig.after(AfterAction::JoinRoll);
        shows(&mut rig);
        assert_eq!(password(&mut rig).1, PasswordStep::Done);
        assert_eq!(rig.world.roll.len(), 1);
    }
}

#[test]
fn each_proof_is_worth_what_it_shows_strongest_first() {
    let cases = [
        (TestProof::Word, [true, false, false]),
        (TestProof::Seen, [true, true, false]),
        (TestProof::Log, [true, true, false]),
        (TestProof::LastUsed, [true, true, false]),
        (TestProof::Token, [true, true, true]),
    ];
    let needs = [NeedsProof::Word, NeedsProof::Seen, NeedsProof::Token];
    for (proof, enough) in cases {
        for (needs, enough) in needs.into_iter().zip(enough) {
            let sources = match proof {
                TestProof::LastUsed => LAST_USED,
                TestProof::Log => LOG,
                TestProof::Word | TestProof::Seen | TestProof::Token => ProofSources::default(),
            };
            let mut rig = with(|policy| {
                policy.proof_sources = sources;
                policy.passwords.needs_proof = needs;
            });
            rig.world.tried = Ok(TriedSignIn {
                context_met: proof == TestProof::Token,
            });
            let mut rig = rig.registered("1");
            match proof {
                TestProof::Token => rig.after(STATION),
                TestProof::Seen => {
                    rig.after(STATION);
                    rig.after(report(false));
                }
                TestProof::Word | TestProof::Log | TestProof::LastUsed => {
                    rig.after(PHONE);
                    rig.after(report(false));
                }
            }
            rig.world.last_used = used(&rig);
            rig.world.log = LogSight::NoPassword;
            rig.wait_s(60);
            rig.answers(UseAnswer::No);
            let free = password(&mut rig).0.is_none();
            assert_eq!(free, enough, "{proof:?} where {needs:?} is needed");
        }
    }
}

/// N23: after the visit it is looked for fifteen minutes, and what comes is listed, never acted on.
#[test]
fn a_proof_that_comes_after_the_visit_is_listed_and_nothing_is_done() {
    let mut rig = said(BOTH);
    rig.answers(UseAnswer::No);
    assert_eq!(stays(&mut rig), StaysBecause::NotProven);
    finished(&mut rig);
    let visit = rig.visit;
    rig.wait_s(120);
    assert!(notice(&mut rig).is_none());
    let view = serde_json::to_string(&rig.view()).unwrap();
    assert!(!view.contains("user-1"), "the late look is in no view");
    rig.world.log = LogSight::NoPassword;
    rig.wait_s(70);
    assert_eq!(recorded(&rig), [proven(TestProof::Log, true)]);
    let of = rig.world.record.iter().rev().find_map(|(of, entry)| {
        matches!(entry, Event::After(AfterEvent::TestProven { .. })).then_some(*of)
    });
    assert_eq!(of, Some(Some(visit)), "written down for its visit");
    let told = notice(&mut rig).unwrap();
    assert_eq!(told.proven_later, [visit]);
    assert!(told.lines.is_empty());
    assert!(rig.world.roll.is_empty(), "nobody acts on it alone");
    rig.want(OperatorAction::DismissNotice {
        number: told.number,
    });
    assert!(notice(&mut rig).is_none());
}

/// Who is on the roll already is not asked back; the stronger proof is written down all the same.
#[test]
fn a_late_proof_of_somebody_on_the_roll_is_only_recorded() {
    let mut rig = with(|policy| policy.proof_sources = LOG).understood("1");
    rig.after(AfterAction::JoinRoll);
    finished(&mut rig);
    rig.world.log = LogSight::NoPassword;
    rig.wait_s(100);
    assert_eq!(recorded(&rig), [proven(TestProof::Log, false)]);
    assert!(notice(&mut rig).is_none());
    // Neither where what the site wants cannot come any more.
    let mut rig = with(|policy| {
        policy.proof_sources = LOG;
        policy.passwords.needs_proof = NeedsProof::Token;
    })
    .tested("1");
    rig.answers(UseAnswer::No);
    finished(&mut rig);
    rig.world.log = LogSight::NoPassword;
    rig.wait_s(100);
    assert_eq!(recorded(&rig), [proven(TestProof::Log, false)]);
    assert!(notice(&mut rig).is_none());
}

#[test]
fn the_late_look_ends_with_its_time_a_lock_a_sign_out_and_the_app() {
    let late = || {
        let mut rig = said(BOTH);
        rig.answers(UseAnswer::No);
        finished(&mut rig);
        rig
    };
    let mut rig = said(BOTH);
    finished(&mut rig);
    rig.wait_s(899);
    assert!(recorded(&rig).is_empty());
    rig.wait_s(2);
    assert_eq!(recorded(&rig), [ended(LookEnd::Over)]);
    for (action, why) in [
        (OperatorAction::Lock, LookEnd::Locked),
        (OperatorAction::SignOut, LookEnd::SignedOut),
        (OperatorAction::CloseApp, LookEnd::Stopped),
    ] {
        let mut rig = late();
        rig.want(action);
        assert_eq!(recorded(&rig), [ended(why)]);
        let before = asked(&rig);
        rig.world.log = LogSight::NoPassword;
        rig.wait_s(600);
        assert_eq!(asked(&rig), before, "{why:?}");
        assert_eq!(recorded(&rig).len(), 1);
    }
    // What was on its way then counts for nothing.
    let mut rig = late();
    rig.held.insert(Kind::Proof);
    rig.wait_s(20);
    rig.want(OperatorAction::SignOut);
    rig.world.log = LogSight::NoPassword;
    rig.release(Kind::Proof);
    assert_eq!(recorded(&rig), [ended(LookEnd::SignedOut)]);
    // The operator may be away for a while and back before the visit ends.
    let mut rig = said(BOTH);
    rig.want(OperatorAction::Lock);
    let before = asked(&rig);
    rig.wait_s(60);
    assert_eq!(asked(&rig), before, "nobody is signed in");
    rig.want(OperatorAction::SignIn);
    rig.world.log = LogSight::NoPassword;
    rig.wait_s(60);
    assert_eq!(recorded(&rig), [proven(TestProof::Log, false)]);
}

#[test]
fn where_nothing_is_asked_nothing_is_kept() {
    let mut rigs = vec![said(ProofSources::default())];
    // The service's own word needs nothing more.
    let mut token = with(|policy| policy.proof_sources = BOTH);
    token.world.tried = Ok(TriedSignIn { context_met: true });
    let mut token = token.registered("1");
    token.after(STATION);
    rigs.push(token);
    // A test that did not pass is not looked after.
    let mut failed = with(|policy| policy.proof_sources = BOTH).registered("1");
    failed.after(PHONE);
    failed.after(crate::after_registration::failed(
        onboarding::TestCause::PasswordNeeded,
    ));
    rigs.push(failed);
    for mut rig in rigs {
        rig.world.log = LogSight::NoPassword;
        finished(&mut rig);
        rig.wait_s(600);
        assert_eq!(asked(&rig), 0);
        assert!(recorded(&rig).is_empty());
    }
}

/// A log that is closed to this operator is left alone, and the rest works.
#[test]
fn a_missing_right_stops_the_questions_and_nothing_else() {
    let mut rig = said(LOG);
    for _ in 0..3 {
        let refused = AnswerFault::Failed(TroubleCode::NotAllowedHere);
        rig.world.faults.push_back((Kind::Proof, refused));
    }
    rig.wait_s(1000);
    assert_eq!(asked(&rig), 3);
    assert_eq!(recorded(&rig), [ended(LookEnd::Over)]);
    assert!(rig.trouble().is_none(), "nobody is troubled by it");
    rig.answers(UseAnswer::No);
    assert_eq!(stays(&mut rig), StaysBecause::NotProven);
}

/// The log names Authenticator entries; of a passkey it says nothing that could be compared.
#[test]
fn a_passkey_is_not_looked_for_in_the_log() {
    let mut rig = with(|policy| policy.proof_sources = BOTH).shown("1");
    rig.visit(VisitAction::ChooseRoute {
        route: Route::CreatePasskey,
    });
    let passkey = onboarding::Method::Passkey {
        id: "new".into(),
        name: None,
        in_authenticator: true,
        created: None,
    };
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.world.add(&sample::user("1"), passkey);
    rig.wait_s(30);
    rig.after(PHONE);
    rig.after(report(false));
    rig.world.last_used = used(&rig);
    rig.wait_s(60);
    assert_eq!(recorded(&rig), [proven(TestProof::LastUsed, false)]);
    assert!(!rig.log.iter().any(|line| line.contains("ReadSignInLog")));
    assert_eq!(
        refused(&mut rig, AfterAction::JoinRoll),
        TroubleCode::NotNow
    );
}

/// So late, an answer of another visit's look is that visit's.
#[test]
fn two_late_looks_keep_apart() {
    let mut rig = said(LOG);
    rig.answers(UseAnswer::No);
    finished(&mut rig);
    let mut rig = rig.registered("2");
    rig.after(PHONE);
    rig.after(report(false));
    rig.answers(UseAnswer::No);
    finished(&mut rig);
    rig.world.log = LogSight::NoPassword;
    rig.wait_s(200);
    assert_eq!(
        notice(&mut rig).unwrap().proven_later,
        [VisitId(1), VisitId(2)]
    );
}
