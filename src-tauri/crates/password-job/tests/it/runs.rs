//! One run: its limits, the directory's wish to wait, lost answers, and what is left behind.

use password_job::{Ending, PersonOutcome, Wish};
use serde_json::json;

use crate::world::World;

fn wish(change: impl FnOnce(&mut Wish)) -> Wish {
    let mut wish = Wish::default();
    change(&mut wish);
    wish
}

#[test]
fn a_dry_run_changes_nothing_and_says_how_long_it_would_take_n11() {
    let world = World::of(5);
    let before = world.passwords();
    let (ending, said) = world.rotate_as("", &wish(|wish| wish.dry_run = true));
    assert_eq!(ending, Ending::Done);
    assert!(
        said.lines
            .iter()
            .all(|line| line.result == PersonOutcome::Due)
    );
    assert_eq!(said.summary.unwrap().estimate_s, Some(4));
    assert_eq!(world.passwords(), before);
    assert!(!world.job().exists(), "nothing is made, and nothing taken");
}

#[test]
fn a_limit_is_kept_and_the_next_run_goes_on_n11() {
    let world = World::of(5);
    let limited = wish(|wish| wish.limit = Some(3));
    let (ending, said) = world.rotate_as("", &limited);
    assert_eq!((ending, said.counts()), (Ending::Skipped, (3, 2, 0)));
    let (ending, said) = world.rotate_as("", &limited);
    assert_eq!((ending, said.counts()), (Ending::Done, (2, 0, 0)));
}

#[test]
fn the_directory_is_obeyed_when_it_says_to_wait_n24() {
    let world = World::of(3);
    for (method, path) in [
        ("PATCH", "/v1.0/users/{id}"),
        ("GET", "/v1.0/groups/{id}/members"),
    ] {
        let fault =
            json!({"method": method, "path": path, "fault": "status:429", "retry_after": "1"});
        world.fault(&fault);
    }
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Done, (3, 0, 0)));
}

/// Nobody knows the first value, and the second one is ours for certain.
#[test]
fn a_lost_answer_is_set_again_with_another_value_n11() {
    let world = World::of(1);
    let lost = json!({"method": "PATCH", "path": "/v1.0/users/{id}", "fault": "answer_lost"});
    world.fault(&lost);
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Done, (1, 0, 0)));
    let record = std::fs::read_to_string(world.job().join("record.jsonl")).unwrap();
    let asked = record.matches(r#""event":"asked""#).count();
    assert_eq!(
        (asked, record.matches(r#""event":"unanswered""#).count()),
        (2, 1)
    );
}

/// What the directory shows as changed when it was asked is not changed a third time; what it does not show is.
#[test]
fn a_second_lost_answer_is_judged_by_the_directorys_date_n11() {
    for (fault, due) in [("answer_lost", false), ("reset", true)] {
        let world = World::of(1);
        world.fault(
            &json!({"method": "PATCH", "path": "/v1.0/users/{id}", "fault": fault, "times": 2}),
        );
        let (ending, said) = world.rotate("");
        assert_eq!(
            said.of(&world.people[0]),
            (PersonOutcome::Failed, "answer_lost")
        );
        assert_eq!(ending, Ending::Failed);
        let (ending, said) = world.rotate("");
        let expected = if due { (1, 0, 0) } else { (0, 0, 0) };
        assert_eq!((ending, said.counts()), (Ending::Done, expected), "{fault}");
    }
}

#[test]
fn a_value_has_64_characters_of_every_class_and_stands_nowhere_s44() {
    let world = World::of(8);
    let last = world.folder.path().join("last-run.json");
    let (ending, said) = world.rotate(&format!("last_run = {last:?}"));
    assert_eq!(ending, Ending::Done);
    let values = world.passwords();
    let kinds: [fn(&char) -> bool; 4] = [
        char::is_ascii_uppercase,
        char::is_ascii_lowercase,
        char::is_ascii_digit,
        char::is_ascii_punctuation,
    ];
    let mut told = format!("{:?} {:?}", said.lines, said.summary);
    let files = ["ledger.jsonl", "record.jsonl", "roll.json"];
    for file in files
        .map(|name| world.job().join(name))
        .iter()
        .chain([&last])
    {
        told.push_str(&std::fs::read_to_string(file).unwrap());
    }
    for value in &values {
        assert_eq!(value.chars().count(), 64);
        assert!(kinds.iter().all(|kind| value.chars().any(|c| kind(&c))));
        assert!(!told.contains(value.as_str()));
    }
    let control = world.people[0].as_str();
    assert!(told.contains(control), "what is there is found");
}

/// Whether that was done, each time it was tried.
fn afterwards(world: &World, what: &str) -> Vec<bool> {
    let record = std::fs::read_to_string(world.job().join("record.jsonl")).unwrap();
    let events = record
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let events = events.filter(|event| event["event"] == "afterwards" && event["what"] == what);
    events.map(|event| event["done"] == true).collect()
}

/// The password is changed once; what is left is tried again by each run.
#[test]
fn what_could_not_be_done_after_a_change_is_told_and_taken_up_s47() {
    let world = World::of(1);
    let sessions = "revoke_sessions = true";
    let upn = world.people[0].clone();
    let (ending, said) = world.rotate(sessions);
    assert_eq!(ending, Ending::Failed);
    assert_eq!(
        said.of(&upn),
        (PersonOutcome::Failed, "sessions_not_revoked")
    );
    let changed = world.password(&upn);
    let (_, said) = world.rotate(sessions);
    assert_eq!(
        said.of(&upn),
        (PersonOutcome::Failed, "sessions_not_revoked")
    );
    assert_eq!(afterwards(&world, "sessions_revoked"), [false, false]);
    // Switched off, nothing is left to do.
    let (ending, said) = world.rotate("");
    assert_eq!(said.of(&upn), (PersonOutcome::Rotated, "rest_open"));
    assert_eq!(ending, Ending::Done);
    assert_eq!(world.password(&upn), changed);
    assert_eq!(world.rotate(sessions).1.counts(), (0, 0, 0));
}

#[test]
fn what_else_the_site_wants_is_done_after_the_change_s47() {
    let reads = format!(
        "{} User.ReadWrite.All User.RevokeSessions.All",
        crate::world::READS
    );
    let world = World::with(1, &reads, true);
    let (ending, _) = world.rotate("never_expires = true\nrevoke_sessions = true");
    assert_eq!(ending, Ending::Done);
    let state = world.state();
    let users = state["users"].as_array().unwrap();
    let user = users
        .iter()
        .find(|user| user["upn"] == world.people[0].as_str())
        .unwrap();
    assert_eq!(user["password_policies"], "DisablePasswordExpiration");
    assert_eq!(user["password_change_due"], false);
    assert_eq!(afterwards(&world, "sessions_revoked"), [true]);
    let (ending, said) = world.rotate("revoke_sessions = true");
    assert_eq!((ending, said.counts()), (Ending::Done, (0, 0, 0)));
}

/// The look is as old as the wait was long, so it is made again: an account that was switched off meanwhile stays.
#[test]
fn who_had_to_wait_is_looked_at_again_before_the_change_s44() {
    let world = World::of(1);
    let wait = json!({"method": "PATCH", "path": "/v1.0/users/{id}", "fault": "status:429", "retry_after": "3"});
    world.fault(&wait);
    let upn = world.people[0].clone();
    let before = world.password(&upn);
    let said = std::thread::scope(|scope| {
        let run = scope.spawn(|| world.rotate("").1);
        let record = world.job().join("record.jsonl");
        let waits =
            || std::fs::read_to_string(&record).is_ok_and(|text| text.contains("throttled"));
        while !waits() && !run.is_finished() {
            std::thread::yield_now();
        }
        world.change(&upn, json!({"enabled": false}));
        run.join().unwrap()
    });
    assert_eq!(said.of(&upn), (PersonOutcome::Skipped, "disabled"));
    assert_eq!(world.password(&upn), before);
}

/// The first value may have been set, so the directory's date is newer than the list's: it is our own question's.
#[test]
fn a_lost_answer_before_a_wait_is_not_taken_for_another_run_n11() {
    let world = World::of(1);
    for fault in [
        json!({"method": "PATCH", "path": "/v1.0/users/{id}", "fault": "answer_lost"}),
        json!({"method": "PATCH", "path": "/v1.0/users/{id}", "fault": "status:429", "retry_after": "1"}),
    ] {
        world.fault(&fault);
    }
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Done, (1, 0, 0)));
    let record = std::fs::read_to_string(world.job().join("record.jsonl")).unwrap();
    assert_eq!(record.matches(r#""event":"asked""#).count(), 3, "{record}");
}

#[test]
fn a_longer_wait_than_allowed_ends_the_run_n24() {
    let world = World::of(4);
    let wait = json!({"method": "PATCH", "path": "/v1.0/users/", "fault": "status:429", "retry_after": "301", "times": 9});
    world.fault(&wait);
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.why()), (Ending::Failed, "throttled"));
    assert_eq!(said.counts(), (0, 0, 1), "nobody is asked about after that");
}
