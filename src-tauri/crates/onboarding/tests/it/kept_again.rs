//! What going on with a visit that waited reads again and compares (S20).

use desk_world::{Kind, World, sample};
use onboarding::record::{Event, ForgottenWhy, LetterEvent};
use onboarding::{
    CallNumber, CallerAction, KeptState, LetterAction, NotKept, NumberKind, OperatorAction,
    PassEnd, Policy, TroubleCode, VisitAction, VisitId, VisitOutcome,
};
use serde_json::{Value, json};

use crate::kept::{
    HOUR_S, aside, code, forgotten, list, on_disk, policy, restart, restarted, resume,
};
use crate::rig::Rig;
use crate::told::{killed_with, lines};

fn mobile(number: &str) -> CallNumber {
    CallNumber {
        kind: NumberKind::Mobile,
        number: number.to_owned(),
    }
}

fn goes_on(rig: &mut Rig, visit: u32, anew: bool) {
    if anew {
        restarted(rig);
        resume(rig, visit).unwrap();
        rig.visit(VisitAction::ConfirmPerson);
    } else {
        let visit = VisitId(visit);
        rig.want(OperatorAction::Resume { visit });
    }
}

fn screen(rig: &mut Rig) -> Value {
    serde_json::to_value(rig.view().screen).unwrap()
}

/// Also where it was put aside a second time without a restart between.
#[test]
fn s20_a_day_begins_with_the_first_putting_aside() {
    let mut rig = aside();
    let first = rig.world.kept.visits.clone().unwrap()[0].since;
    rig.wait_s(20 * HOUR_S);
    if rig.view().list.is_none() {
        restarted(&mut rig);
        resume(&mut rig, 1).unwrap();
        rig.visit(VisitAction::ConfirmPerson);
    }
    rig.want(OperatorAction::PutAside);
    assert_eq!(rig.world.kept.visits.clone().unwrap()[0].since, first);
    // Twice within one run.
    let mut rig = aside();
    let first = rig.world.kept.visits.clone().unwrap()[0].since;
    rig.wait_s(300);
    let visit = VisitId(1);
    rig.want(OperatorAction::Resume { visit });
    rig.want(OperatorAction::PutAside);
    assert_eq!(rig.world.kept.visits.clone().unwrap()[0].since, first);
    let day = rig.now.mono.after_s(24 * HOUR_S - 300);
    rig.clock_to(day);
    restart(&mut rig, policy());
    assert!(on_disk(&rig).is_empty());
    assert_eq!(forgotten(&rig), [ForgottenWhy::TooOld]);
}

/// Without a restart as well as after one.
#[test]
fn s20_who_goes_on_calls_again_and_compares_the_numbers() {
    for anew in [false, true] {
        let mut rig = aside();
        let visit = VisitId(1);
        rig.want(OperatorAction::Resume { visit });
        rig.caller(CallerAction::CalledBack { at: Some(1) })
            .unwrap();
        rig.visit(VisitAction::ConfirmPhone { on: true });
        rig.visit(VisitAction::Letter(LetterAction::AddressReadBack {
            on: true,
        }));
        rig.want(OperatorAction::PutAside);
        rig.world.call_numbers.person[0] = mobile("+81 9099999999");
        goes_on(&mut rig, 1, anew);
        assert_eq!(rig.trouble().as_deref(), Some("C312"), "{anew}");
        let seen = screen(&mut rig);
        assert_eq!(seen["ways"][0]["on"], false, "{anew}");
        assert_eq!(seen["phone_confirmed"], false, "{anew}");
        assert_eq!(seen["letter"]["address"]["read_back"], false, "{anew}");
        assert_eq!(seen["ways"][0]["numbers"][0]["is_new"], json!(true));
        let refused = rig.caller(CallerAction::CalledBack { at: Some(0) });
        assert_eq!(refused, Err(TroubleCode::NumbersChanged), "{anew}");
        rig.caller(CallerAction::CalledBack { at: Some(1) })
            .unwrap();
        assert_eq!(screen(&mut rig)["numbers_changed"], json!(true), "it stays");
    }
}

/// The operator is the supervisor: then there is nobody to call, and nothing changed.
#[test]
fn s20_who_goes_on_is_no_change_of_the_supervisor() {
    let boss = sample::call_numbers().supervisor.unwrap().id;
    for boss_first in [false, true] {
        let operator = |boss_is: bool| match boss_is {
            true => sample::operator(&boss.0),
            false => sample::operator("op-9"),
        };
        let mut world = World::new();
        world.operator = operator(boss_first);
        let (last, now) = (VisitId(0), sample::after_ms(0));
        let mut rig = Rig::from(world, policy(), Vec::new(), last, now).signed_in();
        rig = rig.proofing("1");
        rig.want(OperatorAction::PutAside);
        rig.world.operator = operator(!boss_first);
        goes_on(&mut rig, 1, true);
        assert_eq!(rig.trouble(), None, "{boss_first}");
        let seen = screen(&mut rig);
        let numbers = seen["ways"][1]["numbers"].as_array().unwrap();
        assert_eq!(numbers.is_empty(), !boss_first, "{boss_first}");
        assert!(numbers.iter().all(|number| number["is_new"].is_null()));
    }
}

/// What could not be read neither came nor went.
#[test]
fn s20_numbers_that_were_read_in_part_raise_no_false_alarm() {
    // The second time.
    let mut rig = aside();
    rig.world.call_numbers.partly = true;
    rig.world.call_numbers.supervisor = None;
    goes_on(&mut rig, 1, true);
    assert_eq!(rig.trouble(), None);
    // The first time, and once more in the same call.
    let mut rig = crate::kept::rig();
    let whole = rig.world.call_numbers.clone();
    rig.world.call_numbers.partly = true;
    rig.world.call_numbers.supervisor = None;
    rig = rig.proofing("1");
    rig.world.call_numbers = whole;
    rig.caller(CallerAction::ReadNumbers).unwrap();
    rig.want(OperatorAction::PutAside);
    goes_on(&mut rig, 1, true);
    assert_eq!(rig.trouble(), None);
    rig.caller(CallerAction::SupervisorSaid { at: Some(0) })
        .unwrap();
}

/// A clock that was ahead long ago says nothing of what is kept today.
#[test]
fn s20_a_wrong_time_before_the_visit_was_kept_deletes_nothing() {
    let mut rig = aside();
    let ahead = rig.now.service.after_ms(5 * 365 * 24 * 3_600_000);
    rig.world.times[0] = ahead;
    restarted(&mut rig);
    assert_eq!(list(&mut rig).0, [VisitId(1)]);
    // Where the clock alone is why it is deleted, that is said.
    let mut rig = aside();
    let last = rig.world.times.len() - 1;
    rig.world.times[last] = ahead;
    restarted(&mut rig);
    assert_eq!(list(&mut rig).0, []);
    assert_eq!(rig.trouble().as_deref(), Some("A513"));
}

/// What waits, the store with its key locked, and the app started.
fn locked_at_start() -> Rig {
    let mut rig = aside();
    rig.world.kept.store_away = true;
    let orders = rig.world.kept.orders;
    restarted(&mut rig);
    assert_eq!(rig.trouble().as_deref(), Some("A514"));
    assert_eq!(list(&mut rig).0, []);
    assert_eq!((rig.world.kept.orders, forgotten(&rig)), (orders, vec![]));
    rig
}

fn looks(rig: &Rig) -> usize {
    let looks = rig.log.iter();
    looks.filter(|line| *line == "ReadKeptVisits").count()
}

/// The store is opened with the session, perhaps after the app.
#[test]
fn s20_a_store_that_is_locked_at_the_start_is_tried_again() {
    let mut rig = locked_at_start();
    rig.wait_s(59);
    rig.world.kept.store_away = false;
    assert_eq!(rig.trouble().as_deref(), Some("A514"));
    rig.wait_s(1);
    assert_eq!(list(&mut rig).0, [VisitId(1)]);
    assert_eq!((rig.trouble(), forgotten(&rig)), (None, vec![]));
    resume(&mut rig, 1).unwrap();
    assert!(on_disk(&rig).is_empty());
    // By itself for ten minutes; and whoever signs in tries once more.
    let mut rig = locked_at_start();
    let before = looks(&rig);
    rig.wait_s(HOUR_S);
    assert_eq!(looks(&rig) - before, 10);
    rig.world.kept.store_away = false;
    rig.want(OperatorAction::SignIn);
    assert_eq!(list(&mut rig).0, [VisitId(1)]);
    // And so does the next start.
    let mut rig = locked_at_start();
    rig.world.kept.store_away = false;
    restarted(&mut rig);
    assert_eq!(list(&mut rig).0, [VisitId(1)]);
}

/// What is too old by then, or is not what was written, is deleted all the same.
#[test]
fn s20_what_was_locked_is_kept_no_longer_than_a_day() {
    let mut rig = locked_at_start();
    rig.wait_s(24 * HOUR_S);
    assert!(on_disk(&rig).is_empty());
    assert_eq!(forgotten(&rig), [ForgottenWhy::Lost]);
    let mut rig = locked_at_start();
    (rig.world.kept.store_away, rig.world.kept.unreadable) = (false, true);
    rig.wait_s(60);
    assert!(on_disk(&rig).is_empty());
    assert_eq!(forgotten(&rig), [ForgottenWhy::Lost]);
    assert_eq!(rig.trouble().as_deref(), Some("A513"));
}

/// Without the key nothing is written: what is locked is not lost for what cannot be kept either.
#[test]
fn s20_a_visit_that_is_put_aside_meanwhile_takes_no_place_of_what_is_locked() {
    for opened in [false, true] {
        let mut rig = locked_at_start();
        rig.world.kept.store_away = !opened;
        rig = rig.proofing("3");
        rig.held.insert(Kind::Keep);
        rig.want(OperatorAction::PutAside);
        assert_eq!(list(&mut rig).1, [Some(KeptState::Writing)], "{opened}");
        rig.release(Kind::Keep);
        if !opened {
            assert_eq!(list(&mut rig).1, [Some(KeptState::NotKept)]);
            assert_eq!(rig.trouble().as_deref(), Some("A514"));
            assert_eq!(on_disk(&rig), [VisitId(1)]);
            rig.world.kept.store_away = false;
            rig.wait_s(60);
        }
        assert_eq!(
            list(&mut rig),
            (vec![VisitId(1)], vec![Some(KeptState::Kept)])
        );
        assert_eq!((forgotten(&rig), rig.trouble()), (vec![], None));
        assert_eq!(on_disk(&rig).len(), 2);
    }
}

/// Who registers while the file cannot be read is called by nobody once it can be.
#[test]
fn s20_who_registered_while_the_store_was_locked_is_not_called_back() {
    let mut rig = locked_at_start().registered("1");
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.visit(VisitAction::Close);
    rig.world.kept.store_away = false;
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    assert_eq!(list(&mut rig).0, []);
    assert!(on_disk(&rig).is_empty());
    assert_eq!(rig.trouble(), None);
}

/// A start told the record of it, died before anybody signed in, and was started again.
#[test]
fn s20_what_was_lost_is_told_by_a_later_start_as_well() {
    let mut rig = aside();
    rig.world.kept.visits = None;
    restart(&mut rig, policy());
    assert_eq!(forgotten(&rig), [ForgottenWhy::Lost]);
    restarted(&mut rig);
    assert_eq!(rig.trouble().as_deref(), Some("A513"));
    rig.want(OperatorAction::StartTelephoneVisit);
    rig.visit(VisitAction::Cancel);
    restarted(&mut rig);
    assert_eq!(rig.trouble(), None, "it was read");
}

/// The record of a visit says that an address was said, whoever said it before.
#[test]
fn s20_an_address_of_before_is_in_the_record_of_the_visit_that_uses_it() {
    let declared = |rig: &Rig, visit: u32| {
        let of = |(of, entry): &&(Option<VisitId>, Event)| {
            let is_it = matches!(entry, Event::Letter(LetterEvent::AddressDeclared));
            is_it && *of == Some(VisitId(visit))
        };
        rig.world.record.iter().filter(of).count()
    };
    let mut rig = aside();
    goes_on(&mut rig, 1, true);
    assert_eq!(declared(&rig, 2), 1);
    // A site that writes to nobody any more neither offers nor keeps it.
    let mut rig = aside();
    let none = Policy {
        notice: None,
        ..policy()
    };
    restart(&mut rig, none);
    rig.want(OperatorAction::SignIn);
    resume(&mut rig, 1).unwrap();
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(declared(&rig, 2), 0);
    rig.want(OperatorAction::PutAside);
    assert!(rig.world.kept.visits.clone().unwrap()[0].address.is_none());
}

/// Somebody else is found meanwhile and not confirmed: the card names whoever is kept.
#[test]
fn s20_the_card_names_whoever_is_kept() {
    let mut rig = aside();
    restarted(&mut rig);
    rig.world.network_down = true;
    resume(&mut rig, 1).unwrap();
    rig.world.network_down = false;
    rig.find("3");
    rig.want(OperatorAction::PutAside);
    assert_eq!(
        rig.world.kept.visits.clone().unwrap()[0].user,
        sample::user("1")
    );
    let card = rig.view().list.unwrap().visits.remove(0);
    assert_eq!(card.name.as_deref(), Some("A1"), "Account 1, in short");
}

#[test]
fn s20_with_a_token_that_ended_who_goes_on_has_to_sign_in() {
    let mut rig = aside();
    restarted(&mut rig);
    rig.world.faults.push_back((
        Kind::Find,
        desk_world::AnswerFault::Failed(TroubleCode::SignInAgain),
    ));
    rig.want(OperatorAction::StartTelephoneVisit);
    rig.find("3");
    assert_eq!(list(&mut rig).0, [VisitId(1)]);
    assert_eq!(resume(&mut rig, 1), Err(TroubleCode::SignInAgain));
    let visit = VisitId(1);
    let forgets = rig.act(&OperatorAction::ForgetKept { visit });
    assert_eq!(code(forgets), Err(TroubleCode::SignInAgain));
}

/// The key of what was never kept is asked for so often, and no more.
#[test]
fn s20_a_store_that_is_never_there_is_left_alone_after_a_while() {
    let mut rig = crate::kept::rig().proofing("1");
    rig.world.kept.fails = Some(NotKept::NoStore);
    rig.want(OperatorAction::PutAside);
    rig.visit(VisitAction::Cancel);
    rig.wait_s(HOUR_S);
    let orders = rig.world.kept.orders;
    rig.wait_s(HOUR_S);
    assert_eq!(rig.world.kept.orders, orders);
}

/// Somebody who waits calls in, and is looked for anew.
#[test]
fn s20_who_waits_already_is_told_where_they_are_found() {
    let waits = |rig: &mut Rig| screen(rig)["waits"]["kept_visit"].as_u64();
    let mut rig = aside();
    restarted(&mut rig);
    rig.want(OperatorAction::StartTelephoneVisit);
    rig.find("3");
    assert_eq!(waits(&mut rig), None);
    rig.visit(VisitAction::SearchAgain);
    rig.find("1");
    assert_eq!(waits(&mut rig), Some(1));
    // Going on with that one ends this one, also where there is no room for more.
    rig.want(OperatorAction::StartVisit);
    rig.want(OperatorAction::StartVisit);
    rig.want(OperatorAction::Resume { visit: VisitId(2) });
    resume(&mut rig, 1).unwrap();
    assert_eq!(rig.screen(), "Found");
    let open = rig.view().list.unwrap().visits.into_iter();
    let open: Vec<_> = open.map(|card| card.visit.0).collect();
    assert_eq!(open, [3, 4, 5]);
    assert_eq!(waits(&mut rig), None, "it is open");
    // At the counter it is said as well, and nothing ends by it.
    let mut rig = aside();
    restarted(&mut rig);
    rig = rig.found("1");
    assert_eq!(waits(&mut rig), Some(1));
    resume(&mut rig, 1).unwrap();
    assert_eq!(rig.view().list.unwrap().visits.len(), 2);
}

/// The station is killed right after this entry was written.
fn killed_after(rig: &mut Rig, last: impl Fn(&Event) -> bool) {
    let entries = rig.world.record.iter();
    let at = entries.rev().position(|(_, entry)| last(entry)).unwrap();
    let length = rig.world.record.len() - at;
    rig.world.record.truncate(length);
    rig.world.times.truncate(length);
    restarted(rig);
}

/// The operator leaves, and nothing more than the end of the visit is written down.
#[test]
fn s20_a_kill_right_after_the_end_loses_nothing_that_waits() {
    let mut rig = aside();
    rig.want(OperatorAction::SignOut);
    let how = VisitOutcome::LeftUnfinished;
    killed_after(
        &mut rig,
        |entry| matches!(entry, Event::VisitEnded { how: of, .. } if *of == how),
    );
    assert_eq!(list(&mut rig).0, [VisitId(1)]);
    assert_eq!(forgotten(&rig), []);
}

/// The same person registered in another visit, and nothing more than that is written down.
#[test]
fn s20_a_kill_right_after_the_registration_leaves_nobody_to_be_called() {
    for taken_up in [false, true] {
        let mut rig = aside();
        restarted(&mut rig);
        if taken_up {
            // The person of this one stands in the record of the first alone.
            resume(&mut rig, 1).unwrap();
            rig.want(OperatorAction::PutAside);
            restarted(&mut rig);
        }
        rig = rig.registered("1");
        killed_after(&mut rig, |entry| matches!(entry, Event::Registered { .. }));
        assert_eq!(list(&mut rig).0, [], "{taken_up}");
        assert!(on_disk(&rig).is_empty(), "{taken_up}");
    }
}

/// That it went on reaches the record only after it was put aside anew: the new name comes after that.
#[test]
fn s20_a_late_entry_takes_no_later_name_away() {
    let mut rig = aside();
    rig.held.insert(Kind::Record);
    let visit = VisitId(1);
    rig.want(OperatorAction::Resume { visit });
    rig.want(OperatorAction::PutAside);
    rig.held.remove(&Kind::Record);
    for (at, task) in std::mem::take(&mut rig.flying).into_iter().enumerate() {
        rig.world.record_fails = at == 0;
        let answer = rig.world.answer(&task, rig.truth()).unwrap();
        rig.deliver(task.id, answer, "entry");
    }
    assert_ne!(list(&mut rig).1, [Some(KeptState::Kept)]);
    rig.world.record_fails = false;
    rig.run();
    rig.wait_s(120);
    assert_eq!(list(&mut rig).1, [Some(KeptState::Kept)]);
    restarted(&mut rig);
    assert_eq!(list(&mut rig).0, [visit]);
}

/// Whoever waits stands in the list at home, so that the app stopped is no news; what became of a pass is.
#[test]
fn s20_what_goes_on_after_a_restart_is_told_once_unless_there_was_a_pass() {
    let told = |rig| lines(&mut killed_with(rig, 60, policy()).signed_in());
    assert!(told(aside()).is_empty());
    // What is in front at that moment is kept by nobody.
    let mut rig = aside();
    rig.want(OperatorAction::Resume { visit: VisitId(1) });
    assert_eq!(told(rig)[0].pass, PassEnd::None);
    // Nor what could not be kept, or is not there any more.
    for lost in [false, true] {
        let mut rig = crate::kept::rig();
        rig.world.kept.fails = (!lost).then_some(NotKept::NoStore);
        let mut rig = rig.proofing("1");
        rig.want(OperatorAction::PutAside);
        rig.world.kept.visits = None;
        assert_eq!(told(rig)[0].name.as_deref(), Some("Account 1"), "{lost}");
    }
    let mut rig = crate::kept::rig().caller_live("1");
    rig.want(OperatorAction::PutAside);
    assert_eq!(told(rig).len(), 1);
}
