//! Every kind of mistake is refused with its line, its key and what is allowed.

use crate::{check_text, sample};

/// Marks the line the complaint must name.
const WRONG: &str = "#!";

/// Puts `put` in the place of `find` in the sample; the complaint must name `key`, what `says` says, and the
/// marked line, or that of the key's section where none is marked.
#[track_caller]
fn check(find: &str, put: &str, key: &str, says: &str) {
    let sample = sample();
    assert_eq!(sample.matches(find).count(), 1, "{find:?} must stand once in the sample");
    let text = sample.replace(find, put);
    let said = check_text(text.as_bytes());
    let section = key.split_once('.').map(|(section, _)| format!("[{section}]"));
    let marked = text.lines().position(|line| line.contains(WRONG));
    let place = marked.or_else(|| text.lines().position(|line| Some(line) == section.as_deref()));
    let complaint = match place {
        Some(place) => format!("line {}: {key}: ", place + 1),
        None => format!("{key}: "),
    };
    let found = said.err.lines().any(|line| line.starts_with(&complaint) && line.contains(says));
    assert!(found, "{put:?} must be refused with {complaint:?} and {says:?}, but was told:\n{}", said.err);
    assert_eq!((said.code, said.out.as_str()), (Some(9), ""), "{put:?}");
}

#[test]
fn keys_and_sections() {
    check("mode = \"desk\"", "mode = \"desk\"\nmodus = 1 #!", "modus", "unknown field `modus`, expected one of `mode`, `cloud`");
    check("settle_s = 10", "settle = 10 #!", "pass.settle", "expected one of `lifetime_minutes`");
    check("[visits]", "[visit] #!", "visit", "unknown field `visit`");
    check("reveal_s = 90", "reveal_s = 90\nreveal_s = 60 #!", "pass.reveal_s", "duplicate key");
    check("[visits]", "[pass] #!", "pass", "duplicate key");
    check("partner_domain = \"cable.fukui.jp\"", "partner = \"cable.fukui.jp\" #!", "accounts.partner", "expected `organisation_domain` or `partner_domain`");
    check("[accounts]", "[others] #!\na = 1\n[accounts]", "others", "unknown field `others`");
}

#[test]
fn what_is_missing() {
    check("name = \"global\"\n", "", "cloud.name", "missing, but needed; `global`");
    check("id = \"00000000-0000-0000-0000-000000000000\"\nclient_id = \"00000000-0000-0000-0000-000000000000\"", "", "tenant.id", "missing");
    check("test_site = \"https://pwdless-fctv.msappproxy.net/pwdless/\"\n", "", "site.test_site", "an https address");
    check("[[identity_check.checks]]\nid = \"photo-id\"", "[[identity_check.checks]] #!", "identity_check.checks.id", "small letters");
    check("name = { ja = \"システム室\", en = \"Systems room\" }", "name = { ja = \"システム室\" } #!", "site.name.en", "missing");
    let (before, after) = split_out("[accounts]", "[language]");
    let said = check_text(format!("{before}{after}").as_bytes());
    assert_eq!(said.code, Some(9));
    assert!(said.err.starts_with("accounts: missing, but needed; The two domains"), "{}", said.err);
}

/// The sample without everything from one header up to another.
fn split_out(from: &str, to: &str) -> (String, String) {
    let sample = sample();
    let (before, rest) = sample.split_once(from).unwrap();
    (before.to_owned(), rest[rest.find(to).unwrap()..].to_owned())
}

#[test]
fn types() {
    check("lifetime_minutes = 30", "lifetime_minutes = \"thirty\" #!", "pass.lifetime_minutes", "a whole number from 0 on; 10 to 43200");
    check("lifetime_minutes = 30", "lifetime_minutes = 30.5 #!", "pass.lifetime_minutes", "a whole number from 0 on; 10 to 43200");
    check("settle_s = 10", "settle_s = -1 #!", "pass.settle_s", "0 to 120");
    check("renewals = 2", "renewals = 300 #!", "identity_check.renewals", "0 to 5");
    check("once = true", "once = \"yes\" #!", "pass.once", "expected true or false");
    check("browser = []", "browser = \"firefox\" #!", "sign_in.browser", "a list in square brackets");
    check("help_line = \"0776-20-3660\"", "help_line = 0776 #!", "site.help_line", "");
    check("help_line = \"0776-20-3660\"", "help_line = 110 #!", "site.help_line", "a text in quotation marks; Telephone number");
    check("mode = \"desk\"", "mode = \"Kiosk\" #!", "mode", "expected `kiosk` or `desk`");
    check("refresh = \"memory\"", "refresh = \"disk\" #!", "sign_in.refresh", "expected `memory` or `none`");
    check("person = \"ja\"", "person = \"fr\" #!", "language.person", "expected one of `ja`, `en`");
    check("done = \"phone_sign_in\"", "done = \"push\" #!", "live_check.done", "expected one of `either`, `phone_sign_in`, `passkey`");
    check("redirect = \"localhost\"", "redirect = \"http://localhost\" #!", "sign_in.redirect", "expected `localhost` or `127.0.0.1`");
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
    assert!(said.err.starts_with("cloud: missing, but needed; "), "{}", said.err);
}

/// T8: no configuration sends the operator's token over plain http or to an address that hides its host.
#[test]
fn t8_hostile_addresses() {
    let authority = |address: &str, says: &str| {
        let put = format!("name = \"custom\"\ngraph = \"https://graph.example.com/v1.0\"\nauthority = \"{address}\" #!");
        check("name = \"global\"", &put, "cloud.authority", says);
    };
    authority("http://login.example.com", "allowed: https, or http for 127.0.0.1 only");
    authority("http://localhost:4000", "http for 127.0.0.1 only");
    authority("http://127.0.0.1.example.com", "http for 127.0.0.1 only");
    authority("http://2130706433", "http for 127.0.0.1 only");
    authority("http://[::1]:4000", "http for 127.0.0.1 only");
    authority("https://user@login.example.com", "no user name");
    authority("https://login.microsoftonline.com:x@evil.example", "no user name");
    authority("https://login.example.com/?tenant=x", "no user name, query");
    authority("https://login.example.com/#x", "fragment");
    authority("https://login.example.com/common", "no path is allowed but tenant.id");
    authority("ftp://login.example.com", "allowed: https");
    authority("file:///etc/hosts", "allowed: https");
    authority("login.example.com", "allowed: https");
    let graph = |address: &str, says: &str| {
        let put = format!("name = \"custom\"\nauthority = \"https://login.example.com\"\ngraph = \"{address}\" #!");
        check("name = \"global\"", &put, "cloud.graph", says);
    };
    graph("http://graph.example.com/v1.0", "http for 127.0.0.1 only");
    graph("https://graph.example.com", "https://host/v1.0");
    graph("https://graph.example.com/beta", "https://host/v1.0");
}

#[test]
fn clouds_and_tenant() {
    check("name = \"global\"", "name = \"china\" #!", "cloud.name", "expected one of `global`, `usgov`, `dod`, `custom`");
    check("name = \"global\"", "name = \"global\"\nauthority = \"https://login.example.com\" #!", "cloud.authority", "only allowed when cloud.name is \"custom\"");
    check("name = \"global\"\n", "name = \"usgov\"\ngraph = \"https://graph.example.com/v1.0\" #!\n", "cloud.graph", "only allowed when");
    check("name = \"global\"\n", "name = \"custom\"\nauthority = \"https://login.example.com\"\n", "cloud.graph", "needed when");
    let said = check_text(sample().replace("name = \"global\"", "name = \"global\"\nca_file = \"no-root.pem\"").as_bytes());
    assert_eq!(said.code, Some(9));
    assert!(said.err.starts_with("cloud.ca_file: no-root.pem cannot be read: "), "{}", said.err);
    let tenant = |id: &str| {
        let put = format!("[tenant]\nid = \"{id}\" #!");
        let find = "[tenant]\n# Directory (tenant) ID and Application (client) ID of the app registration. See docs/admin-guide.md.\nid = \"00000000-0000-0000-0000-000000000000\"";
        check(find, &put, "tenant.id", "a GUID like 00000000-0000-0000-0000-000000000000 is needed");
    };
    tenant("common");
    tenant("organizations");
    tenant("example.onmicrosoft.com");
    tenant("");
    tenant("{00000000-0000-0000-0000-00000000000}");
    tenant("00000000000000000000000000000000");
    check("client_id = \"00000000-0000-0000-0000-000000000000\"", "client_id = \"Madoguchi\" #!", "tenant.client_id", "a GUID");
}

#[test]
fn numbers_out_of_range() {
    let number = |find: &str, name: &str, section: &str, bad: &str, allowed: &str| {
        let put = format!("{name} = {bad} #!");
        check(find, &put, &format!("{section}.{name}"), &format!("{bad} is not allowed here; allowed: {allowed}"));
    };
    number("limit_s = 300", "limit_s", "sign_in", "29", "30 to 900");
    number("limit_s = 300", "limit_s", "sign_in", "901", "30 to 900");
    number("token_minutes_min = 45", "token_minutes_min", "sign_in", "91", "0 to 90");
    number("required = 1", "required", "identity_check", "0", "1 to 10");
    number("valid_minutes = 45", "valid_minutes", "identity_check", "4", "5 to 240");
    number("valid_minutes = 45", "valid_minutes", "identity_check", "241", "5 to 240");
    number("renewals = 2", "renewals", "identity_check", "6", "0 to 5");
    number("lifetime_minutes = 30", "lifetime_minutes", "pass", "9", "10 to 43200");
    number("lifetime_minutes = 30", "lifetime_minutes", "pass", "43201", "10 to 43200");
    number("settle_s = 10", "settle_s", "pass", "121", "0 to 120");
    number("reveal_s = 90", "reveal_s", "pass", "9", "10 to 600");
    number("requests_per_10_s = 5", "requests_per_10_s", "live_check", "1", "2 to 100");
    number("max = 1", "max", "visits", "2", "only 1");
    number("idle_lock_s = 600", "idle_lock_s", "screen", "59", "60 to 7200");
}

#[test]
fn identity_checks() {
    const KEY: &str = "identity_check.checks";
    check("required = 1", "required = 5 #!", "identity_check.required", "more checks are required than the 4 listed");
    let second = "[[identity_check.checks]]\nid = \"photo-id\"";
    let checked = |put: &str, says: &str| check(second, put, KEY, says);
    checked("[[identity_check.checks]] #!\nid = \"staff-card\"", "id \"staff-card\" is used twice");
    checked("[[identity_check.checks]] #!\nid = \"passport\"", "built in are staff-card, photo-id, vouching, call-back");
    checked("[[identity_check.checks]] #!\nid = \"passport\"\nja = \"旅券\"", "in both ja and en");
    checked("[[identity_check.checks]] #!\nid = \"Photo ID\"", "small letters, digits and - are allowed");
    checked("[[identity_check.checks]] #!\nid = \"\"", "small letters");
    checked("[[identity_check.checks]] #!\nid = \"badge\"\nja = \"\"\nen = \"Badge\"", "1 to 120 characters");
}

#[test]
fn sign_in_and_site() {
    check("    \"User.Read.All\",", "    \"User Read\", #!", "sign_in.scopes", "one scope each");
    check("    \"User.Read.All\",", "    \"offline_access\", #!", "sign_in.scopes", "sign_in.refresh decides");
    check("browser = []", "browser = [\"\", \"--private\"] #!", "sign_in.browser", "the first word must be a program");
    check("browser = []", "browser = [\"{url}\"] #!", "sign_in.browser", "the first word must be a program");
    check("help_line = \"0776-20-3660\"", "help_line = \"\" #!", "site.help_line", "1 to 40 characters");
    check("help_line = \"0776-20-3660\"", "help_line = \"110\\n119\" #!", "site.help_line", "on one line");
    check("en = \"Systems room\" }", "en = \"\" } #!", "site.name.en", "1 to 40 characters");
    check("test_site = \"https://pwdless-fctv.msappproxy.net/pwdless/\"", "test_site = \"http://pwdless.example\" #!", "site.test_site", "an https address");
    check("ios = \"https://apps.apple.com/app/microsoft-authenticator/id983156458\"", "ios = \"javascript:alert(1)\" #!", "site.stores.ios", "an https address");
    check("en = \"Signing in to Windows itself\" },", "en = \" \" }, #!", "site.not_used", "1 to 120 characters");
    for domain in ["fctv", "@cablechan.biz", "cablechan..biz", "-cablechan.biz", "cablechan.biz.", "ケーブル.jp"] {
        let put = format!("organisation_domain = \"{domain}\" #!");
        check("organisation_domain = \"cablechan.biz\"", &put, "accounts.organisation_domain", "a domain name like example.com");
    }
}

/// All mistakes of one file are told at once, not one at a time.
#[test]
fn several_mistakes_are_all_told() {
    let text = sample()
        .replace("limit_s = 300", "limit_s = 1")
        .replace("max = 1", "max = 9")
        .replace("required = 1", "required = 0");
    let said = check_text(text.as_bytes());
    assert_eq!(said.code, Some(9));
    let keys: Vec<_> = said.err.lines().filter_map(|line| line.split(": ").nth(1)).collect();
    assert_eq!(keys, ["sign_in.limit_s", "identity_check.required", "visits.max"]);
}
