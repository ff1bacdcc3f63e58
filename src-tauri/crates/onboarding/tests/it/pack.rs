//! The walk-throughs as data: the shipped packs have the guide's rows, and a bad pack says what is wrong.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use desk_world::sample::{self, OTHERS, PACK, PACK_B, PACK_C};
use onboarding::{Light, OtherScreens, Pack, Packs, PhoneOs, Route, Row, RowKind, RowNeed};

#[test]
fn a_has_the_thirteen_rows_s25() {
    let packs = sample::packs().unwrap();
    let pack = packs.of(Route::AddAccount);
    assert_eq!(demands(pack), numbers("S25.", 13));
    // S25.4 is for some people only, and says so.
    assert!(row(pack, 4).condition.is_some());
    assert!(row(pack, 5).needs.contains(&RowNeed::SignInName), "S26");
    assert!(
        row(pack, 6).needs.contains(&RowNeed::Pass),
        "S24: the pass is in sight now, not before"
    );
    assert!(row(pack, 8).needs.contains(&RowNeed::Privacy), "S29");
    assert_eq!(
        (row(pack, 9).kind, row(pack, 11).kind, row(pack, 13).kind),
        (RowKind::Wait, RowKind::Wait, RowKind::Done)
    );
    assert_eq!(
        lights(pack),
        [
            Light::PassEntered,
            Light::AuthenticatorAdded,
            Light::PhoneSignInReady
        ]
    );
    assert_eq!(pack.place("install"), Some(0));
    assert!(pack.rows[0].needs.contains(&RowNeed::StoreCodes), "S16");
}

#[test]
fn b_has_the_ten_rows_s31() {
    let packs = sample::packs().unwrap();
    let pack = packs.of(Route::EnablePhoneSignIn);
    assert_eq!(demands(pack), numbers("S31.", 10));
    // N3: B3 asks for the pass; a password leads back to it.
    let b3 = row(pack, 3);
    assert!(b3.needs.contains(&RowNeed::Pass));
    let back = b3.detours.iter().find(|d| d.screen == "password-asked");
    let back = back.map(|d| (d.back_to.as_str(), d.offers));
    assert_eq!(back, Some(("b3", Some(Route::AddAccount))));
    assert!(row(pack, 4).condition.is_some() && row(pack, 5).condition.is_some());
    assert!(row(pack, 7).needs.contains(&RowNeed::Privacy), "S29");
    assert_eq!(row(pack, 10).kind, RowKind::Done);
    assert_eq!(lights(pack), [Light::PassEntered, Light::PhoneSignInReady]);
}

#[test]
fn c_ends_with_a_passkey() {
    let packs = sample::packs().unwrap();
    let pack = packs.of(Route::CreatePasskey);
    assert_eq!(demands(pack), numbers("C.", 12));
    assert_eq!(lights(pack), [Light::PassEntered, Light::PasskeyReady]);
    assert_eq!(row(pack, 12).kind, RowKind::Done);
    let (ios, android) = (
        row(pack, 8).on(PhoneOs::Ios),
        row(pack, 8).on(PhoneOs::Android),
    );
    assert_eq!(ios.1, Some("autofill-passwords"));
    assert_eq!(android.1, Some("additional-providers"));
    assert_ne!(ios.0, android.0);
}

#[test]
fn every_row_knows_other_screens_and_their_ways_back_n4() {
    let packs = sample::packs().unwrap();
    let mut named = BTreeSet::new();
    for route in Route::ALL {
        let pack = packs.of(route);
        assert_eq!(pack.route, route);
        let needs_pass = pack
            .rows
            .iter()
            .filter(|row| row.needs.contains(&RowNeed::Pass));
        assert_eq!(needs_pass.count(), 1, "{}", pack.id);
        for row in &pack.rows {
            assert!(
                row.detours.len() >= 3,
                "{} {}: a choice of pictures",
                pack.id,
                row.id
            );
            named.extend(row.detours.iter().map(|detour| detour.screen.clone()));
        }
    }
    let others = OtherScreens::parse(OTHERS).unwrap();
    let known: BTreeSet<_> = others.screens.iter().map(|o| o.id.clone()).collect();
    assert_eq!(named, known, "every other screen belongs to some row");
}

#[test]
fn one_pack_for_each_route_is_asked_for() {
    let same = Packs::parse(OTHERS, [PACK, PACK_B, PACK_B]).unwrap_err();
    assert!(same.to_string().contains("CreatePasskey"), "{same}");
    assert!(Packs::parse(OTHERS, [PACK_C, PACK_B, PACK]).is_ok());
}

#[test]
fn the_schemas_for_editors_are_current() {
    let docs = folder("docs");
    let schema = |value: schemars::Schema| format!("{}\n", pretty(&value.to_value()));
    written(
        &docs.join("pack.schema.json"),
        &schema(schemars::schema_for!(Pack)),
    );
    written(
        &docs.join("other-screens.schema.json"),
        &schema(schemars::schema_for!(OtherScreens)),
    );
}

#[test]
fn the_rows_the_page_draws_from_are_current() {
    let packs = sample::packs().unwrap();
    let all: Vec<_> = Route::ALL.iter().map(|route| packs.of(*route)).collect();
    let text = format!("{}\n", pretty(&serde_json::to_value(all).unwrap()));
    written(&folder("ui/src/fixtures").join("packs.json"), &text);
}

const HEAD: &str = "format = 1\nid = \"p\"\nversion = 1\nroute = \"add_account\"\nreading_languages = [\"en\"]\nphone_languages = [\"en\"]\n";

fn text_of(id: &str, rest: &str, elements: &str) -> String {
    format!(
        "[[rows]]\nid = \"{id}\"\ndemand = \"S25.1\"\n{rest}\n[rows.screen]\nframe = \"app\"\nelements = [{elements}]\n"
    )
}

fn read(text: &str) -> Result<Pack, onboarding::PackError> {
    Pack::parse(text, &OtherScreens::parse(OTHERS).unwrap())
}

fn check(rows: &[String], wanted: &str) {
    let text = format!("{HEAD}{}", rows.concat());
    let told = read(&text)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(
        told.contains(wanted) && !told.is_empty(),
        "{text}\nsays {told:?}, not {wanted:?}"
    );
}

/// Rows that do not hold together, and what the refusal says.
type Bad = (Vec<String>, &'static str);

const TARGET: &str = "{ kind = \"button\", text = \"x\", target = true }";

fn act(number: u8) -> String {
    format!("kind = \"act\"\ntap = \"x\"\nnumber = {number}")
}

fn with(more: &str) -> String {
    format!("kind = \"wait\"\n{more}")
}

/// Ids, numbers and targets.
fn bad_numbers() -> Vec<Bad> {
    vec![
        (vec!["rows = []\n".to_owned()], "no rows"),
        (
            vec![text_of("a", &act(1), TARGET), text_of("a", &act(2), TARGET)],
            "row a: its id is used twice",
        ),
        (
            vec![text_of("a", &act(2), TARGET)],
            "row a: its number does not follow the one before",
        ),
        (
            vec![text_of("a", &act(1), TARGET), text_of("b", &act(1), TARGET)],
            "row b: its number does not follow",
        ),
        (
            vec![text_of("a", &act(1), "")],
            "row a: a row that acts has exactly one target",
        ),
        (
            vec![text_of("a", &act(1), &format!("{TARGET}, {TARGET}"))],
            "exactly one target",
        ),
        (vec![text_of("a", &with(""), TARGET)], "another none"),
    ]
}

/// Labels to tap, and lights.
fn bad_labels() -> Vec<Bad> {
    vec![
        (
            vec![text_of("a", "kind = \"act\"", TARGET)],
            "names the label to tap",
        ),
        (
            vec![text_of("a", &with("tap = \"x\""), "")],
            "names the label to tap",
        ),
        (
            vec![text_of("a", "kind = \"act\"\ntap = \"y\"", TARGET)],
            "another label than the one to tap",
        ),
        (
            vec![
                text_of("a", &with("light = \"passkey_ready\""), ""),
                text_of("b", &with("light = \"pass_entered\""), ""),
            ],
            "row b: its light comes before",
        ),
    ]
}

/// Other screens, and the rows they lead back to.
fn bad_detours() -> Vec<Bad> {
    vec![
        (
            vec![text_of(
                "a",
                &with("detours = [{ screen = \"moon\", back_to = \"a\" }]"),
                "",
            )],
            "another screen that nobody knows",
        ),
        (
            vec![text_of(
                "a",
                &with("detours = [{ screen = \"qr-scanner\", back_to = \"z\" }]"),
                "",
            )],
            "back to a row that is not there",
        ),
        (
            vec![text_of(
                "a",
                &with("detours = [{ screen = \"qr-scanner\" }]"),
                "",
            )],
            "back_to",
        ),
        (
            vec![text_of(
                "a",
                &with(
                    "detours = [{ screen = \"qr-scanner\", back_to = \"a\", offers = \"add_account\" }]",
                ),
                "",
            )],
            "the walk-through it is in",
        ),
    ]
}

/// What can be skipped, and words that nobody knows.
fn bad_forms() -> Vec<Bad> {
    vec![
        (
            vec![
                text_of("a", &with(""), ""),
                text_of("b", &with("skip_when = \"app_installed\""), ""),
            ],
            "row b: it can be skipped",
        ),
        (
            vec![text_of("a", &with("skip_when = \"app_installed\""), "")],
            "every row can be skipped",
        ),
        (
            vec![text_of(
                "a",
                &format!("first_start = true\n{}", act(1)),
                TARGET,
            )],
            "has no number and can be skipped",
        ),
        (
            vec![
                text_of("a", &with("stands_for = [\"c\"]"), ""),
                text_of("b", &with(""), ""),
            ],
            "what it stands for does not follow",
        ),
        (
            vec![
                text_of("a", &with("stands_for = [\"b\"]"), ""),
                text_of("b", &with(""), ""),
            ],
            "nothing follows what it stands for",
        ),
        (vec![text_of("a", "kind = \"dance\"", "")], "dance"),
        (vec![text_of("a", &with("light = \"green\""), "")], "green"),
        (vec![text_of("a", &with("needs = [\"luck\"]"), "")], "luck"),
        (vec![text_of("a", &with("image = \"x.png\""), "")], "image"),
        (
            vec![text_of("a", &with(""), "{ kind = \"hologram\" }")],
            "hologram",
        ),
        (
            vec![format!("colour = \"red\"\n{}", text_of("a", &with(""), ""))],
            "colour",
        ),
        (vec!["rows = 3\n".into()], "rows"),
    ]
}

#[test]
fn a_bad_pack_is_refused_with_its_reason() {
    assert!(read(&format!("{HEAD}{}", text_of("a", &act(1), TARGET))).is_ok());
    let bad = [bad_numbers(), bad_labels(), bad_detours(), bad_forms()];
    for (rows, wanted) in bad.into_iter().flatten() {
        check(&rows, wanted);
    }
    for (from, to, wanted) in [
        ("version = ", "version = -", "version"),
        ("format = 1", "format = 9", "reads form 1"),
        ("\"add_account\"", "\"fly\"", "fly"),
        ("frame = \"sheet\"", "frame = \"cloud\"", "cloud"),
    ] {
        assert!(PACK.contains(from), "{from}");
        let told = read(&PACK.replace(from, to)).unwrap_err().to_string();
        assert!(told.contains(wanted), "{told}");
    }
}

#[test]
fn bad_other_screens_are_refused_with_their_reason() {
    for (from, to, wanted) in [
        ("format = 1", "format = 2", "reads form 1"),
        ("id = \"qr-scanner\"", "id = \"first-run\"", "used twice"),
        ("tap = \"unlock\"\n", "", "exactly one target"),
        ("tap = \"unlock\"", "tap = \"ok\"", "another label"),
    ] {
        assert!(OTHERS.contains(from), "{from}");
        let told = OtherScreens::parse(&OTHERS.replace(from, to)).unwrap_err();
        assert!(told.to_string().contains(wanted), "{told}");
    }
}

fn demands(pack: &Pack) -> Vec<String> {
    let numbered = pack.rows.iter().filter(|row| row.number.is_some());
    numbered.map(|row| row.demand.clone()).collect()
}

fn numbers(before: &str, last: u8) -> Vec<String> {
    (1..=last).map(|n| format!("{before}{n}")).collect()
}

fn row(pack: &Pack, number: u8) -> &Row {
    pack.rows
        .iter()
        .find(|row| row.number == Some(number))
        .unwrap()
}

fn lights(pack: &Pack) -> Vec<Light> {
    pack.rows.iter().filter_map(|row| row.light).collect()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .join(name)
}

fn written(kept: &Path, fresh: &str) {
    let same = std::fs::read_to_string(kept).is_ok_and(|text| text == fresh);
    if !same {
        std::fs::write(kept, fresh).unwrap();
    }
    assert!(
        same,
        "{} was out of date and has been written anew: look at the change, then run again",
        kept.display()
    );
}

/// JSON whose keys stand in one order, however the library keeps them.
fn pretty(value: &serde_json::Value) -> String {
    fn sorted(value: &serde_json::Value) -> serde_json::Value {
        use serde_json::Value;
        match value {
            Value::Object(map) => {
                let mut pairs: Vec<_> = map.iter().collect();
                pairs.sort_by_key(|(key, _)| key.as_str());
                let pairs = pairs.into_iter();
                Value::Object(pairs.map(|(k, v)| (k.clone(), sorted(v))).collect())
            }
            Value::Array(list) => Value::Array(list.iter().map(sorted).collect()),
            other => other.clone(),
        }
    }
    serde_json::to_string_pretty(&sorted(value)).unwrap()
}
