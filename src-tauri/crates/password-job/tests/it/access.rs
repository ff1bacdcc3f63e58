//! The job's way in, and what right a change takes (issue: a role over a unit, or the permission).

use password_job::{Ending, PersonOutcome};
use serde_json::json;

use crate::world::{READS, World, own};

fn both(world: &World, count: usize) {
    let before = world.passwords();
    let (ending, said) = world.rotate("");
    assert_eq!(ending, Ending::Done, "{:?} {:?}", said.lines, said.summary);
    assert_eq!(said.counts(), (count, 0, 0));
    let after = world.passwords();
    assert!(before.iter().zip(&after).all(|(one, other)| one != other));
}

#[test]
fn a_role_over_the_unit_is_enough_and_reaches_nobody_else_s43() {
    let world = World::of(3);
    both(&world, 3);
    let outside = "t.yamada@cablechan.biz";
    let change = json!({"joins": ["roll"]});
    world.change(outside, change);
    world.control(
        "POST",
        "users/methods",
        &json!({
            "upn": outside, "method": {"type": "passkey", "name": "Phone", "os": "ios"},
        }),
    );
    let before = world.password(outside);
    let wish = password_job::Wish {
        accept_growth: true,
        ..password_job::Wish::default()
    };
    let (ending, said) = world.rotate_as("", &wish);
    assert_eq!(said.of(outside), (PersonOutcome::Failed, "not_permitted"));
    assert_eq!(ending, Ending::Failed);
    assert_eq!(world.password(outside), before);
}

#[test]
fn the_permission_does_where_the_tenant_wants_it_s43() {
    let world = World::of(2);
    world.switch(&json!({"role_of_app_suffices": false}));
    let (ending, said) = world.rotate("");
    assert_eq!((ending, said.counts()), (Ending::Failed, (0, 0, 2)));
    let permitted = format!("{READS} User-PasswordProfile.ReadWrite.All");
    let world = World::with(2, &permitted, true);
    world.switch(&json!({"role_of_app_suffices": false}));
    both(&world, 2);
    let world = World::with(2, &permitted, false);
    let (ending, said) = world.rotate("");
    assert_eq!(
        (ending, said.counts()),
        (Ending::Failed, (0, 0, 2)),
        "a role it needs as well"
    );
}

#[test]
fn a_key_that_others_may_read_or_that_is_anothers_is_code_9_s44() {
    let world = World::of(1);
    let key = world.folder.path().join("job.key");
    own(&key, 0o640);
    let (ending, said) = world.rotate("");
    assert_eq!(ending, Ending::Configuration);
    assert!(said.why().contains("chmod 600"), "{}", said.why());
    let other = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
    own(&key, 0o600);
    std::fs::write(&key, other.unwrap().serialize_pem()).unwrap();
    let (ending, said) = world.rotate("");
    assert_eq!(ending, Ending::Configuration);
    assert!(
        said.why().contains("not the certificate's"),
        "{}",
        said.why()
    );
}

#[test]
fn what_is_wrong_with_key_or_certificate_names_the_one_it_is_about_s44() {
    let world = World::of(0);
    let said = || {
        let checked = password_job::check(&world.setup(""), &world.job(), false).unwrap();
        assert_eq!(checked.ending, Ending::Configuration);
        checked.wrong
    };
    let certificate = world.folder.path().join("job.crt");
    let whole = std::fs::read(&certificate).unwrap();
    std::fs::write(&certificate, "none").unwrap();
    let not_one = "passwords.certificate: the certificate is not one in PEM with an RSA key";
    assert_eq!(said(), [not_one]);
    std::fs::remove_file(&certificate).unwrap();
    let missing = said();
    let prefix = "passwords.certificate: cannot be read: ";
    assert!(missing[0].starts_with(prefix), "{missing:?}");
    std::fs::write(&certificate, whole).unwrap();
    std::fs::write(world.folder.path().join("job.key"), "none").unwrap();
    let no_key = "passwords.key: the key is not an unlocked RSA key in PEM";
    assert_eq!(said(), [no_key]);
}

#[test]
fn what_the_directory_refuses_is_code_9_and_a_service_that_is_down_code_4_s43() {
    let world = World::of(1);
    world.switch(&json!({"sign_in_down": true}));
    let (ending, _) = world.rotate("");
    assert_eq!(ending, Ending::Failed);
    world.switch(&json!({"sign_in_down": false}));
    let checked = password_job::check(&world.setup(""), &world.job(), true).unwrap();
    assert_eq!(checked.ending, Ending::Done, "{checked:?}");
    assert!(
        checked
            .good
            .iter()
            .any(|text| text == "people on the roll: 1"),
        "{checked:?}"
    );
    let unknown = world
        .text("")
        .replace(&world.client, "00000000-0000-4000-8000-000000000001");
    let setup = password_job::JobSetup::of_text(&unknown).unwrap();
    let checked = password_job::check(&setup, &world.job(), true).unwrap();
    assert_eq!(checked.ending, Ending::Configuration, "{checked:?}");
    assert!(checked.wrong[0].contains("AADSTS700016"), "{checked:?}");
}

#[test]
fn a_check_says_what_a_run_would_say_n11() {
    let readless = READS.replace("GroupMember.Read.All", "");
    let world = World::with(1, &readless, true);
    let checked = password_job::check(&world.setup(""), &world.job(), true).unwrap();
    let (ending, said) = world.rotate("");
    assert_eq!(checked.ending, ending, "{checked:?}");
    assert_eq!(checked.wrong, [said.why()]);
    assert_eq!(ending, Ending::Configuration);
    assert_eq!(world.due("").1.why(), said.why());
    let ledger = world.job().join("ledger.jsonl");
    std::fs::create_dir_all(world.job()).unwrap();
    std::fs::write(&ledger, "not a ledger\n").unwrap();
    let checked = password_job::check(&world.setup(""), &world.job(), false).unwrap();
    assert_eq!(checked.ending, Ending::Configuration);
    assert!(checked.wrong[0].contains("ledger.jsonl"), "{checked:?}");
}

/// A domain's own notice counts before the one of the file.
#[test]
fn the_notice_of_a_domain_counts_before_the_files_n11() {
    let world = World::of(1);
    let setup = world.setup("every_days = 60\nnotice_days = 14");
    let warned = || {
        let checked = password_job::check(&setup, &world.job(), true).unwrap();
        checked.warnings
    };
    assert_eq!(warned(), Vec::<String>::new());
    world.switch(&json!({"password_notice_days": 30}));
    let late = warned();
    assert!(!late.is_empty());
    for warning in &late {
        assert!(
            warning.contains("told 30 days before, so more than 53"),
            "{warning}"
        );
    }
}
