//! An answer that is neither a clear yes nor a clear no (N13, F1, F2).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    Arg, InFront, OperatorScreen, PassEnd, PassStage, PendingIntent, RenewReason, ServiceTime,
    Subject, TroubleCode, VisitAction, VisitId, VisitScreen,
};

use crate::refusals::pass_time;
use crate::rig::Rig;

fn lose(rig: &mut Rig, fault: AnswerFault) {
    rig.world.faults.push_back((Kind::Issue, fault));
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(
        (rig.stage(), rig.trouble().as_deref()),
        (PassStage::Uncertain, Some("T406"))
    );
    assert!(rig.pass().until.is_some(), "may exist until hh:mm");
    assert!(!rig.pass().may_issue && !rig.pass().may_renew);
}

fn receipt(rig: &mut Rig) -> (PassEnd, Option<ServiceTime>) {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Receipt { end, .. },
            ..
        }) => (end.pass, end.pass_until),
        _ => panic!("no receipt"),
    }
}

#[test]
fn a_lost_answer_with_a_pass_at_the_service_is_cleaned_up_f2() {
    let mut rig = Rig::new().board("1");
    let from = rig.log.len();
    lose(&mut rig, AnswerFault::LostAnswer);
    rig.wait_s(15);
    let wanted = [
        "v1 ReadMethods",
        "v1 record PassIntent",
        "v1 IssuePass",
        "v1 record PassUncertain",
        "v1 ReadMethods",
        "v1 RemovePass",
        "v1 ReadMethods",
        "v1 record PassOrphanRemoved",
    ];
    assert_eq!(rig.since(from), wanted);
    assert_eq!(
        (rig.stage(), rig.trouble(), rig.world.passes[0].gone),
        (PassStage::None, None, true)
    );
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.stage(), PassStage::Settling, "offered anew");
}

/// No pass: three reads that agree, over at least ten seconds.
#[test]
fn a_lost_question_is_believed_after_three_reads() {
    let mut rig = Rig::new().board("1");
    let from = rig.log.len();
    lose(&mut rig, AnswerFault::LostQuestion);
    rig.wait_ms(9_900);
    assert_eq!(rig.stage(), PassStage::Uncertain);
    rig.wait_s(6);
    assert_eq!((rig.stage(), rig.trouble()), (PassStage::None, None));
    assert_eq!(
        rig.since(from)
            .iter()
            .filter(|step| **step == "v1 ReadMethods")
            .count(),
        4,
        "the fresh list before, and three that agree"
    );
    // One may still come late: the intent stays open.
    assert_eq!(rig.world.written().last().unwrap(), "PassNotSeen");
}

/// Looking at once, again and again, does not make three hasty reads a proof.
#[test]
fn haste_is_no_proof() {
    let mut rig = Rig::new().board("1");
    lose(&mut rig, AnswerFault::LostQuestion);
    let before = rig.world.requests.len();
    for _ in 0..9 {
        rig.visit(VisitAction::LookNow);
        rig.wait_s(1);
    }
    assert!(rig.world.requests.len() - before >= 2);
    assert_eq!(rig.stage(), PassStage::Uncertain);
    rig.wait_s(20);
    assert_eq!(rig.stage(), PassStage::None);
}

#[test]
fn nobody_can_look_until_it_has_ended_by_itself() {
    let mut rig = Rig::new().board("1");
    lose(&mut rig, AnswerFault::LostAnswer);
    rig.world.network_down = true;
    pass_time(&mut rig, 39);
    assert_eq!(rig.stage(), PassStage::Uncertain);
    pass_time(&mut rig, 2);
    assert_eq!((rig.stage(), rig.trouble()), (PassStage::None, None));
    assert_eq!(rig.world.written().last().unwrap(), "PassLapsed");
}

#[test]
fn someone_elses_pass_is_left_alone_while_looking_i4() {
    let mut rig = Rig::new();
    let foreign = rig
        .world
        .foreign_pass(&sample::user("1"), ServiceTime(sample::SERVICE - 60_000));
    let mut rig = rig.board("1");
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostQuestion));
    rig.visit(VisitAction::IssuePass { replace: true });
    rig.wait_s(20);
    assert_eq!(rig.stage(), PassStage::None);
    assert!(
        rig.world
            .passes
            .iter()
            .any(|pass| pass.id == foreign && !pass.gone)
    );
}

/// One question per person, whichever visit asks; a person who is cleared up can be served again.
/// What the directory shows of one person could not be told apart between two visits.
#[test]
fn a_person_is_served_in_one_visit_only() {
    let mut policy = sample::policy();
    policy.visits_max = 2;
    let mut rig = Rig::with(policy, Vec::new()).live("1").finding();
    rig.find("1");
    let refused = rig.try_visit(VisitAction::ConfirmPerson).unwrap_err();
    assert_eq!(refused.code, TroubleCode::PersonServed);
    assert_eq!(refused.args["number"], Arg::Number(1));
    let OperatorScreen::Visit(InFront {
        screen:
            VisitScreen::Found {
                blocked,
                may_continue,
                ..
            },
        ..
    }) = rig.view().screen
    else {
        panic!("nobody was found");
    };
    assert!(!may_continue, "it is said before anybody tries");
    assert_eq!(blocked.unwrap().code, "P211");
    // Once that visit is over, this one goes on.
    rig.visit = VisitId(1);
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    rig.visit = VisitId(2);
    rig.visit(VisitAction::ConfirmPerson);
}

#[test]
fn cancelling_while_asking_takes_the_late_pass_back() {
    let mut rig = Rig::new().board("1");
    rig.held.insert(Kind::Issue);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.visit(VisitAction::Cancel);
    assert_eq!(receipt(&mut rig).0, PassEnd::Uncertain);
    assert_eq!(rig.view().pending_passes.len(), 1);
    rig.visit(VisitAction::Close);
    let mut rig = rig.finding();
    rig.find("1");
    assert_eq!(
        rig.try_visit(VisitAction::ConfirmPerson)
            .map_err(|t| t.code),
        Err(TroubleCode::PassBlocked)
    );
    rig.release(Kind::Issue);
    rig.wait_s(15);
    assert!(rig.world.passes[0].gone);
    assert_eq!(rig.world.written().last().unwrap(), "PassOrphanRemoved");
    assert!(rig.view().pending_passes.is_empty());
    rig.visit(VisitAction::ConfirmPerson);
}

/// The answer comes after it was given up, while the directory is already being read.
#[test]
fn an_answer_later_than_all_patience_still_counts() {
    let mut rig = Rig::new().board("1");
    rig.held.insert(Kind::Issue);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.visit(VisitAction::Cancel);
    rig.wait_s(94);
    assert_eq!(rig.view().pending_passes.len(), 1);
    // The directory does not list it for a while.
    let empty = rig.world.list(&sample::user("1"), rig.now);
    rig.world.reads.extend([(); 9].map(|()| empty.clone()));
    rig.release(Kind::Issue);
    rig.wait_s(5);
    assert!(rig.world.passes[0].gone);
    assert!(rig.view().pending_passes.is_empty());
}

/// The directory does not list it yet and its removal fails: its id is known, so it is not forgotten.
#[test]
fn a_pass_known_to_exist_is_removed_whatever_the_list_says() {
    let user = sample::user("1");
    let mut rig = Rig::new().board("1");
    rig.world.unwritable = Some("PassIssued");
    rig.world
        .faults
        .push_back((Kind::Remove, AnswerFault::Failed(TroubleCode::ServiceDown)));
    rig.world
        .faults
        .push_back((Kind::Remove, AnswerFault::Failed(TroubleCode::ServiceDown)));
    let empty = rig.world.list(&user, rig.now);
    rig.world.reads.extend([(); 9].map(|()| empty.clone()));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(60);
    assert!(rig.world.passes[0].gone);
    assert_eq!(rig.world.written().last().unwrap(), "PassOrphanRemoved");
}

#[test]
fn a_renewal_in_doubt_keeps_the_pass_before_it() {
    let renew = VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Lost,
    };
    // Never made: the pass before is still there, and so is the renewal.
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostQuestion));
    rig.visit(renew.clone());
    rig.wait_s(20);
    assert_eq!(rig.stage(), PassStage::Live);
    assert!(matches!(
        rig.view().screen,
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                renewals_left: 2,
                ..
            },
            ..
        })
    ));
    rig.visit(VisitAction::Reveal);
    rig.visit(VisitAction::Cancel);
    assert_eq!(receipt(&mut rig), (PassEnd::Removed, None));
    assert!(rig.world.passes[0].gone);
    // Left in doubt: the one before is removed, and the doubt is not hidden.
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostQuestion));
    rig.visit(renew.clone());
    rig.visit(VisitAction::Cancel);
    assert_eq!(receipt(&mut rig).0, PassEnd::Uncertain);
    assert!(rig.world.passes[0].gone);
    rig.wait_s(20);
    assert!(rig.view().pending_passes.is_empty());
    // Room was to be made for it and could not be: what was there is still there.
    let mut rig = Rig::new().live("1");
    rig.world.second_refused = true;
    rig.world
        .faults
        .push_back((Kind::Remove, AnswerFault::Failed(TroubleCode::ServiceDown)));
    rig.visit(renew);
    assert_eq!(
        (rig.stage(), rig.trouble().as_deref()),
        (PassStage::Live, Some("N104"))
    );
    rig.visit(VisitAction::Cancel);
    assert_eq!(receipt(&mut rig).0, PassEnd::Removed);
}

fn pending(id: &str, minutes_ago: i64) -> PendingIntent {
    PendingIntent {
        subject: Subject {
            visit: VisitId(3),
            user: sample::user(id),
        },
        upn: format!("user-{id}@cablechan.biz"),
        intent: format!("3-{id}"),
        known_passes: Vec::new(),
        asked_at: ServiceTime(sample::SERVICE - minutes_ago * 60_000),
        time_confirmed: true,
        lifetime_minutes: 30,
        once: true,
        accounted: Vec::new(),
        made: None,
        found: None,
    }
}

/// F1: the station died between question and answer; it clears up once somebody signs in.
#[test]
fn intents_of_an_earlier_run_are_settled_first() {
    let mut rig = Rig::with(
        sample::policy(),
        vec![pending("1", 2), pending("2", 2), pending("3", 41)],
    );
    let ours = rig
        .world
        .foreign_pass(&sample::user("1"), ServiceTime(sample::SERVICE - 119_000));
    assert_eq!(rig.view().pending_passes.len(), 3);
    rig.wait_s(30);
    assert_eq!(
        rig.view().pending_passes.len(),
        2,
        "the third has ended by itself"
    );
    assert!(
        rig.world.requests.is_empty(),
        "nobody can look before somebody signs in"
    );
    let mut rig = rig.found("1");
    assert_eq!(
        rig.try_visit(VisitAction::ConfirmPerson)
            .map_err(|t| t.code),
        Err(TroubleCode::PassBlocked)
    );
    rig.wait_s(30);
    let decided = rig.decide(true);
    assert_eq!(decided, Some(ours.clone()), "nobody can tell whose it is");
    rig.wait_s(30);
    let gone = rig.world.passes.iter().find(|pass| pass.id == ours);
    assert!(gone.is_some_and(|pass| pass.gone));
    assert!(rig.view().pending_passes.is_empty());
    let count = |name: &str| {
        rig.world
            .written()
            .iter()
            .filter(|entry| *entry == name)
            .count()
    };
    assert_eq!(
        (
            count("PassLapsed"),
            count("PassOrphanRemoved"),
            count("PassNotSeen")
        ),
        (1, 1, 1)
    );
    rig.visit(VisitAction::ConfirmPerson);
}

#[test]
fn a_token_that_ends_while_clearing_up_is_noticed() {
    let mut rig = Rig::with(sample::policy(), vec![pending("1", 2)]);
    rig.world
        .faults
        .push_back((Kind::Methods, AnswerFault::Failed(TroubleCode::SignInAgain)));
    rig = rig.signed_in();
    rig.wait_s(1);
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Welcome", Some("S113"))
    );
}

/// After a pass was handed out, every further one is a renewal, also when a renewal came to nothing (N10).
#[test]
fn a_renewal_that_came_to_nothing_does_not_make_the_next_one_a_first_pass() {
    let renew = |same_person| VisitAction::RenewPass {
        same_person,
        reason: RenewReason::Mistyped,
    };
    let mut rig = Rig::new().live("1");
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostAnswer));
    rig.visit(renew(true));
    rig.wait_s(30);
    if rig.stage() == PassStage::None {
        assert!(!rig.pass().may_issue);
    }
    assert_eq!(
        rig.try_visit(VisitAction::IssuePass { replace: true })
            .map_err(|t| t.code),
        Err(TroubleCode::NotNow)
    );
    assert_eq!(
        rig.try_visit(renew(false)).map_err(|t| t.code),
        Err(TroubleCode::SamePersonNotConfirmed)
    );
    rig.visit(renew(true));
    rig.wait_s(15);
    assert_eq!(rig.stage(), PassStage::Live);
}
