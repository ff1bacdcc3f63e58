//! What the job's own file may hold.

use password_job::JobSetup;

const TEXT: &str = r#"
[cloud]
name = "global"
tenant = "5f2b1c0e-7a53-4a0e-9d0f-1d2c3b4a5968"

[passwords]
group = "22222222-2222-2222-2222-222222222222"
client_id = "33333333-3333-3333-3333-333333333333"
certificate = "/etc/madoguchi-passwords/job.crt"
key = "store"
"#;

fn check(more: &str, complaint: &str) {
    let error = JobSetup::of_text(&format!("{TEXT}{more}\n")).unwrap_err();
    let text = error.0.join("\n");
    assert!(text.contains(complaint), "{more}: {text}");
}

#[test]
fn the_least_that_is_taken_is_good_and_says_nothing_n11() {
    let setup = JobSetup::of_text(TEXT).unwrap();
    assert_eq!(setup.warnings, Vec::<String>::new());
}

#[test]
fn a_week_is_left_for_a_run_that_fails_s47() {
    let at = |days: u32| JobSetup::of_text(&format!("{TEXT}every_days = {days}\n")).unwrap();
    assert!(at(69).warnings.is_empty());
    assert!(
        at(70).warnings[0].contains("more than 69"),
        "{:?}",
        at(70).warnings
    );
}

#[test]
fn what_is_wrong_is_named_n11() {
    check("every_days = 0", "passwords.every_days: 1 to 365");
    check("every_days = 90", "less than passwords.max_age_days");
    check("length = 8", "passwords.length: 16 to 127");
    check("max_per_run = 0", "passwords.max_per_run");
    check("never = [\"somebody\"]", "passwords.never: object IDs");
    check(
        "last_run = \"last.json\"",
        "passwords.last_run: a whole path",
    );
    check("password = \"x\"", "unknown field");
    let other = TEXT.replace("22222222-2222-2222-2222-222222222222", "the roll");
    assert!(JobSetup::of_text(&other).unwrap_err().0[0].contains("passwords.group"));
    let relative = TEXT.replace("\"store\"", "\"job.key\"");
    assert!(JobSetup::of_text(&relative).unwrap_err().0[0].contains("passwords.key"));
    let custom = TEXT.replace("\"global\"", "\"custom\"");
    assert!(JobSetup::of_text(&custom).unwrap_err().0[0].contains("cloud.authority"));
}
