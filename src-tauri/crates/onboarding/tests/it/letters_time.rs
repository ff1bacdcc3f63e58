//! What time makes of a letter: the minutes since then, and the reminder where the visit is aside (S22).

use desk_world::sample;
use onboarding::{OperatorAction, Policy};

use crate::letters::policy;
use crate::rig::Rig;

const HOME: &str = "taro@home.example";

fn sent(policy: Policy) -> Rig {
    let mut rig = Rig::with(policy, Vec::new()).signed_in().caller_board("1");
    rig.declares(HOME);
    rig.sends(false).unwrap();
    rig
}

#[test]
fn s22_the_minutes_since_a_letter_go_by_on_the_screen() {
    let mut rig = sent(policy(sample::notice()));
    for minutes in 1..=11 {
        let before = rig.view().revision;
        rig.wait_s(59);
        assert_eq!(rig.mail()["step"]["minutes"], minutes - 1);
        rig.wait_s(1);
        assert_eq!(rig.mail()["step"]["minutes"], minutes);
        assert_eq!(rig.mail()["step"]["overdue"], minutes >= 10);
        assert!(rig.view().revision > before, "no page would hear of it");
        rig.want(OperatorAction::Touch);
    }
}

#[test]
fn s22_a_visit_that_is_aside_says_that_nobody_asked_about_its_letter() {
    let several = Policy {
        visits_max: 3,
        ..policy(sample::notice())
    };
    let mut rig = sent(several);
    let first = rig.visit;
    rig.want(OperatorAction::PutAside);
    let news = |rig: &mut Rig| {
        let list = rig.view().list.unwrap();
        let card = list.visits.into_iter().find(|card| card.visit == first);
        card.unwrap().news
    };
    for _ in 0..9 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    assert!(!news(&mut rig));
    let before = rig.view().revision;
    rig.wait_s(61);
    assert!(news(&mut rig));
    assert!(rig.view().revision > before, "no page would hear of it");
    rig.want(OperatorAction::Resume { visit: first });
    assert!(!news(&mut rig), "it is in front");
    rig.letter(onboarding::LetterAction::LetterArrived { arrived: true })
        .unwrap();
    rig.want(OperatorAction::PutAside);
    assert!(!news(&mut rig), "the person was asked");
}
