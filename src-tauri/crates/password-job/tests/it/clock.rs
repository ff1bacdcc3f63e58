//! The directory's date is the clock, and the ledger tells our changes from anybody else's.

use password_job::{Ending, PersonOutcome};
use serde_json::json;

use crate::world::{DAY_S, World};

#[test]
fn nobody_is_due_again_before_fifty_days_and_everybody_at_sixty_s43() {
    let world = World::of(12);
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Done, (12, 0, 0)));
    assert!(said.lines.iter().all(|line| line.reason == "not_in_ledger"));
    for (days, most) in [(0, 0), (49, 0)] {
        world.advance_days(days);
        let (ending, said) = world.due("");
        assert_eq!(
            (ending, said.lines.len()),
            (Ending::Done, most),
            "after {days} days"
        );
    }
    world.advance_days(11);
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Done, (12, 0, 0)));
    assert!(said.lines.iter().all(|line| line.reason == "age"));
}

#[test]
fn a_password_that_somebody_else_set_is_due_at_once_s44() {
    let world = World::of(3);
    world.rotate("");
    world.advance_days(1);
    let upn = world.people[1].clone();
    world.change(&upn, json!({"password": "Somebody-knows-this-1"}));
    let (_, said) = world.due("");
    assert_eq!(said.lines.len(), 1);
    let (ending, said) = world.rotate("");
    assert_eq!(said.of(&upn), (PersonOutcome::Rotated, "changed_elsewhere"));
    assert_eq!((ending, said.counts()), (Ending::Done, (1, 0, 0)));
    let (_, said) = world.rotate("");
    assert_eq!(
        said.counts(),
        (0, 0, 0),
        "our own change is not somebody else's"
    );
}

#[test]
fn what_is_overdue_is_counted_and_comes_first_s47() {
    let world = World::of(4);
    for (place, days) in [(0, 20), (1, 95), (2, 70), (3, 200)] {
        let age = json!({"password_age_s": days * DAY_S});
        world.change(&world.people[place], age);
    }
    let (_, said) = world.due("");
    let order: Vec<&str> = said.lines.iter().map(|line| line.upn.as_str()).collect();
    let expected = [3, 1, 2, 0].map(|place: usize| world.people[place].as_str());
    assert_eq!(order, expected);
    assert_eq!(said.summary.unwrap().overdue, Some(2));
    let (_, said) = world.rotate("max_per_run = 1");
    assert_eq!(
        said.of(&world.people[3]),
        (PersonOutcome::Rotated, "not_in_ledger")
    );
    assert_eq!(said.of(&world.people[1]), (PersonOutcome::Skipped, "limit"));
    assert_eq!(said.summary.unwrap().overdue, Some(1));
}
