//! "I need a password again" (N29): off the roll and to the site's own procedure, and no password comes from here.

use desk_world::{AnswerFault, Kind, entry_name, sample};
use onboarding::record::{AfterEvent, Event};
use onboarding::{
    AfterAction, AgainAction, AgainOffer, AgainScreen, AgainStep, AgainTold, CallerAction, InFront,
    LeavesBecause, OperatorAction, OperatorScreen, PasswordFate, PasswordWay, PersonAction,
    PersonAfterAction, PersonScreen, Policy, StaysBecause, TestPlace, TestReport, TroubleCode,
    UseAnswer, UseQuestion, VisitAction, VisitOutcome, VisitScreen, Words,
};

use crate::rig::Rig;
use crate::told::killed;

/// `user-1` came back, signs in without a password, and is on the roll or not.
pub(crate) fn back(on_roll: bool, policy: Policy) -> Rig {
    let mut rig = Rig::with(policy, Vec::new());
    returned(&mut rig, on_roll);
    rig
}

pub(crate) fn returned(rig: &mut Rig, on_roll: bool) {
    let user = sample::user("1");
    rig.world.add(&user, sample::authenticator("old", true));
    if on_roll {
        rig.world.roll.insert(user);
    }
}

pub(crate) fn plain(on_roll: bool) -> Rig {
    back(on_roll, sample::policy()).board("1")
}

pub(crate) fn act(rig: &mut Rig, action: AgainAction) {
    rig.visit(VisitAction::Again(action));
}

pub(crate) fn refused(rig: &mut Rig, action: AgainAction) -> TroubleCode {
    let before = rig.panes();
    let code = rig.try_visit(VisitAction::Again(action)).unwrap_err().code;
    // What the person answered is asked anew where the two differ.
    if code != TroubleCode::AnswersDiffer {
        assert_eq!(rig.panes(), before, "a refusal changed something");
    }
    code
}

pub(crate) fn confirm(question: UseQuestion, answer: UseAnswer) -> AgainAction {
    AgainAction::ConfirmNeed { question, answer }
}

/// Both say it.
pub(crate) fn answer(rig: &mut Rig, question: UseQuestion, answer: UseAnswer) {
    rig.person_after(PersonAfterAction::AnswerUse { question, answer });
    act(rig, confirm(question, answer));
}

/// The person was given a Windows PC.
pub(crate) fn needed(mut rig: Rig) -> Rig {
    act(&mut rig, AgainAction::NeedPassword);
    answer(&mut rig, UseQuestion::Windows, UseAnswer::Yes);
    rig
}

pub(crate) fn told(rig: &mut Rig) -> AgainStep {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Again(AgainScreen::PasswordAgain { told, .. }),
            ..
        }) => told.step,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn offered(rig: &mut Rig) -> bool {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                may_need_password, ..
            },
            ..
        }) => may_need_password == Some(AgainOffer::Open),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn written(rig: &Rig, name: &str) -> usize {
    let written = rig.world.written();
    written.iter().filter(|entry| *entry == name).count()
}

pub(crate) fn debts(rig: &mut Rig) -> Vec<(LeavesBecause, String)> {
    let debts = rig.view().rolls_to_leave.into_iter();
    debts.map(|debt| (debt.because, debt.code)).collect()
}

pub(crate) fn goodbye(rig: &mut Rig) -> (VisitOutcome, Option<AgainStep>) {
    match rig.person_view().screen {
        PersonScreen::Goodbye { how, again, .. } => (how, again.map(|told| told.step)),
        _ => panic!("{}", rig.screen()),
    }
}

pub(crate) const FINISH: VisitAction = VisitAction::Finish { leave_pass: false };

pub(crate) fn ended(rig: &Rig) -> Option<VisitOutcome> {
    let ends = rig.world.record.iter().rev();
    ends.into_iter().find_map(|(_, event)| match event {
        Event::VisitEnded { how, .. } => Some(*how),
        _ => None,
    })
}

#[test]
fn n29_who_was_given_a_windows_pc_leaves_the_roll_and_gets_no_password_and_no_pass() {
    let mut rig = needed(plain(true));
    assert_eq!(told(&mut rig), AgainStep::Left);
    assert!(rig.world.roll.is_empty());
    assert!(matches!(
        rig.person_view().screen,
        PersonScreen::PasswordAgain {
            told: AgainTold {
                step: AgainStep::Left,
                phone_works: true,
                owed: false,
            }
        }
    ));
    for (entry, times) in [
        ("PasswordNeededAgain", 1),
        ("RollLeaveIntent", 1),
        ("RollLeft", 1),
        ("PassIntent", 0),
        ("PasswordChangeIntent", 0),
    ] {
        assert_eq!(written(&rig, entry), times, "{entry}");
    }
    let names: Vec<_> = rig.world.written();
    let place = |name: &str| names.iter().position(|entry| entry == name);
    assert!(place("PasswordNeededAgain") < place("RollLeaveIntent"));
    rig.visit(FINISH);
    assert_eq!(ended(&rig), Some(VisitOutcome::PasswordAgain));
    assert_eq!(rig.screen(), "Receipt");
    for never in ["IssuePass", "ChangePassword", "JoinRoll"] {
        assert!(!rig.log.iter().any(|line| line.contains(never)), "{never}");
    }
}

#[test]
fn a_yes_takes_both_and_the_same_question() {
    let mut rig = plain(true);
    act(&mut rig, AgainAction::NeedPassword);
    let yes = confirm(UseQuestion::Windows, UseAnswer::Yes);
    assert_eq!(refused(&mut rig, yes.clone()), TroubleCode::NotNow);
    let other = PersonAfterAction::AnswerUse {
        question: UseQuestion::Others,
        answer: UseAnswer::Yes,
    };
    assert!(rig.person(PersonAction::After(other)).is_err());
    rig.person_after(PersonAfterAction::AnswerUse {
        question: UseQuestion::Windows,
        answer: UseAnswer::No,
    });
    assert_eq!(refused(&mut rig, yes.clone()), TroubleCode::AnswersDiffer);
    assert_eq!(refused(&mut rig, yes), TroubleCode::NotNow, "asked anew");
    assert_eq!(written(&rig, "PasswordNeededAgain"), 0);
    assert_eq!(rig.world.roll.len(), 1);
}

#[test]
fn who_needs_it_nowhere_stays_as_they_are() {
    let list = |policy: &mut Policy| policy.passwords.other_uses = vec![Words::same("Copier")];
    for (first, second, step) in [
        (UseAnswer::No, UseAnswer::No, AgainStep::NotNeeded),
        (UseAnswer::DontKnow, UseAnswer::No, AgainStep::NotKnown),
        (UseAnswer::No, UseAnswer::DontKnow, AgainStep::NotKnown),
    ] {
        let mut policy = sample::policy();
        list(&mut policy);
        let mut rig = back(true, policy).board("1");
        act(&mut rig, AgainAction::NeedPassword);
        act(&mut rig, confirm(UseQuestion::Windows, first));
        assert_eq!(rig.screen(), "AgainQuestion");
        act(&mut rig, confirm(UseQuestion::Others, second));
        assert_eq!(told(&mut rig), step);
        act(&mut rig, AgainAction::BackToRows);
        assert!(offered(&mut rig), "it can be asked once more");
        assert_eq!(written(&rig, "PasswordNeededAgain"), 0);
        assert_eq!(rig.world.roll.len(), 1);
    }
    let mut policy = sample::policy();
    list(&mut policy);
    let mut rig = back(true, policy).board("1");
    act(&mut rig, AgainAction::NeedPassword);
    act(&mut rig, confirm(UseQuestion::Windows, UseAnswer::No));
    answer(&mut rig, UseQuestion::Others, UseAnswer::Yes);
    assert_eq!(told(&mut rig), AgainStep::Left, "the list counts as well");
}

/// What was read when the person was found is not believed: a copy of the directory may have been behind (F11).
#[test]
fn whoever_is_on_no_roll_is_told_so_once_the_directory_was_asked_anew() {
    let mut rig = plain(false);
    rig.held.insert(Kind::Roll);
    let mut rig = needed(rig);
    assert_eq!(told(&mut rig), AgainStep::Leaving);
    rig.release(Kind::Roll);
    assert_eq!(told(&mut rig), AgainStep::NotOnRoll);
    let of = |rig: &Rig, name| (written(rig, name), written(rig, "RollLeft"));
    assert_eq!(of(&rig, "RollLeaveIntent"), (1, 1));
    // Another counter put them on it since they were found.
    let mut rig = plain(false);
    rig.world.roll.insert(sample::user("1"));
    let mut rig = needed(rig);
    assert_eq!(told(&mut rig), AgainStep::NotOnRoll);
    assert!(rig.world.roll.is_empty());
    // And what fails is owed of them as well, over a restart.
    let mut rig = plain(false);
    let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::Roll, fault));
    let mut rig = needed(rig);
    assert_eq!(told(&mut rig), AgainStep::NotLeft);
    assert_eq!(debts(&mut rig).len(), 1);
    let rig = killed(rig, 60).signed_in();
    assert_eq!(of(&rig, "RollLeaveIntent").1, 1);
}

#[test]
fn a_site_without_a_roll_has_nothing_to_take_off_and_groups_that_were_not_read_are_left() {
    let policy = |way, roll| {
        let mut policy = sample::policy();
        (policy.passwords.way, policy.passwords.roll) = (way, roll);
        policy
    };
    let mut rig = needed(back(false, policy(PasswordWay::Patch, None)).board("1"));
    assert_eq!(told(&mut rig), AgainStep::NoRoll);
    // Groups that could not be read: the roll is left all the same, which harms nobody who is not on it.
    let mut rig = Rig::new();
    returned(&mut rig, true);
    let person = rig.world.people.get_mut(&sample::user("1")).unwrap();
    person.groups = None;
    let mut rig = needed(rig.board("1"));
    assert_eq!(told(&mut rig), AgainStep::Left);
    assert!(rig.world.roll.is_empty());
    // A site that takes no passwords out of use has none to bring back.
    let mut rig = back(false, policy(PasswordWay::Off, None)).board("1");
    assert!(!offered(&mut rig));
    assert_eq!(
        refused(&mut rig, AgainAction::NeedPassword),
        TroubleCode::NotNow
    );
}

#[test]
fn it_is_not_reached_before_the_identity_check_or_after_its_minutes() {
    let mut rig = back(true, sample::policy()).found("1");
    let need = AgainAction::NeedPassword;
    assert_eq!(refused(&mut rig, need.clone()), TroubleCode::NotNow);
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(refused(&mut rig, need.clone()), TroubleCode::NotNow);
    for act in sample::checked() {
        rig.visit(act);
    }
    for _ in 0..45 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    assert_eq!(refused(&mut rig, need), TroubleCode::CheckExpired);
    // Nor does what was asked in time go on.
    let mut rig = plain(true);
    act(&mut rig, AgainAction::NeedPassword);
    for _ in 0..45 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    let (question, said) = (UseQuestion::Windows, UseAnswer::Yes);
    rig.person_after(PersonAfterAction::AnswerUse {
        question,
        answer: said,
    });
    let late = rig.try_visit(VisitAction::Again(confirm(question, said)));
    assert_eq!(late.unwrap_err().code, TroubleCode::CheckExpired);
    assert_eq!(rig.world.roll.len(), 1);
}

#[test]
fn it_is_offered_to_whom_it_concerns_and_before_anything_was_begun_for_a_pass() {
    assert!(!offered(&mut Rig::new().board("1")), "nobody was retired");
    assert!(offered(&mut plain(false)));
    let mut rig = plain(true);
    rig.visit(VisitAction::IssuePass { replace: false });
    assert!(!offered(&mut rig));
    let need = AgainAction::NeedPassword;
    assert_eq!(refused(&mut rig, need.clone()), TroubleCode::NotNow);
    rig.wait_s(10);
    assert_eq!(refused(&mut rig, need), TroubleCode::NotNow);
}

#[test]
fn by_telephone_the_callers_own_proof_has_to_be_enough() {
    let called = |at| CallerAction::CalledBack { at: Some(at) };
    let mut rig = Rig::with(crate::telephone::policy(), Vec::new());
    returned(&mut rig, true);
    let mut rig = rig.signed_in().caller_board("1");
    act(&mut rig, AgainAction::NeedPassword);
    // Nobody stands before the person's screen.
    act(&mut rig, confirm(UseQuestion::Windows, UseAnswer::Yes));
    assert_eq!(told(&mut rig), AgainStep::Left);
    // A colleague confirms passes, and none is issued here.
    let mut rig = Rig::with(crate::telephone::policy(), Vec::new());
    returned(&mut rig, true);
    let mut rig = rig.signed_in().proofing("1");
    rig.caller(called(1)).unwrap();
    rig.caller(CallerAction::ColleagueConfirms { on: true })
        .unwrap();
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    assert_eq!(
        refused(&mut rig, AgainAction::NeedPassword),
        TroubleCode::AgainWithoutColleague
    );
    assert_eq!(rig.world.roll.len(), 1);
}

#[test]
fn what_fails_is_a_debt_that_outlives_the_visit_and_is_told() {
    let mut rig = plain(true);
    let fault = AnswerFault::Failed(TroubleCode::ReadNotPermitted);
    rig.world.faults.push_back((Kind::Roll, fault));
    let mut rig = needed(rig);
    assert_eq!(told(&mut rig), AgainStep::NotLeft);
    assert_eq!(rig.trouble().as_deref(), Some("R517"));
    let owed = vec![(LeavesBecause::NeededAgain, "P209".to_owned())];
    assert_eq!(debts(&mut rig), owed);
    rig.visit(FINISH);
    rig.visit(VisitAction::Close);
    assert_eq!((debts(&mut rig), rig.world.roll.len()), (owed, 1));
    rig.wait_s(30);
    assert_eq!((debts(&mut rig), rig.world.roll.len()), (Vec::new(), 0));
}

#[test]
fn a_visit_that_still_shows_it_hears_that_it_is_done() {
    let mut rig = plain(true);
    let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::Roll, fault));
    let mut rig = needed(rig);
    assert_eq!(rig.trouble().as_deref(), Some("R517"));
    rig.wait_s(30);
    assert_eq!(told(&mut rig), AgainStep::Left);
    assert_eq!(rig.trouble(), None, "it is not in the way any more");
}

#[test]
fn while_it_is_on_its_way_the_visit_can_end_and_leaves_the_debt_to_the_desk() {
    for (end, how) in [
        (VisitAction::Cancel, VisitOutcome::Cancelled),
        (FINISH, VisitOutcome::PasswordAgain),
    ] {
        let mut rig = plain(true);
        rig.held.insert(Kind::Roll);
        let mut rig = needed(rig);
        assert_eq!(told(&mut rig), AgainStep::Leaving);
        rig.visit(end);
        assert_eq!(goodbye(&mut rig), (how, Some(AgainStep::Leaving)));
        rig.release(Kind::Roll);
        assert_eq!(goodbye(&mut rig), (how, Some(AgainStep::Left)));
        rig.visit(VisitAction::Close);
        assert!(rig.world.roll.is_empty());
        assert_eq!(debts(&mut rig), []);
    }
}

#[test]
fn a_station_that_was_killed_goes_on_with_it_at_the_next_sign_in() {
    let failed = || {
        let mut rig = plain(true);
        let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
        rig.world.faults.push_back((Kind::Roll, fault));
        needed(rig)
    };
    let rig = killed(failed(), 60).signed_in();
    assert!(rig.world.roll.is_empty());
    let mut rig = killed(failed(), 25 * 60 * 60).signed_in();
    assert_eq!(rig.world.roll.len(), 1, "so late nobody does it unasked");
    assert!(rig.view().rolls_to_leave[0].by_hand);
    // Nothing was said yet: nothing is left.
    let mut asked = plain(true);
    act(&mut asked, AgainAction::NeedPassword);
    let mut rig = killed(asked, 60).signed_in();
    assert_eq!((debts(&mut rig), rig.world.roll.len()), (Vec::new(), 1));
}

#[test]
fn nobody_leaves_the_roll_before_that_is_in_the_record() {
    let mut rig = plain(true);
    act(&mut rig, AgainAction::NeedPassword);
    rig.world.record_fails = true;
    answer(&mut rig, UseQuestion::Windows, UseAnswer::Yes);
    assert_eq!(rig.world.roll.len(), 1);
    assert_eq!(told(&mut rig), AgainStep::NotLeft);
    rig.world.record_fails = false;
    rig.wait_s(60);
    assert!(rig.world.roll.is_empty());
    assert_eq!(written(&rig, "PasswordNeededAgain"), 1);
}

/// The phone was lost as well: the visit goes on to a new one, is not asked once more, and puts nobody back on the roll.
#[test]
fn the_visit_can_go_on_to_a_new_phone_and_does_not_take_it_back() {
    let mut rig = plain(true);
    let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::Roll, fault));
    let mut rig = needed(rig);
    act(&mut rig, AgainAction::BackToRows);
    assert_eq!(rig.screen(), "Board");
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    rig.visit(VisitAction::Reveal);
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, sample::authenticator("new", true));
    // The leaving is held until after the test.
    rig.held.insert(Kind::Roll);
    rig.wait_s(30);
    rig.after(AfterAction::TrySignIn {
        place: TestPlace::Station,
    });
    let report = TestReport::Passed { app_instead: false };
    rig.after(AfterAction::ReportTest { report });
    let stays = PasswordFate::Stays {
        because: StaysBecause::NeededAgain(AgainStep::NotLeft),
    };
    assert_eq!(crate::after_registration::password(&mut rig).0, Some(stays));
    assert_eq!(written(&rig, "PasswordUse"), 1, "that it was not asked");
    let joined =
        |(_, event): &&(_, Event)| matches!(event, Event::After(AfterEvent::RollIntent { .. }));
    assert_eq!(rig.world.record.iter().filter(joined).count(), 0);
    rig.release(Kind::Roll);
    assert!(rig.world.roll.is_empty(), "a test that passed ends no debt");
    rig.visit(FINISH);
    assert_eq!(ended(&rig), Some(VisitOutcome::Finished));
    assert_eq!(entry_name(&AgainAction::BackToRows), "BackToRows");
}

#[test]
fn a_locked_desk_neither_asks_nor_forgets() {
    let mut rig = plain(true);
    act(&mut rig, AgainAction::NeedPassword);
    rig.want(OperatorAction::Lock);
    let again = refused(&mut rig, confirm(UseQuestion::Windows, UseAnswer::No));
    assert_eq!(again, TroubleCode::SignInAgain);
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.screen(), "AgainQuestion");
    act(&mut rig, AgainAction::BackToRows);
    assert_eq!(rig.screen(), "Board");
}
