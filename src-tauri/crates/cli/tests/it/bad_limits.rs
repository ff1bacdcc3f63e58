//! Who may issue, and for whom (N26).

use crate::bad_configs::check;
use crate::{check_text, sample};

const LIMIT: &str = "passes_per_hour = 30";
const ID: &str = "33333333-3333-3333-3333-333333333333";
const OTHER: &str = "44444444-4444-4444-4444-444444444444";

fn limits(lines: &str, key: &str, says: &str) {
    let (key, put) = (format!("limits.{key}"), format!("{LIMIT}\n{lines} #!"));
    check(LIMIT, &put, &key, says);
}

#[test]
fn n26_a_name_is_no_id() {
    let says = "an object id is needed";
    for wrong in [
        "",
        "Counter staff",
        "desk@cablechan.biz",
        "{33333333-3333-3333-3333-333333333333}",
        "33333333333333333333333333333333",
        "00000000-0000-0000-0000-000000000000",
    ] {
        for key in ["operator_group", "people_group", "people_unit"] {
            limits(&format!("{key} = \"{wrong}\""), key, says);
        }
        for key in ["operators", "not_for"] {
            limits(&format!("{key} = [\"{ID}\", \"{wrong}\"]"), key, says);
        }
    }
}

#[test]
fn n26_a_list_is_neither_empty_nor_endless() {
    for key in ["operators", "not_for"] {
        limits(&format!("{key} = []"), key, "at least one object id");
        let many = vec![format!("\"{ID}\""); 201].join(",");
        limits(&format!("{key} = [{many}]"), key, "at most 200");
    }
    limits("operator = []", "operator", "unknown field");
}

#[test]
fn n26_what_one_key_lets_in_another_one_does_not_keep_out() {
    for served in ["people_group", "people_unit"] {
        let both = format!("{served} = \"{ID}\"\nnot_for = [\"{OTHER}\", \"{ID}\"]");
        limits(&both, "not_for", "keeps them out");
    }
    let twice = format!("operator_group = \"{ID}\"\noperators = [\"{ID}\"]");
    limits(&twice, "operators", "the object ids of people");
    let unit = format!("people_group = \"{ID}\"\npeople_unit = \"{ID}\"");
    limits(&unit, "people_unit", "an administrative unit");
}

#[test]
fn n26_limits_that_fit_together_are_taken() {
    for lines in [
        format!("operators = [\"{ID}\"]"),
        format!("operators = [\"{ID}\"]\noperator_group = \"{OTHER}\"\nnot_for = [\"{ID}\"]"),
        format!("people_group = \"{ID}\"\npeople_unit = \"{OTHER}\""),
    ] {
        let text = sample().replace(LIMIT, &format!("{LIMIT}\n{lines}"));
        let said = check_text(text.as_bytes());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{lines}");
    }
}
