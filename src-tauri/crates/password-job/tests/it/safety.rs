//! What stops a run.

use password_job::{Ending, PersonOutcome, Wish};
use serde_json::json;

use crate::world::{READS, World};

#[test]
fn a_job_that_is_paused_asks_nobody_n11() {
    let world = World::of(1);
    let last = world.folder.path().join("last-run.json");
    let (ending, said) = world.rotate(&format!("paused = true\nlast_run = {last:?}"));
    assert_eq!((ending, said.why()), (Ending::Stopped, "paused"));
    let text = std::fs::read_to_string(last).unwrap();
    assert!(text.contains(r#""result":"stopped""#), "{text}");
    assert!(text.contains(r#""overdue":null"#), "it never knew: {text}");
}

#[test]
fn a_roll_that_grew_by_a_fifth_stops_before_the_first_change_n11() {
    let world = World::of(10);
    world.rotate("");
    let more = ["t.yamada", "k.yamada", "y.sasaki"].map(|name| format!("{name}@cablechan.biz"));
    for upn in &more[..2] {
        world.change(upn, json!({"joins": ["roll"]}));
    }
    let (_, said) = world.rotate("");
    assert_eq!(
        said.summary.as_ref().unwrap().roll,
        12,
        "a fifth more is no more than that"
    );
    // From twelve on the next stop is at fifteen.
    for upn in [
        &more[2],
        &"h.maeda@cablechan.biz".to_owned(),
        &"m.kobayashi@cablechan.biz".to_owned(),
    ] {
        world.change(upn, json!({"joins": ["roll"]}));
    }
    world.advance_days(100);
    let before = world.passwords();
    let (ending, said) = world.rotate("");
    assert_eq!(ending, Ending::Stopped);
    assert!(said.why().starts_with("growth: 12"), "{}", said.why());
    let overdue = said.summary.as_ref().unwrap().overdue;
    assert_eq!(
        overdue,
        Some(15),
        "the roll was read: 100 days are too many"
    );
    assert_eq!(world.passwords(), before, "before the first change");
    let again = world.rotate("");
    assert_eq!(again.0, Ending::Stopped, "it does not get used to it");
    // Nobody is looked at closer here: those who came have no method, and reads of methods are slow.
    let wish = Wish {
        accept_growth: true,
        dry_run: true,
        ..Wish::default()
    };
    let (ending, said) = world.rotate_as("", &wish);
    assert_eq!((ending, said.lines.len()), (Ending::Done, 15));
}

/// A part that never ran knows what the whole saw.
#[test]
fn a_part_does_not_get_round_the_rule_of_growth_n11() {
    let world = World::of(10);
    world.rotate("");
    for name in ["t.yamada", "k.yamada", "y.sasaki"] {
        let upn = format!("{name}@cablechan.biz");
        world.change(&upn, json!({"joins": ["roll"]}));
    }
    let wish = Wish {
        shard: password_job::plan::Shard::parse("1/2"),
        ..Wish::default()
    };
    let (ending, said) = world.rotate_as("", &wish);
    assert_eq!(ending, Ending::Stopped);
    assert!(said.why().starts_with("growth: 10"), "{}", said.why());
}

#[test]
fn twenty_failures_one_after_the_other_end_a_run_n11() {
    let world = World::of(25);
    let fault =
        json!({"method": "PATCH", "path": "/v1.0/users/", "fault": "status:403", "times": 1000});
    world.fault(&fault);
    let before = world.passwords();
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Stopped, (0, 0, 20)));
    assert!(said.why().starts_with("20 failures"), "{}", said.why());
    assert_eq!(world.passwords(), before);
    world.control("DELETE", "faults", &serde_json::Value::Null);
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Done, (25, 0, 0)));
}

/// Nobody was asked about them, so they say nothing of whether it works.
#[test]
fn people_who_are_skipped_do_not_end_a_row_of_failures_n11() {
    let world = World::of(40);
    for upn in world.people.iter().step_by(2) {
        world.change(upn, json!({"enabled": false}));
    }
    let fault =
        json!({"method": "PATCH", "path": "/v1.0/users/", "fault": "status:403", "times": 1000});
    world.fault(&fault);
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts().2), (Ending::Stopped, 20));
    assert!(said.why().starts_with("20 failures"), "{}", said.why());
}

#[test]
fn a_run_that_takes_a_fifth_off_the_roll_stops_n11() {
    let world = World::with(5, &format!("{READS} GroupMember.ReadWrite.All"), true);
    for upn in &world.people[..2] {
        world.change(upn, json!({"loses_passwordless": true}));
    }
    world.advance_days(1);
    let (ending, said) = world.rotate("");
    assert_eq!(ending, Ending::Stopped);
    assert!(
        said.why().starts_with("1 people taken off"),
        "{}",
        said.why()
    );
    let (_, said) = world.due("");
    assert_eq!(said.summary.unwrap().roll, 4);
}

#[test]
fn only_a_group_that_somebody_fills_with_people_is_a_roll_n11() {
    let world = World::of(1);
    for (kind, why) in [
        ("mail_enabled", "mail address"),
        ("dynamic", "rule"),
        ("synced", "on premises"),
        ("role_assignable", "roles"),
    ] {
        let mut group = json!({"display_name": kind});
        group[kind] = json!(true);
        let made = world.control("POST", "groups", &group);
        let text = world
            .text("")
            .replace(&world.group, made["id"].as_str().unwrap());
        let setup = password_job::JobSetup::of_text(&text).unwrap();
        let mut said = crate::world::Said::default();
        let ending = password_job::rotate(&setup, &world.job(), &Wish::default(), &mut said);
        assert_eq!(ending.unwrap(), Ending::Configuration, "{kind}");
        assert!(said.why().contains(why), "{kind}: {}", said.why());
    }
    let (_, said) = world.rotate("");
    assert_eq!(said.of(&world.people[0]).0, PersonOutcome::Rotated);
}
