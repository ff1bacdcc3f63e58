//! Walk-through A as data: the shipped pack has the guide's 13 rows, and a bad pack says what is wrong.

use onboarding::{Light, Pack, RowKind, RowNeed};

use crate::sample::{self, PACK};

#[test]
fn the_shipped_pack_has_the_thirteen_rows_s25() {
    let pack = sample::pack();
    assert_eq!(pack.numbered(), 13);
    let demands: Vec<_> = pack
        .rows
        .iter()
        .filter(|row| row.number.is_some())
        .map(|row| row.demand.clone())
        .collect();
    assert_eq!(
        demands,
        (1..=13).map(|n| format!("S25.{n}")).collect::<Vec<_>>()
    );
    let row = |number| {
        pack.rows
            .iter()
            .find(|row| row.number == Some(number))
            .unwrap()
    };
    // S25.4 is for some people only, and says so.
    assert!(row(4).condition.is_some());
    assert!(row(5).needs.contains(&RowNeed::SignInName), "S26");
    assert!(
        row(6).needs.contains(&RowNeed::Pass),
        "S24: the pass is in sight now, not before"
    );
    assert!(row(8).needs.contains(&RowNeed::Privacy), "S29");
    assert_eq!(
        (row(9).kind, row(11).kind, row(13).kind),
        (RowKind::Wait, RowKind::Wait, RowKind::Done)
    );
    let lights: Vec<_> = pack.rows.iter().filter_map(|row| row.light).collect();
    assert_eq!(
        lights,
        [
            Light::PassEntered,
            Light::AuthenticatorAdded,
            Light::PhoneSignInReady
        ]
    );
    let needs_pass = pack
        .rows
        .iter()
        .filter(|row| row.needs.contains(&RowNeed::Pass))
        .count();
    assert_eq!(needs_pass, 1);
    assert_eq!(pack.place("install"), Some(0));
    assert!(pack.rows[0].needs.contains(&RowNeed::StoreCodes), "S16");
}

const HEAD: &str =
    "id = \"p\"\nversion = 1\nreading_languages = [\"en\"]\nphone_languages = [\"en\"]\n";

fn row(id: &str, rest: &str, elements: &str) -> String {
    format!(
        "[[rows]]\nid = \"{id}\"\ndemand = \"S25.1\"\n{rest}\n[rows.screen]\nframe = \"app\"\nelements = [{elements}]\n"
    )
}

fn check(rows: &[String], wanted: &str) {
    let text = format!("{HEAD}{}", rows.concat());
    let told = Pack::parse(&text)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(
        told.contains(wanted) && !told.is_empty(),
        "{text}\nsays {told:?}, not {wanted:?}"
    );
}

#[test]
fn a_bad_pack_is_refused_with_its_reason() {
    let target = "{ kind = \"button\", text = \"x\", target = true }";
    let act = |number: u8| format!("kind = \"act\"\ntap = \"x\"\nnumber = {number}");
    assert!(Pack::parse(&format!("{HEAD}{}", row("a", &act(1), target))).is_ok());
    check(&["rows = []\n".into()], "no rows");
    check(
        &[row("a", &act(1), target), row("a", &act(2), target)],
        "row a: its id is used twice",
    );
    check(
        &[row("a", &act(2), target)],
        "row a: its number does not follow the one before",
    );
    check(
        &[row("a", &act(1), target), row("b", &act(1), target)],
        "row b: its number does not follow",
    );
    check(
        &[row("a", &act(1), "")],
        "row a: a row that acts has exactly one target",
    );
    check(
        &[row("a", &act(1), &format!("{target}, {target}"))],
        "exactly one target",
    );
    check(&[row("a", "kind = \"wait\"", target)], "another none");
    check(
        &[row("a", "kind = \"act\"", target)],
        "names the label to tap",
    );
    check(
        &[row("a", "kind = \"wait\"\ntap = \"x\"", "")],
        "names the label to tap",
    );
    check(&[row("a", "kind = \"dance\"", "")], "dance");
    check(
        &[row("a", "kind = \"wait\"\nlight = \"green\"", "")],
        "green",
    );
    check(
        &[row("a", "kind = \"wait\"\nneeds = [\"luck\"]", "")],
        "luck",
    );
    check(
        &[row("a", "kind = \"wait\"\nimage = \"x.png\"", "")],
        "image",
    );
    check(
        &[row("a", "kind = \"wait\"", "{ kind = \"hologram\" }")],
        "hologram",
    );
    check(
        &[format!(
            "colour = \"red\"\n{}",
            row("a", "kind = \"wait\"", "")
        )],
        "colour",
    );
    check(&["rows = 3\n".into()], "rows");
    assert!(Pack::parse(&PACK.replace("version = 1", "version = -1")).is_err());
}
