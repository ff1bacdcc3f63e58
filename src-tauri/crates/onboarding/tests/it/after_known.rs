//! What was known before stays known, and nothing is done of it without the person's word and the operator's press.

use desk_world::sample;
use onboarding::{
    AfterAction, Afterwards, PasswordFate, PasswordStep, PersonAfterAction, PersonAfterScreen,
    TroubleCode, UseAnswer, VisitAction,
};

use crate::after_registration::{password, person_screen, refused, with};
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
