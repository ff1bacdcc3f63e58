//! How many visits a configuration may keep open.

use crate::bad_configs::check;

#[test]
fn visits_out_of_range() {
    for bad in ["0", "21"] {
        let line = format!("max = {bad} #!");
        let says = format!("{bad} is not allowed here; allowed: 1 to 20");
        check("# max = 5", &line, "visits.max", &says);
    }
}

/// A kiosk keeps one visit at a time.
#[test]
fn many_visits_in_a_kiosk() {
    let kiosk = crate::sample().replacen("mode = \"desk\"", "mode = \"kiosk\"", 1);
    let text = kiosk.replacen("# max = 5", "max = 5", 1);
    let said = crate::check_text(text.as_bytes());
    assert_ne!(said.code, Some(0));
    let sentence =
        "visits.max: 5 is not allowed here: a kiosk keeps one visit at a time; allowed: only 1";
    assert!(said.err.contains(sentence), "{}", said.err);
    assert_eq!(crate::check_text(kiosk.as_bytes()).code, Some(0));
}
