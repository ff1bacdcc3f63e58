//! "I need a password again" beside a phone that is gone (N29): what somebody else may have comes first, a new phone leads
//! to the same question, and what is said last is what holds.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AfterAction, AfterScreen, AgainAction, AgainStep, EarlierPhone, OldPhoneAction, OperatorAction,
    PasswordFate, PersonScreen, StaysBecause, TroubleCode, UseAnswer, UseQuestion, VisitAction,
    VisitOutcome, Words,
};

use crate::after_registration::{STATION, refused as after_refused, report, screen, stays};
use crate::password_again::{
    FINISH, act, answer, confirm, debts, ended, goodbye, needed, offered, plain, refused, returned,
    told, written,
};
use crate::random_ops::able;
use crate::rig::Rig;

/// Somebody on the roll whose phone is gone, with everything that was registered on it.
fn without_a_phone(on_roll: bool) -> Rig {
    let mut rig = Rig::new();
    if on_roll {
        rig.world.roll.insert(sample::user("1"));
    }
    rig
}

fn use_windows(rig: &mut Rig, answer: UseAnswer) -> Result<(), TroubleCode> {
    let question = UseQuestion::Windows;
    let act = AfterAction::ConfirmUse {
        question,
        answer,
        despite: None,
    };
    let told = rig.try_visit(VisitAction::After(act));
    told.map_err(|trouble| trouble.code)
}

fn needed_again(step: AgainStep) -> StaysBecause {
    StaysBecause::NeededAgain(step)
}

/// The ordinary way to a new phone ends in the same need: nobody is told to remember what nobody knows.
#[test]
fn a_yes_after_the_test_of_a_new_phone_leads_off_the_roll() {
    let mut rig = without_a_phone(true).tested("1");
    let AfterScreen::UseQuestion { leads_off, .. } = screen(&mut rig) else {
        panic!("{}", rig.screen());
    };
    assert!(leads_off);
    assert_eq!(
        use_windows(&mut rig, UseAnswer::Yes),
        Err(TroubleCode::NotNow),
        "the person says it first"
    );
    rig.held.insert(Kind::Roll);
    rig.answers(UseAnswer::Yes);
    assert_eq!(stays(&mut rig), needed_again(AgainStep::Leaving));
    assert_eq!(written(&rig, "PasswordNeededAgain"), 1);
    rig.release(Kind::Roll);
    assert_eq!(stays(&mut rig), needed_again(AgainStep::Left));
    assert!(rig.world.roll.is_empty());
    for (entry, times) in [("RollLeaveIntent", 1), ("RollLeft", 1), ("RollIntent", 0)] {
        assert_eq!(written(&rig, entry), times, "{entry}");
    }
    rig.visit(FINISH);
    assert_eq!(ended(&rig), Some(VisitOutcome::Finished));
    assert_eq!(card(&mut rig), needed_again(AgainStep::Left));
}

/// What the closing card says.
fn card(rig: &mut Rig) -> StaysBecause {
    let PersonScreen::After(onboarding::PersonAfterScreen::Card { password, .. }) =
        rig.person_view().screen
    else {
        panic!("{}", rig.screen());
    };
    match password {
        PasswordFate::Stays { because } => because,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_failed_is_said_on_the_card_until_it_is_done() {
    let mut rig = without_a_phone(true).tested("1");
    let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::Roll, fault));
    rig.answers(UseAnswer::Yes);
    assert_eq!(stays(&mut rig), needed_again(AgainStep::NotLeft));
    rig.visit(FINISH);
    assert_eq!(card(&mut rig), needed_again(AgainStep::NotLeft));
    assert_eq!(debts(&mut rig).len(), 1);
    rig.wait_s(30);
    assert_eq!(card(&mut rig), needed_again(AgainStep::Left));
    assert_eq!((debts(&mut rig), rig.world.roll.len()), (Vec::new(), 0));
}

/// Groups that could not be read may have the roll among them; whoever is surely not on it knows the password.
#[test]
fn who_may_be_on_the_roll_is_met_like_who_is() {
    let mut rig = without_a_phone(true);
    let person = rig.world.people.get_mut(&sample::user("1")).unwrap();
    person.groups = None;
    let mut rig = rig.tested("1");
    rig.answers(UseAnswer::Yes);
    assert_eq!(stays(&mut rig), needed_again(AgainStep::Left));
    let mut rig = without_a_phone(false).tested("1");
    assert_eq!(use_windows(&mut rig, UseAnswer::Yes), Ok(()));
    assert_eq!(stays(&mut rig), StaysBecause::StillUsed);
    assert_eq!(written(&rig, "PasswordNeededAgain"), 0);
}

#[test]
fn a_dont_know_takes_nobody_off_the_roll_and_says_so() {
    for on_list in [false, true] {
        let mut rig = without_a_phone(true);
        if on_list {
            let mut policy = sample::policy();
            policy.passwords.other_uses = vec![Words::same("Copier")];
            rig = Rig::with(policy, Vec::new());
            rig.world.roll.insert(sample::user("1"));
        }
        let mut rig = rig.tested("1");
        if on_list {
            rig.answers(UseAnswer::No);
        }
        rig.answers(UseAnswer::DontKnow);
        assert_eq!(stays(&mut rig), StaysBecause::NotKnown);
        assert_eq!(written(&rig, "PasswordNeededAgain"), 0);
        assert_eq!(rig.world.roll.len(), 1);
    }
}

#[test]
fn the_check_has_to_hold_for_a_yes_after_the_test() {
    let mut rig = without_a_phone(true).tested("1");
    for _ in 0..45 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    rig.person_after(onboarding::PersonAfterAction::AnswerUse {
        question: UseQuestion::Windows,
        answer: UseAnswer::Yes,
    });
    assert_eq!(
        use_windows(&mut rig, UseAnswer::Yes),
        Err(TroubleCode::CheckExpired)
    );
    assert_eq!(rig.screen(), "UseQuestion");
    assert_eq!(rig.world.roll.len(), 1);
}

/// Whoever is on the roll and shows no method at all, and after what was begun for a pass came to nothing or its end.
#[test]
fn it_is_offered_to_whoever_is_on_the_roll_while_no_pass_can_be_used() {
    let mut rig = without_a_phone(true).board("1");
    assert!(offered(&mut rig));
    let fault = AnswerFault::Refused(TroubleCode::PassOutOfScope);
    rig.world.faults.push_back((Kind::Issue, fault));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    assert!(offered(&mut rig), "the pass was refused");
    assert!(!phone_works(&mut rig));
    let mut rig = without_a_phone(true).live("1");
    assert!(!offered(&mut rig), "a pass can be used");
    let need = AgainAction::NeedPassword;
    assert_eq!(refused(&mut rig, need), TroubleCode::NotNow);
    let mut rig = without_a_phone(true).registered("1");
    assert!(offered(&mut rig), "it was");
    act(&mut rig, AgainAction::NeedPassword);
    assert_eq!(after_refused(&mut rig, STATION), TroubleCode::NotNow);
    answer(&mut rig, UseQuestion::Windows, UseAnswer::Yes);
    assert_eq!(told(&mut rig), AgainStep::Left);
    act(&mut rig, AgainAction::BackToRows);
    rig.after(STATION);
    rig.after(report(false));
    assert_eq!(stays(&mut rig), needed_again(AgainStep::Left));
    assert_eq!(written(&rig, "PasswordNeededAgain"), 1);
}

/// What the two screens say of the phone, with the question open.
fn phone_works(rig: &mut Rig) -> bool {
    act(rig, AgainAction::NeedPassword);
    let works = match rig.person_view().screen {
        PersonScreen::AgainQuestion { phone_works, .. } => phone_works,
        _ => panic!("{}", rig.screen()),
    };
    act(rig, AgainAction::BackToRows);
    works
}

#[test]
fn a_phone_that_is_gone_is_not_said_to_work() {
    for (earlier, works) in [
        (None, true),
        (Some(EarlierPhone::InUse), true),
        (Some(EarlierPhone::Replaced), false),
        (Some(EarlierPhone::Lost), false),
    ] {
        let mut rig = Rig::new();
        returned(&mut rig, true);
        let mut rig = said(rig, earlier);
        assert_eq!(phone_works(&mut rig), works, "{earlier:?}");
    }
}

/// What the operator says of the earlier phone, as far as the board.
fn said(mut rig: Rig, earlier: Option<EarlierPhone>) -> Rig {
    rig.world.operator = able("op-1");
    let mut rig = rig.found("1");
    let say = OldPhoneAction::SayEarlierPhone { earlier };
    rig.visit(VisitAction::OldPhone(say));
    rig.visit(VisitAction::ConfirmPerson);
    for act in sample::checked() {
        rig.visit(act);
    }
    rig
}

fn lost_to_others() -> Rig {
    let mut rig = Rig::new();
    returned(&mut rig, true);
    said(rig, Some(EarlierPhone::LostToOthers))
}

fn block(rig: &mut Rig) {
    rig.visit(VisitAction::OldPhone(OldPhoneAction::BlockEarlierPhone));
}

#[test]
fn it_does_not_go_round_a_phone_that_somebody_else_may_have() {
    let mut rig = lost_to_others();
    let need = AgainAction::NeedPassword;
    assert!(!offered(&mut rig));
    assert_eq!(refused(&mut rig, need), TroubleCode::AgainLostPhone);
    block(&mut rig);
    rig.wait_s(60);
    assert_eq!(rig.world.taken_out.ended, [sample::user("1")]);
    assert!(offered(&mut rig), "removed, and the sessions are ended");
    assert!(!phone_works(&mut rig));
    assert_eq!(told(&mut needed(rig)), AgainStep::Left);
}

/// To a pass the operator may go on; to a password nobody does.
#[test]
fn going_on_unblocked_is_for_the_pass_alone() {
    let mut rig = lost_to_others();
    rig.visit(VisitAction::OldPhone(OldPhoneAction::GoOnUnblocked));
    let need = AgainAction::NeedPassword;
    assert!(!offered(&mut rig));
    assert_eq!(refused(&mut rig, need), TroubleCode::AgainLostPhone);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    rig.visit(VisitAction::Reveal);
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, sample::authenticator("new", true));
    rig.wait_s(16);
    rig.after(STATION);
    rig.after(report(false));
    rig.person_after(onboarding::PersonAfterAction::AnswerUse {
        question: UseQuestion::Windows,
        answer: UseAnswer::Yes,
    });
    assert_eq!(
        use_windows(&mut rig, UseAnswer::Yes),
        Err(TroubleCode::AgainLostPhone)
    );
    assert_eq!(rig.world.roll.len(), 1);
}

/// A late look shows it again while the question is open.
#[test]
fn what_comes_back_into_sight_shuts_the_question_again() {
    let mut rig = lost_to_others();
    block(&mut rig);
    // So long a copy of the directory may be behind.
    rig.wait_s(62);
    rig.held.insert(Kind::Methods);
    rig.visit(VisitAction::LookNow);
    let late = std::mem::take(&mut rig.flying);
    rig.held.remove(&Kind::Methods);
    act(&mut rig, AgainAction::NeedPassword);
    assert_eq!(rig.screen(), "AgainQuestion");
    let user = sample::user("1");
    rig.world.add(&user, sample::authenticator("old", true));
    for look in late {
        let answer = rig.world.answer(&look, rig.truth()).unwrap();
        rig.deliver(look.id, answer, "a look");
    }
    rig.person_after(onboarding::PersonAfterAction::AnswerUse {
        question: UseQuestion::Windows,
        answer: UseAnswer::Yes,
    });
    let yes = confirm(UseQuestion::Windows, UseAnswer::Yes);
    assert_eq!(refused(&mut rig, yes), TroubleCode::AgainLostPhone);
    assert_eq!(rig.world.roll.len(), 1);
}

/// An earlier visit's yes stands, whatever is answered now; nothing says that all is as it was.
#[test]
fn what_an_earlier_visit_left_to_be_done_is_said_beside_what_was_not_changed() {
    let owed = |rig: &mut Rig| match rig.person_view().screen {
        PersonScreen::PasswordAgain { told } => (told.step, told.owed),
        _ => panic!("{}", rig.screen()),
    };
    for earlier in [false, true] {
        let mut rig = plain(true);
        if earlier {
            let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
            rig.world.faults.push_back((Kind::Roll, fault));
            rig = needed(rig);
            rig.visit(FINISH);
            rig.visit(VisitAction::Close);
            rig = rig.board("1");
        }
        for (said, step) in [
            (UseAnswer::DontKnow, AgainStep::NotKnown),
            (UseAnswer::No, AgainStep::NotNeeded),
        ] {
            act(&mut rig, AgainAction::NeedPassword);
            act(&mut rig, confirm(UseQuestion::Windows, said));
            assert_eq!(owed(&mut rig), (step, earlier));
            act(&mut rig, AgainAction::BackToRows);
        }
        rig.visit(VisitAction::Cancel);
        rig.visit(VisitAction::Close);
        rig.wait_s(60);
        assert_eq!(rig.world.roll.is_empty(), earlier);
    }
}

/// Where there is no roll nothing but the entry says that one is needed.
#[test]
fn a_need_that_cannot_be_recorded_is_told_where_nothing_else_would() {
    let mut policy = sample::policy();
    (policy.passwords.way, policy.passwords.roll) = (onboarding::PasswordWay::Patch, None);
    let mut rig = Rig::with(policy, Vec::new());
    returned(&mut rig, false);
    let mut rig = rig.board("1");
    act(&mut rig, AgainAction::NeedPassword);
    rig.world.record_fails = true;
    answer(&mut rig, UseQuestion::Windows, UseAnswer::Yes);
    assert_eq!(told(&mut rig), AgainStep::NoRoll);
    assert_eq!(rig.trouble().as_deref(), Some("R525"));
    assert_eq!(written(&rig, "PasswordNeededAgain"), 0);
    rig.world.record_fails = false;
    rig.visit(FINISH);
    assert_eq!(written(&rig, "PasswordNeededAgain"), 1);
    assert_eq!(rig.trouble(), None);
}

/// What the person reads last is what holds: nothing is to be set while the job would change it.
#[test]
fn the_goodbye_says_how_it_stands() {
    let mut rig = plain(true);
    let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::Roll, fault));
    let mut rig = needed(rig);
    rig.visit(FINISH);
    let again = VisitOutcome::PasswordAgain;
    assert_eq!(goodbye(&mut rig), (again, Some(AgainStep::NotLeft)));
    rig.wait_s(30);
    assert_eq!(goodbye(&mut rig), (again, Some(AgainStep::Left)));
    for (said, step) in [
        (UseAnswer::No, AgainStep::NotNeeded),
        (UseAnswer::DontKnow, AgainStep::NotKnown),
    ] {
        let mut rig = plain(true);
        act(&mut rig, AgainAction::NeedPassword);
        act(&mut rig, confirm(UseQuestion::Windows, said));
        rig.visit(FINISH);
        assert_eq!(ended(&rig), Some(VisitOutcome::PasswordAsked));
        let told = (VisitOutcome::PasswordAsked, Some(step));
        assert_eq!(goodbye(&mut rig), told);
    }
}
