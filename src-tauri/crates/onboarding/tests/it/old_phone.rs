//! The phone that was registered before: kept, replaced, lost (S46, N7, N29).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{Event, PhoneEvent};
use onboarding::{
    AfterAction, EarlierPhone, OldMethodState, OldMethodView, OldPhoneAction, OldPhoneStep,
    OperatorAction, TestCause, TestPlace, TestReport, TroubleCode, VisitAction,
};

use crate::random_ops::able;
use crate::rig::Rig;
use crate::told::{killed, lines};

/// A person with an Authenticator and a passkey in it, found by an operator whose rights reach both.
fn found() -> Rig {
    let mut rig = Rig::new();
    rig.world.operator = able("op-1");
    let user = sample::user("1");
    rig.world.add(&user, sample::authenticator("old", true));
    rig.world.add(&user, sample::passkey("old-key"));
    rig.found("1")
}

fn said(earlier: Option<EarlierPhone>) -> Rig {
    let mut rig = found();
    act(&mut rig, OldPhoneAction::SayEarlierPhone { earlier });
    on_board(rig)
}

fn on_board(mut rig: Rig) -> Rig {
    rig.visit(VisitAction::ConfirmPerson);
    for act in sample::checked() {
        rig.visit(act);
    }
    rig
}

fn to_test(mut rig: Rig) -> Rig {
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    rig.visit(VisitAction::Reveal);
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, sample::authenticator("new", true));
    rig.wait_s(16);
    rig
}

fn report(rig: &mut Rig, report: TestReport) {
    let place = TestPlace::Phone;
    rig.after(AfterAction::TrySignIn { place });
    rig.after(AfterAction::ReportTest { report });
}

const PASSED: TestReport = TestReport::Passed { app_instead: false };
const FAILED: TestReport = TestReport::Failed {
    why: TestCause::NoNotification,
};

pub(crate) fn passed(rig: Rig) -> Rig {
    let mut rig = to_test(rig);
    report(&mut rig, PASSED);
    rig
}

fn act(rig: &mut Rig, action: OldPhoneAction) {
    rig.visit(VisitAction::OldPhone(action));
}

fn refused(rig: &mut Rig, action: OldPhoneAction) -> TroubleCode {
    let act = VisitAction::OldPhone(action);
    rig.try_visit(act).unwrap_err().code
}

fn retire(method: &str) -> OldPhoneAction {
    OldPhoneAction::RetireMethod {
        method: method.to_owned(),
    }
}

fn leave(method: &str) -> OldPhoneAction {
    OldPhoneAction::LeaveMethod {
        method: method.to_owned(),
    }
}

fn step(rig: &mut Rig) -> Option<OldPhoneStep> {
    rig.view().old_phone.map(|view| view.step)
}

/// What is offered after the test.
fn offered(rig: &mut Rig) -> Vec<OldMethodView> {
    match step(rig) {
        Some(OldPhoneStep::Retire { methods, .. }) => methods,
        None => Vec::new(),
        other => panic!("{other:?}"),
    }
}

fn states(rig: &mut Rig) -> Vec<(String, OldMethodState)> {
    let all = offered(rig).into_iter();
    all.map(|one| (one.method, one.state)).collect()
}

fn blocks(rig: &mut Rig) -> bool {
    matches!(step(rig), Some(OldPhoneStep::Block { .. }))
}

fn events(rig: &Rig) -> Vec<PhoneEvent> {
    let of = |(_, entry): &(_, Event)| match entry {
        Event::Phone(event) => Some(event.clone()),
        _ => None,
    };
    rig.world.record.iter().filter_map(of).collect()
}

fn registered(rig: &Rig) -> Vec<String> {
    let list = rig.world.list(&sample::user("1"), rig.now).methods;
    let id = |method| match method {
        onboarding::Method::Authenticator { id, .. } | onboarding::Method::Passkey { id, .. } => {
            Some(id)
        }
        _ => None,
    };
    list.into_iter().filter_map(id).collect()
}

fn issue(rig: &mut Rig) -> Result<(), TroubleCode> {
    let act = VisitAction::IssuePass { replace: false };
    rig.try_visit(act).map_err(|trouble| trouble.code)
}

#[test]
fn a_person_without_a_phone_is_asked_nothing_n29() {
    let mut rig = Rig::new().found("1");
    assert!(step(&mut rig).is_none());
    let earlier = Some(EarlierPhone::Lost);
    let refused = refused(&mut rig, OldPhoneAction::SayEarlierPhone { earlier });
    assert_eq!(refused, TroubleCode::NotNow);
    let mut rig = passed(on_board(rig));
    assert!(step(&mut rig).is_none(), "nothing was there before");
    assert_eq!(events(&rig), []);
}

#[test]
fn what_is_said_can_be_taken_back_and_is_recorded_with_the_person_n29() {
    let mut rig = found();
    let asked = |rig: &mut Rig| match step(rig) {
        Some(OldPhoneStep::Question { said }) => said,
        other => panic!("{other:?}"),
    };
    assert_eq!(asked(&mut rig), None);
    for earlier in [
        Some(EarlierPhone::LostToOthers),
        None,
        Some(EarlierPhone::InUse),
    ] {
        act(&mut rig, OldPhoneAction::SayEarlierPhone { earlier });
        assert_eq!(asked(&mut rig), earlier);
    }
    assert_eq!(events(&rig), []);
    let mut rig = passed(on_board(rig));
    let earlier = EarlierPhone::InUse;
    assert_eq!(events(&rig), [PhoneEvent::EarlierPhoneSaid { earlier }]);
    assert!(step(&mut rig).is_none(), "what stays in use is not offered");
    assert_eq!(refused(&mut rig, retire("old")), TroubleCode::NotNow);
}

#[test]
fn before_the_test_passed_nothing_is_offered_and_nothing_can_go_n7() {
    let mut rig = to_test(said(Some(EarlierPhone::Replaced)));
    assert!(step(&mut rig).is_none());
    assert_eq!(refused(&mut rig, retire("old")), TroubleCode::NotNow);
    report(&mut rig, FAILED);
    assert!(step(&mut rig).is_none(), "the new one did not pass");
    assert_eq!(refused(&mut rig, retire("old")), TroubleCode::NotNow);
    assert_eq!(refused(&mut rig, leave("old")), TroubleCode::NotNow);
    report(&mut rig, PASSED);
    assert_eq!(offered(&mut rig).len(), 2);
}

#[test]
fn old_ones_are_retired_one_by_one_and_each_is_recorded_n7() {
    let mut rig = passed(said(Some(EarlierPhone::Replaced)));
    let shown = offered(&mut rig);
    let [phone, key] = &shown[..] else {
        panic!("{shown:?}")
    };
    assert_eq!(phone.name.as_deref(), Some("Phone old"));
    assert!(phone.since.is_some() && phone.may_remove && key.may_remove);
    let from = rig.log.len();
    act(&mut rig, retire("old"));
    assert_eq!(
        rig.since(from),
        [
            "v1 record EarlierMethodsIntent",
            "v1 RemoveMethod",
            "v1 record EarlierMethodRemoved",
            "v1 ReadMethods",
            "v1 ReadMethods",
            "v1 record EarlierMethodGone",
        ]
    );
    use OldMethodState::{Removed, There};
    let now = [("old".to_owned(), Removed), ("old-key".to_owned(), There)];
    assert_eq!(states(&mut rig), now);
    assert_eq!(refused(&mut rig, retire("old")), TroubleCode::NotNow);
    assert_eq!(refused(&mut rig, retire("new")), TroubleCode::NotNow);
    act(&mut rig, leave("old-key"));
    assert!(step(&mut rig).is_none(), "all is decided");
    assert_eq!(registered(&rig), ["old-key", "new"]);
    assert_eq!(
        rig.world.taken_out.ended,
        [],
        "nobody's sessions were ended"
    );
    rig.visit(VisitAction::Finish { leave_pass: false });
}

#[test]
fn where_nothing_was_said_only_another_phone_lets_the_earlier_one_be_offered_n29() {
    let mut rig = passed(on_board(found()));
    assert_eq!(offered(&mut rig).len(), 2);
    // A passkey may be on the very phone that was there before.
    let mut rig = on_board(found());
    rig.visit(VisitAction::ChooseRoute {
        route: onboarding::Route::CreatePasskey,
    });
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    rig.visit(VisitAction::Reveal);
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, sample::passkey("another-key"));
    rig.wait_s(30);
    report(&mut rig, PASSED);
    assert!(step(&mut rig).is_none());
}

#[test]
fn without_the_right_an_old_one_is_named_and_never_removed_n29() {
    let mut rig = said(Some(EarlierPhone::Replaced));
    rig.world.operator = sample::operator("op-1");
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    let mut rig = passed(rig);
    assert!(offered(&mut rig).iter().all(|one| !one.may_remove));
    let code = refused(&mut rig, retire("old"));
    assert_eq!(code, TroubleCode::NotAllowedHere);
    act(&mut rig, leave("old"));
    act(&mut rig, leave("old-key"));
    assert_eq!(registered(&rig), ["old", "old-key", "new"]);
}

#[test]
fn what_could_not_be_retired_stays_with_its_reason_and_can_be_tried_again_n29() {
    let mut rig = passed(said(Some(EarlierPhone::Lost)));
    let down = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::RemoveMethod, down));
    act(&mut rig, retire("old"));
    let shown = offered(&mut rig);
    let why = shown[0].trouble.as_ref().map(|why| why.code.as_str());
    assert_eq!(why, Some(TroubleCode::ServiceDown.short()));
    let method = "old".to_owned();
    let code = TroubleCode::ServiceDown;
    let last = events(&rig).pop();
    let not_removed = PhoneEvent::EarlierMethodNotRemoved { method, code };
    assert_eq!(last, Some(not_removed));
    act(&mut rig, retire("old"));
    assert_eq!(states(&mut rig)[0].1, OldMethodState::Removed);
}

#[test]
fn without_its_entry_on_the_disk_nothing_is_removed_n29() {
    let mut rig = passed(said(Some(EarlierPhone::Replaced)));
    rig.world.unwritable = Some("Phone(EarlierMethodsIntent");
    act(&mut rig, retire("old"));
    let not_recorded = TroubleCode::PhoneNotRecorded.short();
    assert_eq!(rig.trouble().as_deref(), Some(not_recorded));
    assert_eq!(registered(&rig), ["old", "old-key", "new"]);
    rig.world.unwritable = None;
    act(&mut rig, retire("old"));
    assert_eq!(registered(&rig), ["old-key", "new"]);
}

#[test]
fn a_phone_that_somebody_may_have_is_out_of_use_before_the_pass_n29() {
    let mut rig = said(Some(EarlierPhone::LostToOthers));
    assert!(blocks(&mut rig));
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    let from = rig.log.len();
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    assert_eq!(
        rig.since(from),
        [
            "v1 record EarlierMethodsIntent",
            "v1 RemoveMethod",
            "v1 RemoveMethod",
            "v1 record EarlierMethodRemoved",
            "v1 record EarlierMethodRemoved",
            "v1 EndSessions",
            "v1 record SessionsEnded",
            "v1 ReadMethods",
            "v1 ReadMethods",
            "v1 record EarlierMethodGone",
            "v1 record EarlierMethodGone",
        ]
    );
    assert_eq!(registered(&rig), [""; 0]);
    assert_eq!(rig.world.taken_out.ended, [sample::user("1")]);
    assert!(step(&mut rig).is_none());
    let mut rig = passed(rig);
    assert!(step(&mut rig).is_none(), "nothing is left to retire");
}

/// What takes a phone out of use rests on who the person is, as a pass does.
#[test]
fn a_check_that_ran_out_takes_nothing_out_of_use_n29() {
    let mut rig = said(Some(EarlierPhone::LostToOthers));
    let minutes = sample::policy().check_valid_minutes;
    (0..minutes).for_each(|_| {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    });
    let block = OldPhoneAction::BlockEarlierPhone;
    assert_eq!(refused(&mut rig, block), TroubleCode::CheckExpired);
    assert_eq!(registered(&rig).len(), 2);
}

#[test]
fn while_it_is_taken_out_of_use_no_pass_is_asked_for_n29() {
    let mut rig = said(Some(EarlierPhone::LostToOthers));
    rig.held.insert(Kind::RemoveMethod);
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    for again in [
        OldPhoneAction::BlockEarlierPhone,
        OldPhoneAction::GoOnUnblocked,
    ] {
        assert_eq!(refused(&mut rig, again), TroubleCode::NotNow);
    }
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    rig.release(Kind::RemoveMethod);
    assert_eq!(issue(&mut rig), Ok(()));
}

#[test]
fn what_is_not_done_of_it_is_tried_again_or_gone_past_by_choice_n29() {
    let mut rig = said(Some(EarlierPhone::LostToOthers));
    let down = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::Sessions, down));
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    let Some(OldPhoneStep::Block { sessions, .. }) = step(&mut rig) else {
        panic!("{:?}", step(&mut rig))
    };
    let why = sessions.trouble.map(|why| why.code);
    assert_eq!(why.as_deref(), Some(TroubleCode::ServiceDown.short()));
    let from = rig.log.len();
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    let only_sessions = [
        "v1 record EarlierMethodsIntent",
        "v1 EndSessions",
        "v1 record SessionsEnded",
    ];
    assert_eq!(rig.since(from), only_sessions);
    assert_eq!(issue(&mut rig), Ok(()));
}

#[test]
fn without_rights_somebody_else_sees_to_it_and_the_visit_goes_on_n29() {
    let mut rig = Rig::new();
    let user = sample::user("1");
    rig.world.add(&user, sample::authenticator("old", true));
    let mut rig = rig.found("1");
    let earlier = Some(EarlierPhone::LostToOthers);
    act(&mut rig, OldPhoneAction::SayEarlierPhone { earlier });
    let mut rig = on_board(rig);
    let Some(OldPhoneStep::Block { may, sessions, .. }) = step(&mut rig) else {
        panic!("{:?}", step(&mut rig))
    };
    assert!(!may && !sessions.may_end);
    let code = refused(&mut rig, OldPhoneAction::BlockEarlierPhone);
    assert_eq!(code, TroubleCode::NotAllowedHere);
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    act(&mut rig, OldPhoneAction::GoOnUnblocked);
    let operator = onboarding::UserId("op-1".to_owned());
    let last = events(&rig).pop();
    assert_eq!(last, Some(PhoneEvent::WentOnUnblocked { operator }));
    let mut rig = passed(rig);
    assert_eq!(offered(&mut rig).len(), 1, "it is named once more");
}

#[test]
fn a_lost_phone_that_nobody_has_stays_until_the_proof_n29() {
    let mut rig = said(Some(EarlierPhone::Lost));
    assert!(step(&mut rig).is_none());
    let code = refused(&mut rig, OldPhoneAction::BlockEarlierPhone);
    assert_eq!(code, TroubleCode::NotNow);
    let mut rig = passed(rig);
    assert_eq!(offered(&mut rig).len(), 2);
}

#[test]
fn what_was_on_its_way_as_the_visit_ended_is_recorded_all_the_same_n29() {
    for (kind, last) in [
        (
            Kind::RemoveMethod,
            PhoneEvent::EarlierMethodRemoved {
                method: "old-key".to_owned(),
            },
        ),
        (Kind::Sessions, PhoneEvent::SessionsEnded),
    ] {
        let mut rig = said(Some(EarlierPhone::LostToOthers));
        rig.held.insert(kind);
        act(&mut rig, OldPhoneAction::BlockEarlierPhone);
        rig.visit(VisitAction::Cancel);
        rig.visit(VisitAction::Close);
        rig.release(kind);
        assert_eq!(events(&rig).pop(), Some(last));
        let ended = rig.world.taken_out.ended.len();
        assert_eq!(ended, usize::from(kind == Kind::Sessions), "{kind:?}");
    }
}

#[test]
fn what_was_not_sent_as_the_visit_ended_never_is_n29() {
    let mut rig = said(Some(EarlierPhone::LostToOthers));
    rig.held.insert(Kind::Record);
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    rig.visit(VisitAction::Cancel);
    rig.release(Kind::Record);
    assert_eq!(registered(&rig), ["old", "old-key"]);
    let code = TroubleCode::VisitGone;
    let last = events(&rig).pop();
    assert_eq!(last, Some(PhoneEvent::SessionsNotEnded { code }));
}

#[test]
fn a_lock_hides_the_question_and_what_is_on_its_way_goes_on_n29() {
    let mut rig = said(Some(EarlierPhone::LostToOthers));
    rig.held.insert(Kind::RemoveMethod);
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    rig.want(OperatorAction::Lock);
    assert!(step(&mut rig).is_none());
    rig.release(Kind::RemoveMethod);
    rig.want(OperatorAction::SignIn);
    rig.wait_s(1);
    assert_eq!(rig.world.taken_out.ended, [sample::user("1")]);
    assert!(step(&mut rig).is_none());
    assert_eq!(issue(&mut rig), Ok(()));
}

/// Whether it was done nobody has seen: it is looked at in the directory.
#[test]
fn a_stop_in_the_middle_is_told_at_the_next_start_n29() {
    for (kind, done) in [(Kind::RemoveMethod, false), (Kind::Unanswered, true)] {
        let mut rig = said(Some(EarlierPhone::LostToOthers));
        rig.held.insert(kind);
        act(&mut rig, OldPhoneAction::BlockEarlierPhone);
        let mut rig = killed(rig, 60).signed_in();
        let told = lines(&mut rig).pop().expect("a visit that was stopped");
        assert_eq!(told.loose_ends.phone, !done, "{kind:?}");
    }
}
