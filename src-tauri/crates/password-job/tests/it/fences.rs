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

/// Whom the report does not name is asked about, and one look that finds nothing takes nobody off: a copy of the
/// directory may be behind.
#[test]
fn whom_the_report_does_not_name_is_looked_at_twice_n11() {
    let permissions = format!("{READS} GroupMember.ReadWrite.All");
    for (behind, expected, roll) in [
        (1, (PersonOutcome::Rotated, "not_in_ledger"), 2),
        (2, (PersonOutcome::Skipped, "no_passwordless_method"), 1),
    ] {
        let mut world = World::of(1);
        // Over the whole tenant: no unit holds who comes later.
        world.client_with(&permissions, &json!({"roles": ["User Administrator"]}));
        let upn = "new@cablechan.biz";
        let new = json!({"upn": upn, "display_name": "名簿 次郎", "groups": ["roll"]});
        world.control("POST", "users", &new);
        world.control("POST", "clock", &json!({"advance_s": 1200}));
        let passkey = json!({"type": "passkey", "name": "Phone", "os": "ios"});
        world.control(
            "POST",
            "users/methods",
            &json!({"upn": upn, "method": passkey}),
        );
        for (path, age_s, times) in [
            ("/v1.0/users/{id}/authentication/methods", 600, behind),
            ("/v1.0/reports/", 1800, 9),
        ] {
            world.fault(&json!({
                "method": "GET", "path": path, "fault": "stale", "age_s": age_s, "times": times,
            }));
        }
        let (_, said) = world.rotate("");
        assert_eq!(said.of(upn), expected, "{behind} looks were behind");
        assert_eq!(said.of(&world.people[0]).0, PersonOutcome::Rotated);
        assert_eq!(world.due("").1.summary.unwrap().roll, roll);
    }
}

/// Who came from on premises since the list was read is no longer for the app: the directory itself says so.
#[test]
fn who_became_synchronised_meanwhile_keeps_theirs_s43() {
    let world = World::of(2);
    let upn = world.people[0].clone();
    world.change(&upn, json!({"synced": true}));
    for path in ["/v1.0/users/{id}", "/v1.0/groups/{id}/members"] {
        world.fault(&json!({
            "method": "GET", "path": path, "fault": "stale", "age_s": 600, "times": 9,
        }));
    }
    let before = world.password(&upn);
    let (ending, said) = world.rotate("");
    assert_eq!(said.of(&upn), (PersonOutcome::Skipped, "synced"));
    assert_eq!((ending, said.counts()), (Ending::Skipped, (1, 1, 0)));
    assert_eq!(world.password(&upn), before);
    let record = std::fs::read_to_string(world.job().join("record.jsonl")).unwrap();
    assert!(
        record.contains(r#""reason":"synced""#),
        "it was asked: {record}"
    );
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
