//! What time makes of a letter: the minutes since then, the reminder where the visit is aside (S22), and a station that is
//! killed while a letter leaves (N20).

use desk_world::{Kind, sample};
use onboarding::{OperatorAction, Policy, ServiceTime, VisitAction, VisitId};

use crate::kept;
use crate::letters::policy;
use crate::rig::Rig;
use crate::told::{killed, killed_with, lines};

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

/// A letter with the pass is on its way to whoever takes it.
fn leaving() -> (Rig, ServiceTime) {
    on_its_way(true)
}

fn on_its_way(with_pass: bool) -> (Rig, ServiceTime) {
    let mut rig = Rig::with(policy(sample::notice()), Vec::new())
        .signed_in()
        .caller_live("1");
    rig.declares(HOME);
    rig.held.insert(Kind::Letter);
    let at = rig.now.service;
    rig.sends(with_pass).unwrap();
    (rig, at)
}

/// The way alone is told as such.
#[test]
fn n20_a_letter_without_the_pass_that_was_on_its_way_at_a_stop_is_told_as_well() {
    let unheard = |rig: &mut Rig| -> Vec<_> {
        let lines = lines(rig);
        lines.iter().map(|line| (line.guide, line.letter)).collect()
    };
    let (rig, at) = on_its_way(false);
    let mut rig = killed(rig, 60);
    assert_eq!(unheard(&mut rig), [(Some(at), None)]);
    let (mut rig, _) = on_its_way(false);
    rig.release(Kind::Letter);
    assert_eq!(unheard(&mut killed(rig, 60)), [(None, None)]);
}

/// Whoever waits for the call back is listed at home; that a letter to them was on its way is told all the same.
#[test]
fn n20_a_letter_of_a_visit_that_is_kept_is_told_at_the_next_start() {
    for heard in [false, true] {
        let mut rig = kept::rig().caller_board("1");
        rig.declares(HOME);
        rig.held.insert(Kind::Letter);
        let at = rig.now.service;
        rig.sends(false).unwrap();
        if heard {
            rig.release(Kind::Letter);
        }
        rig.want(OperatorAction::PutAside);
        assert_eq!(kept::on_disk(&rig), [rig.visit]);
        let mut rig = killed_with(rig, 60, kept::policy());
        let told: Vec<_> = lines(&mut rig).iter().map(|line| line.guide).collect();
        let unheard = (!heard).then_some(Some(at));
        assert_eq!(told, Vec::from_iter(unheard), "heard {heard}");
    }
}

/// Also by telephone: it leaves once that is in the record, and where it cannot be, it stays.
#[test]
fn n20_a_letter_without_the_pass_leaves_once_it_is_in_the_record() {
    let mut rig = Rig::with(policy(sample::notice()), Vec::new())
        .signed_in()
        .caller_board("1");
    rig.declares(HOME);
    let left = |rig: &Rig| rig.log.iter().any(|line| line.contains("SendLetter"));
    rig.world.record_fails = true;
    rig.sends(false).unwrap();
    assert!(!left(&rig));
    assert_eq!(rig.mail()["step"]["step"], "failed");
    rig.world.record_fails = false;
    rig.held.insert(Kind::Record);
    rig.sends(false).unwrap();
    assert!(!left(&rig));
    assert_eq!(rig.mail()["step"]["with_pass"], false);
    rig.release(Kind::Record);
    assert!(left(&rig));
}

#[test]
fn n20_a_letter_that_was_on_its_way_when_the_station_was_killed_is_told_and_not_sent_again() {
    let (rig, at) = leaving();
    let mut rig = killed(rig, 60);
    let told: Vec<_> = lines(&mut rig).iter().map(|line| line.letter).collect();
    assert_eq!(told, [Some(at)]);
    let mut rig = rig.signed_in();
    for _ in 0..20 {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
    let sent = rig.log.iter().filter(|line| line.contains("SendLetter"));
    assert_eq!(sent.count(), 0, "by itself");
    let number = rig.view().notice.unwrap().number;
    let text = serde_json::to_string(&rig.view()).unwrap();
    assert!(!text.contains(HOME), "the record holds no address");
    rig.want(OperatorAction::DismissNotice { number });
    let rig = killed(rig, 60);
    let mut rig = rig.signed_in();
    assert!(lines(&mut rig).is_empty(), "it was read");
}

#[test]
fn n20_what_became_of_a_letter_before_the_stop_is_no_question() {
    let (mut rig, _) = leaving();
    rig.release(Kind::Letter);
    let mut rig = killed(rig, 60);
    let told: Vec<_> = lines(&mut rig).iter().map(|line| line.letter).collect();
    assert_eq!(told, [None]);
}

/// The visit was ended in order, and the station stopped before anybody heard of its letter.
#[test]
fn n20_a_letter_of_a_visit_that_was_over_is_told_as_well() {
    let (mut rig, at) = leaving();
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    assert!(lines(&mut rig).is_empty());
    let mut rig = killed(rig, 60);
    let told: Vec<_> = lines(&mut rig).iter().map(|line| line.letter).collect();
    assert_eq!(told, [Some(at)]);
    assert_eq!(rig.visit, VisitId(1));
}
