//! When a colleague confirms, and who may (N26).

use crate::bad_configs::check;
use crate::{check_text, sample};

const LIMIT: &str = "passes_per_hour = 30";
const ID: &str = "33333333-3333-3333-3333-333333333333";

fn limits(lines: &str, key: &str, says: &str) {
    let (key, put) = (format!("limits.{key}"), format!("{LIMIT}\n{lines}"));
    check(LIMIT, &put, &key, says);
}

#[test]
fn n26_what_holds_a_pass_is_a_word_that_is_known() {
    let by = format!("confirmers = [\"{ID}\"]");
    let unknown = format!("{by}\nfour_eyes = [\"no_documents\"] #!");
    limits(&unknown, "four_eyes", "no_document");
    let none = format!("{by}\nfour_eyes = [] #!");
    limits(&none, "four_eyes", "an empty list holds no pass");
    let twice = format!("{by}\nfour_eyes = [\"protected\", \"protected\"] #!");
    limits(&twice, "four_eyes", "stands there twice");
    // The sample allows two renewals.
    let third = format!("{by}\nfour_eyes = [\"third_renewal\"] #!");
    limits(&third, "four_eyes", "identity_check.renewals is 2");
}

#[test]
fn n26_somebody_has_to_be_able_to_confirm_and_for_something() {
    let nobody = "four_eyes = [\"protected\"] #!";
    limits(nobody, "four_eyes", "nobody could confirm");
    for (key, line) in [
        ("confirmers", format!("confirmers = [\"{ID}\"] #!")),
        ("confirmer_group", format!("confirmer_group = \"{ID}\" #!")),
        ("documents", "documents = [\"photo-id\"] #!".to_owned()),
    ] {
        limits(&line, key, "only allowed beside limits.four_eyes");
    }
    let when = "four_eyes = [\"protected\"]";
    let name = format!("{when}\nconfirmers = [\"Miyake\"] #!");
    limits(&name, "confirmers", "an object id is needed");
    let empty = format!("{when}\nconfirmers = [] #!");
    limits(&empty, "confirmers", "at least one object id");
    let group = format!("{when}\nconfirmer_group = \"\" #!");
    limits(&group, "confirmer_group", "an object id is needed");
}

#[test]
fn n26_a_document_is_one_of_the_checks() {
    let when = format!("confirmers = [\"{ID}\"]\nfour_eyes = [\"no_document\"]");
    let unknown = format!("{when}\ndocuments = [\"passport\"] #!");
    limits(&unknown, "documents", "none of identity_check.checks");
    let empty = format!("{when}\ndocuments = [] #!");
    limits(&empty, "documents", "an empty list says nothing");
    let idle = format!(
        "confirmers = [\"{ID}\"]\nfour_eyes = [\"protected\"]\ndocuments = [\"photo-id\"] #!"
    );
    limits(&idle, "documents", "no_document");
}

#[test]
fn n26_four_eyes_that_see_are_taken() {
    for lines in [
        format!("four_eyes = [\"no_document\", \"protected\"]\nconfirmers = [\"{ID}\"]"),
        format!(
            "four_eyes = [\"no_document\"]\ndocuments = [\"photo-id\"]\nconfirmer_group = \"{ID}\""
        ),
    ] {
        let text = sample().replace(LIMIT, &format!("{LIMIT}\n{lines}"));
        let said = check_text(text.as_bytes());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{lines}");
    }
}
