//! Every kind of mistake is refused with its line, its key and what is allowed.

use crate::{check_text, sample};

/// Marks the line the complaint must name.
const WRONG: &str = "#!";

/// Puts `put` in the place of `find` in the sample; the complaint must name `key`, what `says` says, and the
/// marked line, or that of the key's section where none is marked.
#[track_caller]
pub(crate) fn check(find: &str, put: &str, key: &str, says: &str) {
    let sample = sample();
    assert_eq!(
        sample.matches(find).count(),
        1,
        "{find:?} must stand once in the sample"
    );
    let text = sample.replace(find, put);
    let said = check_text(text.as_bytes());
    let section = key
        .split_once('.')
        .map(|(section, _)| format!("[{section}]"));
    let marked = text.lines().position(|line| line.contains(WRONG));
    let place = marked.or_else(|| {
        text.lines()
            .position(|line| Some(line) == section.as_deref())
    });
    let complaint = match place {
        Some(place) => format!("line {}: {key}: ", place + 1),
        None => format!("{key}: "),
    };
    let found = said
        .err
        .lines()
        .any(|line| line.starts_with(&complaint) && line.contains(says));
    assert!(
        found,
        "{put:?} must be refused with {complaint:?} and {says:?}, but was told:\n{}",
        said.err
    );
    assert_eq!((said.code, said.out.as_str()), (Some(9), ""), "{put:?}");
}

#[test]
fn keys_and_sections() {
    check(
        "mode = \"desk\"",
        "mode = \"desk\"\nmodus = 1 #!",
        "modus",
        "unknown field `modus`, expected one of `mode`, `cloud`",
    );
    check(
        "settle_s = 10",
        "settle = 10 #!",
        "pass.settle",
        "expected one of `lifetime_minutes`",
    );
    check("[visits]", "[visit] #!", "visit", "unknown field `visit`");
    check(
        "reveal_s = 90",
        "reveal_s = 90\nreveal_s = 60 #!",
        "pass.reveal_s",
        "duplicate key",
    );
    check("[visits]", "[pass] #!", "pass", "duplicate key");
    check(
        "partner_domain = \"cable.fukui.jp\"",
        "partner = \"cable.fukui.jp\" #!",
        "accounts.partner",
        "expected `organisation_domain` or `partner_domain`",
    );
    check(
        "[accounts]",
        "[others] #!\na = 1\n[accounts]",
        "others",
        "unknown field `others`",
    );
}

#[test]
fn what_is_missing() {
    check(
        "name = \"global\"\n",
        "",
        "cloud.name",
        "missing, but needed; `global`",
    );
    check(
        "id = \"00000000-0000-0000-0000-000000000000\"\nclient_id = \"00000000-0000-0000-0000-000000000000\"",
        "",
        "tenant.id",
        "missing",
    );
    check(
        "test_site = \"https://pwdless-fctv.msappproxy.net/pwdless/\"\n",
        "",
        "site.test_site",
        "an https address",
    );
    check(
        "[[identity_check.checks]]\nid = \"photo-id\"",
        "[[identity_check.checks]] #!",
        "identity_check.checks.id",
        "small letters",
    );
    check(
        "name = { ja = \"システム室《しつ》\", en = \"Systems room\" }",
        "name = { ja = \"システム室《しつ》\" } #!",
        "site.name.en",
        "missing",
    );
    let (before, after) = split_out("[accounts]", "[language]");
    let said = check_text(format!("{before}{after}").as_bytes());
    assert_eq!(said.code, Some(9));
    assert!(
        said.err
            .starts_with("accounts: missing, but needed; The two domains"),
        "{}",
        said.err
    );
}

/// The sample without everything from one header up to another.
fn split_out(from: &str, to: &str) -> (String, String) {
    let sample = sample();
    let (before, rest) = sample.split_once(from).unwrap();
    (before.to_owned(), rest[rest.find(to).unwrap()..].to_owned())
}

#[test]
fn types() {
    check(
        "lifetime_minutes = 30",
        "lifetime_minutes = \"thirty\" #!",
        "pass.lifetime_minutes",
        "a whole number from 0 on; 10 to 43200",
    );
    check(
        "lifetime_minutes = 30",
        "lifetime_minutes = 30.5 #!",
        "pass.lifetime_minutes",
        "a whole number from 0 on; 10 to 43200",
    );
    check(
        "settle_s = 10",
        "settle_s = -1 #!",
        "pass.settle_s",
        "0 to 120",
    );
    check(
        "renewals = 2",
        "renewals = 300 #!",
        "identity_check.renewals",
        "0 to 5",
    );
    check(
        "once = true",
        "once = \"yes\" #!",
        "pass.once",
        "expected true or false",
    );
    check(
        "browser = []",
        "browser = \"firefox\" #!",
        "sign_in.browser",
        "a list in square brackets",
    );
    check(
        "help_line = \"0776-20-3660\"",
        "help_line = 0776 #!",
        "site.help_line",
        "",
    );
    check(
        "help_line = \"0776-20-3660\"",
        "help_line = 110 #!",
        "site.help_line",
        "a text in quotation marks; Telephone number",
    );
}

#[test]
fn the_operators_help_line_is_a_text_of_its_own() {
    check(
        "help_line = \"0776-20-3660\"",
        "help_line = \"0776-20-3660\"\noperator_help_line = 7 #!",
        "site.operator_help_line",
        "a text in quotation marks",
    );
    check(
        "help_line = \"0776-20-3660\"",
        "help_line = \"0776-20-3660\"\noperator_help_line = \" \" #!",
        "site.operator_help_line",
        "1 to 40 characters",
    );
}

#[test]
fn words_that_are_none_of_the_allowed_ones() {
    check(
        "mode = \"desk\"",
        "mode = \"Kiosk\" #!",
        "mode",
        "expected `kiosk` or `desk`",
    );
    check(
        "refresh = \"memory\"",
        "refresh = \"disk\" #!",
        "sign_in.refresh",
        "expected `memory` or `none`",
    );
    check(
        "person = \"ja\"",
        "person = \"fr\" #!",
        "language.person",
        "expected one of `ja`, `ja_easy`, `en`",
    );
    check(
        "done = \"phone_sign_in\"",
        "done = \"push\" #!",
        "live_check.done",
        "expected one of `either`, `phone_sign_in`, `passkey`",
    );
    check(
        "scopes = \"wide\"",
        "scopes = \"thin\" #!",
        "live_check.scopes",
        "expected `wide` or `narrow`",
    );
    for bad in ["new", "6.", "6.8.47.1.2", "-1", ""] {
        check(
            "old_apps = [\n",
            &format!("old_apps = [ #!\n  {{ from = \"6.0\", before = \"{bad}\" }},\n"),
            "live_check.old_apps",
            "is not a version",
        );
    }
    check(
        "redirect = \"localhost\"",
        "redirect = \"http://localhost\" #!",
        "sign_in.redirect",
        "expected `localhost` or `127.0.0.1`",
    );
    check(
        "    { ja = \"Windows へのサインイン\", en = \"Signing in to Windows itself\" },",
        "    { ja = \"Windows へのサインイン\", fr = \"Windows\" }, #!",
        "site.not_used.fr",
        "unknown field `fr`, expected `ja` or `en`",
    );
}

#[test]
fn what_is_no_toml_at_all() {
    check("mode = \"desk\"", "mode = \"desk #!", "mode", "");
    check("limit_s = 300", "limit_s 300 #!", "sign_in.limit_s", "");
    check("[screen]", "[screen #!", "screen", "");
    let said = check_text(b"mode = \"\xff\"\n");
    assert_eq!(said.code, Some(9));
    assert!(said.err.starts_with("cannot be read: "), "{}", said.err);
    let said = check_text(b"");
    assert_eq!(said.code, Some(9));
    assert!(
        said.err.starts_with("cloud: missing, but needed; "),
        "{}",
        said.err
    );
}

/// All mistakes of one file are told at once, not one at a time.
#[test]
fn several_mistakes_are_all_told() {
    let text = sample()
        .replace("limit_s = 300", "limit_s = 1")
        .replace("# max = 5", "max = 99")
        .replace("required = 1", "required = 0");
    let said = check_text(text.as_bytes());
    assert_eq!(said.code, Some(9));
    let keys: Vec<_> = said
        .err
        .lines()
        .filter_map(|line| line.split(": ").nth(1))
        .collect();
    assert_eq!(
        keys,
        ["sign_in.limit_s", "identity_check.required", "visits.max"]
    );
}

/// A file that nobody trusts yet is looked at on a terminal: what it names stays text.
#[test]
fn t8_a_key_moves_and_hides_nothing_on_the_terminal() {
    for hostile in [
        r"\u001b[2J\u001b[Hgood\u001b[8m",
        r"\u001b]52;c;eA==\u0007",
        r"a\nb: good",
        r"\u202egood",
    ] {
        let text = format!("{}\n[\"{hostile}\"]\n", sample());
        let said = check_text(text.as_bytes());
        assert_eq!(said.code, Some(9), "{hostile}");
        let moves = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!said.err.contains(moves), "{:?}", said.err);
        assert!(!said.err.contains("\nb: good"), "{:?}", said.err);
    }
}
