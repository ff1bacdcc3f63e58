//! Who is never touched, and who fell out of the rule.

use password_job::{Ending, PersonOutcome};
use serde_json::{Value, json};

use crate::world::{READS, World};

/// What is done to somebody, and why the password then stays.
fn check(change: Value, reason: &str) {
    let world = World::of(2);
    let (kept, other) = (&world.people[0], &world.people[1]);
    world.change(kept, change);
    let before = world.password(kept);
    let (ending, said) = world.rotate("");
    assert_eq!(said.of(kept), (PersonOutcome::Skipped, reason));
    assert_eq!(said.of(other).0, PersonOutcome::Rotated);
    assert_eq!(ending, Ending::Skipped);
    assert_eq!(world.password(kept), before, "{reason}");
}

#[test]
fn guests_and_those_switched_off_or_restricted_keep_theirs_s43() {
    check(json!({"enabled": false}), "disabled");
    check(json!({"membership": "internal_guest"}), "guest");
    check(json!({"membership": "external_guest"}), "guest");
    check(json!({"restricted": true}), "restricted");
    check(json!({"synced": true}), "synced");
}

#[test]
fn administrators_keep_theirs_s43() {
    check(json!({"roles": ["Reports Reader"]}), "role");
}

#[test]
fn so_do_members_of_a_group_that_roles_can_be_given_to_s43() {
    let world = World::of(2);
    let kept = &world.people[0];
    let group = json!({"display_name": "admins", "role_assignable": true, "members": [kept]});
    world.control("POST", "groups", &group);
    let (ending, said) = world.rotate("");
    assert_eq!(said.of(kept), (PersonOutcome::Skipped, "role"));
    assert_eq!((ending, said.counts()), (Ending::Skipped, (1, 1, 0)));
}

#[test]
fn the_sites_own_list_holds_people_and_groups_s43() {
    let world = World::of(3);
    world.change(&world.people[1], json!({"joins": ["emergency"]}));
    let state = world.state();
    let id = |list: &str, key: &str, name: &str| {
        let all = state[list].as_array().unwrap();
        let found = all.iter().find(|one| one[key] == name).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let person = id("users", "upn", &world.people[0]);
    let group = id("groups", "display_name", "emergency");
    let never = format!("never = [{person:?}, {group:?}]");
    let (ending, said) = world.rotate(&never);
    assert_eq!(
        said.of(&world.people[0]),
        (PersonOutcome::Skipped, "listed")
    );
    assert_eq!(
        said.of(&world.people[1]),
        (PersonOutcome::Skipped, "listed")
    );
    assert_eq!((ending, said.counts()), (Ending::Skipped, (1, 2, 0)));
}

#[test]
fn people_of_a_federated_domain_keep_theirs_s43() {
    let world = World::of(1);
    world.switch(&json!({"federated_domains": "cablechan.biz"}));
    let (ending, said) = world.rotate("");
    assert_eq!(
        said.of(&world.people[0]),
        (PersonOutcome::Skipped, "federated")
    );
    assert_eq!(ending, Ending::Skipped);
}

/// The report is hours late: what it says is looked at once more.
#[test]
fn who_has_no_passwordless_method_any_more_is_told_and_taken_off_n11() {
    for (permissions, reason, members) in [
        (READS.to_owned(), "no_passwordless_method_still_on_roll", 2),
        (
            format!("{READS} GroupMember.ReadWrite.All"),
            "no_passwordless_method",
            1,
        ),
    ] {
        let world = World::with(2, &permissions, true);
        let upn = &world.people[0];
        world.change(upn, json!({"loses_passwordless": true}));
        world.advance_days(1);
        let before = world.password(upn);
        let (ending, said) = world.rotate("");
        assert_eq!(said.of(upn), (PersonOutcome::Skipped, reason));
        assert_eq!((ending, said.counts()), (Ending::Skipped, (1, 1, 0)));
        assert_eq!(world.password(upn), before);
        let (_, said) = world.due("");
        assert_eq!(said.summary.unwrap().roll, members);
    }
}

/// Without the report everybody's methods are read, two in ten seconds.
#[test]
fn a_report_that_may_not_be_read_is_told_and_done_without_n24() {
    let world = World::with(2, &READS.replace("AuditLog.Read.All", ""), true);
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Done, (2, 0, 0)));
    assert!(
        said.warnings[0].contains("registration report"),
        "{:?}",
        said.warnings
    );
}
