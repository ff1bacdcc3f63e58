//! How people are served who call (N28).

use crate::bad_configs::check;
use crate::{check_text, sample};

const PLACE: &str = "[packs]";
const LIMIT: &str = "passes_per_hour = 30";
const ID: &str = "33333333-3333-3333-3333-333333333333";

fn telephone(lines: &str, key: &str, says: &str) {
    check(PLACE, &format!("[telephone]\n{lines}\n{PLACE}"), key, says);
}

#[test]
fn n28_what_proofs_a_caller_is_a_word_that_is_known() {
    let ways = "telephone.ways";
    telephone("ways = [\"video\"] #!", ways, "call_back");
    telephone("needs = \"nothing\" #!", "telephone.needs", "any_two");
    let twice = "ways = [\"call_back\", \"call_back\", \"supervisor\"] #!";
    telephone(twice, ways, "stands there twice");
}

#[test]
fn n28_what_is_needed_can_be_met_by_what_is_listed() {
    for lines in [
        "ways = [] #!",
        "ways = [\"call_back\"] #!",
        "needs = \"any_two\"\nways = [\"supervisor\"] #!",
        "needs = \"call_back\"\nways = [\"supervisor\"] #!",
        "needs = \"all\"\nways = [\"call_back\", \"supervisor\"] #!",
    ] {
        telephone(lines, "telephone.ways", "never come to what");
    }
    let colleague = "ways = [\"call_back\", \"colleague\"] #!";
    telephone(colleague, "telephone.ways", "no colleague could confirm");
}

#[test]
fn n28_nobody_calls_a_kiosk() {
    let kiosk = sample().replacen("mode = \"desk\"", "mode = \"kiosk\"", 1);
    let said = check_text(
        kiosk
            .replacen(PLACE, "[telephone]\n\n[packs]", 1)
            .as_bytes(),
    );
    assert_eq!(said.code, Some(9), "{said:?}");
    assert!(said.err.contains("nobody calls a kiosk"), "{said:?}");
}

#[test]
fn n28_callers_are_served_where_the_section_stands() {
    let confirmers = format!("{LIMIT}\nconfirmers = [\"{ID}\"]");
    for (lines, limits) in [
        ("", LIMIT),
        ("needs = \"call_back\"\nways = [\"call_back\"]", LIMIT),
        ("needs = \"any_two\"", LIMIT),
        ("ways = [\"call_back\", \"colleague\"]", &confirmers),
    ] {
        let text = sample()
            .replacen(PLACE, &format!("[telephone]\n{lines}\n{PLACE}"), 1)
            .replacen(LIMIT, limits, 1);
        let said = check_text(text.as_bytes());
        assert_eq!(said.code, Some(0), "{lines}: {said:?}");
    }
}
