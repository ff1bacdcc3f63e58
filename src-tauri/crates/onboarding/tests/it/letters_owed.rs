//! That a pass was issued is told by mail until somebody took it: at a falling pace, over a restart, and never for ever
//! (N20).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{Event, LetterEvent};
use onboarding::{LetterKind, OperatorAction, Recipient, TroubleCode, VisitAction};

use crate::letters::policy;
use crate::rig::Rig;
use crate::told::{killed_with, lines};

fn fails(rig: &mut Rig, code: TroubleCode, times: usize) {
    let faults = std::iter::repeat_n((Kind::Letter, AnswerFault::Failed(code)), times);
    rig.world.faults.extend(faults);
}

/// A caller has a pass, and the first of these tries failed.
fn failed(code: TroubleCode, times: usize) -> Rig {
    let mut rig = Rig::with(policy(sample::notice()), Vec::new()).signed_in();
    fails(&mut rig, code, times);
    rig.caller_live("1")
}

fn over(mut rig: Rig) -> Rig {
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    rig.visit(VisitAction::Close);
    rig
}

fn tries(rig: &Rig) -> usize {
    let asks = |line: &&String| line.ends_with(" SendLetter");
    rig.log.iter().filter(asks).count()
}

fn taken(rig: &Rig) -> usize {
    let all = rig.world.letters.iter();
    all.filter(|letter| letter.what == LetterKind::Security)
        .count()
}

fn given_up(rig: &Rig) -> usize {
    let is = |(_, event): &&(_, Event)| {
        matches!(event, Event::Letter(LetterEvent::NoticeGivenUp { .. }))
    };
    rig.world.record.iter().filter(is).count()
}

/// Somebody is at the desk all the time.
fn stays(rig: &mut Rig, minutes: u32) {
    for _ in 0..minutes {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
}

#[test]
fn n20_a_notice_that_nobody_took_is_tried_again_ever_more_slowly_until_somebody_does() {
    let mut rig = over(failed(TroubleCode::RelayAway, 3));
    assert_eq!((tries(&rig), taken(&rig)), (1, 0));
    stays(&mut rig, 1);
    assert_eq!((tries(&rig), taken(&rig)), (2, 0));
    stays(&mut rig, 1);
    assert_eq!(tries(&rig), 2, "more slowly");
    stays(&mut rig, 1);
    assert_eq!((tries(&rig), taken(&rig)), (3, 0));
    stays(&mut rig, 4);
    assert_eq!((tries(&rig), taken(&rig)), (4, 1));
    stays(&mut rig, 60);
    assert_eq!((tries(&rig), given_up(&rig)), (4, 0), "it is done");
    assert!(lines(&mut rig).is_empty());
}

#[test]
fn n20_what_may_have_left_is_sent_once_more_and_no_further() {
    let mut rig = over(failed(TroubleCode::MailUnclear, 9));
    stays(&mut rig, 120);
    assert_eq!((tries(&rig), given_up(&rig)), (2, 1));
    let told: Vec<_> = lines(&mut rig).into_iter().map(|it| it.not_told).collect();
    assert_eq!(told, [Some("M709".to_owned())]);
}

#[test]
fn n20_where_the_address_is_not_taken_nothing_is_tried_again_and_it_is_told() {
    let mut rig = over(failed(TroubleCode::MailAddressRefused, 9));
    stays(&mut rig, 120);
    assert_eq!((tries(&rig), given_up(&rig)), (1, 1));
    assert_eq!(lines(&mut rig).len(), 1);
}

#[test]
fn n20_after_a_day_it_is_given_up_and_told() {
    let mut rig = over(failed(TroubleCode::RelayAway, 99));
    for _ in 0..30 {
        stays(&mut rig, 60);
    }
    let tried = tries(&rig);
    assert!((8..20).contains(&tried), "{tried} tries in a day");
    assert_eq!((given_up(&rig), lines(&mut rig).len()), (1, 1));
    stays(&mut rig, 600);
    assert_eq!(tries(&rig), tried);
}

#[test]
fn n20_the_next_start_goes_on_with_it_by_what_the_directory_holds_then() {
    let rig = over(failed(TroubleCode::RelayAway, 1));
    let mail = rig.world.people[&sample::user("1")].mail.clone().unwrap();
    let record = format!("{:?}", rig.world.record);
    assert!(!record.contains(&mail), "the record holds no address");
    let mut rig = killed_with(rig, 60, policy(sample::notice())).signed_in();
    stays(&mut rig, 2);
    let to: Vec<_> = rig.world.letters.iter().map(|it| it.to.clone()).collect();
    assert_eq!(to, [Recipient::PersonOf(sample::user("1"))]);
    stays(&mut rig, 60);
    let mut rig = killed_with(rig, 60, policy(sample::notice())).signed_in();
    stays(&mut rig, 60);
    assert_eq!(taken(&rig), 1, "it is done");
}

#[test]
fn n20_a_notice_that_was_on_its_way_at_a_stop_is_sent_once_more_and_no_further() {
    let mut rig = Rig::with(policy(sample::notice()), Vec::new()).signed_in();
    rig.held.insert(Kind::Letter);
    let rig = rig.caller_live("1");
    let mut rig = killed_with(rig, 60, policy(sample::notice()));
    rig.held.insert(Kind::Letter);
    let mut rig = rig.signed_in();
    stays(&mut rig, 2);
    assert_eq!(tries(&rig), 1);
    let mut rig = killed_with(rig, 60, policy(sample::notice())).signed_in();
    stays(&mut rig, 120);
    assert_eq!((tries(&rig), given_up(&rig)), (0, 1));
}

#[test]
fn n20_what_is_on_its_way_when_the_visit_is_over_is_heard_and_not_repeated() {
    let mut rig = Rig::with(policy(sample::notice()), Vec::new()).signed_in();
    rig.held.insert(Kind::Letter);
    let mut rig = over(rig.caller_live("1"));
    stays(&mut rig, 10);
    assert_eq!(tries(&rig), 1);
    rig.release(Kind::Letter);
    stays(&mut rig, 60);
    assert_eq!((tries(&rig), taken(&rig)), (1, 1));
}

#[test]
fn n20_nobody_sends_while_nobody_is_signed_in() {
    let mut rig = over(failed(TroubleCode::RelayAway, 1));
    rig.want(OperatorAction::SignOut);
    rig.wait_s(3_600);
    assert_eq!(tries(&rig), 1);
    let rig = rig.signed_in();
    assert_eq!(taken(&rig), 1);
}
