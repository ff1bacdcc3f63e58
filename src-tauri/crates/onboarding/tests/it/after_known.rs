//! What was known before stays known, and nothing is done of it without the person's word and the operator's press.

use desk_world::{Kind, sample};
use onboarding::{
    AfterAction, AfterScreen, Afterwards, OperatorAction, PasswordFate, PasswordStep, PasswordWay,
    PersonAfterAction, PersonAfterScreen, StaysBecause, TestCause, TroubleCode, UseAnswer,
    VisitAction,
};

use crate::after_registration::{
    STATION, failed, password, person_screen, refused, screen, stays, with,
};
use crate::rig::Rig;

/// Answered with no, on the roll before the visit, at a site that wants the age to be of no account.
fn on_it_already() -> Rig {
    let mut rig = with(|policy| policy.passwords.never_expires = true);
    rig.world.roll.insert(sample::user("1"));
    let mut rig = rig.tested("1");
    rig.answers(UseAnswer::No);
    rig
}

fn on_roll(afterwards: Afterwards) -> PasswordFate {
    let read_back = true;
    PasswordFate::OnRoll {
        read_back,
        afterwards,
    }
}

/// S43, S48.
#[test]
fn for_who_is_on_the_roll_already_nothing_is_done_without_the_press() {
    let mut rig = on_it_already();
    assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
    let press = AfterAction::JoinRoll;
    assert_eq!(refused(&mut rig, press.clone()), TroubleCode::NotNow);
    rig.person_after(PersonAfterAction::Understood);
    let written = rig.world.written();
    assert!(!written.contains(&"RollJoined".to_owned()));
    assert!(!written.contains(&"NeverExpiresIntent".to_owned()));
    let from = rig.log.len();
    rig.after(press);
    assert_eq!(
        rig.since(from),
        [
            "v1 record NeverExpiresIntent",
            "v1 record RollJoined",
            "v1 NeverExpires",
            "v1 record NeverExpires",
        ]
    );
    let done = Some(on_roll(Afterwards::NeverExpires));
    assert_eq!(password(&mut rig), (done, PasswordStep::Done));
    // Not pressed: nothing was done, and the job has the password all the same.
    let mut rig = on_it_already();
    rig.visit(VisitAction::Finish { leave_pass: false });
    let PersonAfterScreen::Card { password, .. } = person_screen(&mut rig) else {
        panic!("no card");
    };
    assert_eq!(password, on_roll(Afterwards::AsBefore));
    assert!(rig.world.never_expiring.is_empty());
}

#[test]
fn the_age_stays_of_account_while_nothing_shows_the_person_on_the_roll() {
    let mut rig = with(|policy| policy.passwords.never_expires = true);
    rig.world.roll_lags = true;
    let mut rig = rig.understood("1");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(password(&mut rig).1, PasswordStep::Done);
    assert!(
        !rig.world
            .written()
            .contains(&"NeverExpiresIntent".to_owned())
    );
    assert!(rig.world.never_expiring.is_empty());
}

#[test]
fn a_visit_that_ends_in_another_test_ends_with_what_was_known() {
    let mut rig = Rig::new().registered("1");
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    rig.after(failed(TestCause::PasswordNeeded));
    assert_eq!(stays(&mut rig), StaysBecause::NotProven);
    rig.after(STATION);
    rig.visit(VisitAction::Finish { leave_pass: false });
    let PersonAfterScreen::Card { password, .. } = person_screen(&mut rig) else {
        panic!("no card");
    };
    let because = StaysBecause::NotProven;
    assert_eq!(password, PasswordFate::Stays { because });
}

/// While a changed password waits for its test, the visit does not end in an orderly way; once it is decided it does.
#[test]
fn a_changed_password_keeps_the_visit_open_until_it_is_decided() {
    let finish = VisitAction::Finish { leave_pass: false };
    let mut rig = with(|policy| policy.passwords.way = PasswordWay::Reset);
    rig.world.must_change = true;
    let mut rig = rig.understood("1");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
    rig.held.insert(Kind::Try);
    rig.after(STATION);
    // The end is refused, and not offered either.
    let may_end = |rig: &mut Rig| match screen(rig) {
        AfterScreen::SignInTest { may_end, .. } => may_end,
        other => panic!("{other:?}"),
    };
    let refused = |rig: &mut Rig| rig.try_visit(finish.clone()).unwrap_err().code;
    assert!(!may_end(&mut rig));
    assert_eq!(refused(&mut rig), TroubleCode::NotNow);
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    assert_eq!(password(&mut rig), (None, PasswordStep::TestAgain));
    assert_eq!(refused(&mut rig), TroubleCode::NotNow);
    rig.after(STATION);
    rig.after(failed(TestCause::PasswordNeeded));
    assert_eq!(stays(&mut rig), StaysBecause::MustChange);
    // It is decided: one more test is not waited for.
    rig.after(STATION);
    assert!(may_end(&mut rig));
    rig.visit(finish.clone());
    let PersonAfterScreen::Card { password, .. } = person_screen(&mut rig) else {
        panic!("no card");
    };
    let because = StaysBecause::MustChange;
    assert_eq!(password, PasswordFate::Stays { because });
}
