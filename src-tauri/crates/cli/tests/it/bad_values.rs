//! Values that are refused: addresses, ids, numbers, checks, words.

use crate::bad_configs::check;
use crate::{check_text, sample};

/// T8: no configuration sends the operator's token over plain http or to an address that hides its host.
#[test]
fn t8_hostile_addresses() {
    let authority = |address: &str, says: &str| {
        let put = format!(
            "name = \"custom\"\ngraph = \"https://graph.example.com/v1.0\"\nauthority = \"{address}\" #!"
        );
        check("name = \"global\"", &put, "cloud.authority", says);
    };
    authority(
        "http://login.example.com",
        "allowed: https, or http for 127.0.0.1 only",
    );
    authority("http://localhost:4000", "http for 127.0.0.1 only");
    authority("http://127.0.0.1.example.com", "http for 127.0.0.1 only");
    authority("http://2130706433", "http for 127.0.0.1 only");
    authority("http://[::1]:4000", "http for 127.0.0.1 only");
    authority("https://user@login.example.com", "no user name");
    authority(
        "https://login.microsoftonline.com:x@evil.example",
        "no user name",
    );
    authority("https://login.example.com/?tenant=x", "no user name, query");
    authority("https://login.example.com/#x", "fragment");
    authority(
        "https://login.example.com/common",
        "no path is allowed but tenant.id",
    );
    authority("ftp://login.example.com", "allowed: https");
    authority("file:///etc/hosts", "allowed: https");
    authority("login.example.com", "allowed: https");
    let graph = |address: &str, says: &str| {
        let put = format!(
            "name = \"custom\"\nauthority = \"https://login.example.com\"\ngraph = \"{address}\" #!"
        );
        check("name = \"global\"", &put, "cloud.graph", says);
    };
    graph("http://graph.example.com/v1.0", "http for 127.0.0.1 only");
    graph("https://graph.example.com", "https://host/v1.0");
    graph("https://graph.example.com/beta", "https://host/v1.0");
}

#[test]
fn clouds() {
    check(
        "name = \"global\"",
        "name = \"china\" #!",
        "cloud.name",
        "expected one of `global`, `usgov`, `dod`, `custom`",
    );
    check(
        "name = \"global\"",
        "name = \"global\"\nauthority = \"https://login.example.com\" #!",
        "cloud.authority",
        "only allowed when cloud.name is \"custom\"",
    );
    check(
        "name = \"global\"\n",
        "name = \"usgov\"\ngraph = \"https://graph.example.com/v1.0\" #!\n",
        "cloud.graph",
        "only allowed when",
    );
    check(
        "name = \"global\"\n",
        "name = \"custom\"\nauthority = \"https://login.example.com\"\n",
        "cloud.graph",
        "needed when",
    );
    let said = check_text(
        sample()
            .replace(
                "name = \"global\"",
                "name = \"global\"\nca_file = \"no-root.pem\"",
            )
            .as_bytes(),
    );
    assert_eq!(said.code, Some(9));
    assert!(
        said.err
            .starts_with("cloud.ca_file: no-root.pem cannot be read: "),
        "{}",
        said.err
    );
}

#[test]
fn tenants_and_clients() {
    let tenant = |id: &str| {
        let put = format!("[tenant]\nid = \"{id}\" #!");
        let find = "[tenant]\n# Directory (tenant) ID and Application (client) ID of the app registration. See docs/admin-guide.md.\nid = \"00000000-0000-0000-0000-000000000000\"";
        check(
            find,
            &put,
            "tenant.id",
            "a GUID like 00000000-0000-0000-0000-000000000000 is needed",
        );
    };
    tenant("common");
    tenant("organizations");
    tenant("example.onmicrosoft.com");
    tenant("");
    tenant("{00000000-0000-0000-0000-00000000000}");
    tenant("00000000000000000000000000000000");
    check(
        "client_id = \"00000000-0000-0000-0000-000000000000\"",
        "client_id = \"Madoguchi\" #!",
        "tenant.client_id",
        "a GUID",
    );
}

#[test]
fn numbers_out_of_range() {
    let cases = [
        ("limit_s = 300", "sign_in", "29", "30 to 900"),
        ("limit_s = 300", "sign_in", "901", "30 to 900"),
        ("token_minutes_min = 45", "sign_in", "91", "0 to 90"),
        ("required = 1", "identity_check", "0", "1 to 10"),
        ("valid_minutes = 45", "identity_check", "4", "5 to 240"),
        ("valid_minutes = 45", "identity_check", "241", "5 to 240"),
        ("renewals = 2", "identity_check", "6", "0 to 5"),
        ("lifetime_minutes = 30", "pass", "9", "10 to 43200"),
        ("lifetime_minutes = 30", "pass", "43201", "10 to 43200"),
        ("settle_s = 10", "pass", "121", "0 to 120"),
        ("reveal_s = 90", "pass", "9", "10 to 600"),
        ("requests_per_10_s = 5", "live_check", "1", "2 to 100"),
        ("passes_per_hour = 30", "limits", "0", "1 to 10000"),
        ("passes_per_hour = 30", "limits", "10001", "1 to 10000"),
        ("idle_lock_s = 600", "screen", "59", "60 to 7200"),
        ("max_unattended_s = 900", "screen", "7201", "0 to 7200"),
    ];
    for (find, section, bad, allowed) in cases {
        let name = find.split(' ').next().unwrap();
        let says = format!("{bad} is not allowed here; allowed: {allowed}");
        check(
            find,
            &format!("{name} = {bad} #!"),
            &format!("{section}.{name}"),
            &says,
        );
    }
}

#[test]
fn identity_checks() {
    const KEY: &str = "identity_check.checks";
    check(
        "required = 1",
        "required = 5 #!",
        "identity_check.required",
        "more checks are required than the 4 listed",
    );
    let second = "[[identity_check.checks]]\nid = \"photo-id\"";
    let checked = |put: &str, says: &str| check(second, put, KEY, says);
    checked(
        "[[identity_check.checks]] #!\nid = \"staff-card\"",
        "id \"staff-card\" is used twice",
    );
    checked(
        "[[identity_check.checks]] #!\nid = \"passport\"",
        "built in are staff-card, photo-id, vouching, call-back",
    );
    checked(
        "[[identity_check.checks]] #!\nid = \"passport\"\nja = \"旅券\"",
        "in both ja and en",
    );
    checked(
        "[[identity_check.checks]] #!\nid = \"Photo ID\"",
        "small letters, digits and - are allowed",
    );
    checked("[[identity_check.checks]] #!\nid = \"\"", "small letters");
    checked(
        "[[identity_check.checks]] #!\nid = \"badge\"\nja = \"\"\nen = \"Badge\"",
        "1 to 120 characters",
    );
}

#[test]
fn sign_in() {
    check(
        "    \"User.Read.All\",",
        "    \"User Read\", #!",
        "sign_in.scopes",
        "one scope each",
    );
    check(
        "    \"User.Read.All\",",
        "    \"offline_access\", #!",
        "sign_in.scopes",
        "sign_in.refresh decides",
    );
    check(
        "browser = []",
        "browser = [\"\", \"--private\"] #!",
        "sign_in.browser",
        "the first word must be a program",
    );
    check(
        "browser = []",
        "browser = [\"{url}\"] #!",
        "sign_in.browser",
        "the first word must be a program",
    );
}

#[test]
fn words_links_and_domains_of_the_site() {
    check(
        "help_line = \"0776-20-3660\"",
        "help_line = \"\" #!",
        "site.help_line",
        "1 to 40 characters",
    );
    check(
        "help_line = \"0776-20-3660\"",
        "help_line = \"110\\n119\" #!",
        "site.help_line",
        "on one line",
    );
    check(
        "en = \"Systems room\" }",
        "en = \"\" } #!",
        "site.name.en",
        "1 to 40 characters",
    );
    check(
        "test_site = \"https://pwdless-fctv.msappproxy.net/pwdless/\"",
        "test_site = \"http://pwdless.example\" #!",
        "site.test_site",
        "an https address",
    );
    check(
        "ios = \"https://apps.apple.com/app/microsoft-authenticator/id983156458\"",
        "ios = \"javascript:alert(1)\" #!",
        "site.stores.ios",
        "an https address",
    );
    check(
        "en = \"Signing in to Windows itself\" },",
        "en = \" \" }, #!",
        "site.not_used",
        "1 to 120 characters",
    );
    for domain in [
        "fctv",
        "@cablechan.biz",
        "cablechan..biz",
        "-cablechan.biz",
        "cablechan.biz.",
        "ケーブル.jp",
    ] {
        let put = format!("organisation_domain = \"{domain}\" #!");
        check(
            "organisation_domain = \"cablechan.biz\"",
            &put,
            "accounts.organisation_domain",
            "a domain name like example.com",
        );
    }
}

/// N6: what is wrong with a guests' network is said without saying its password.
#[test]
fn n6_guest_networks() {
    let wifi = |lines: &str, key: &str, says: &str| {
        let put = format!("[wifi]\n{lines}\n\n[visits]");
        check("[visits]", &put, key, says);
    };
    wifi(
        "ssid = \"\" #!\nsecurity = \"open\"",
        "wifi.ssid",
        "1 to 32 bytes",
    );
    wifi(
        "ssid = \"Guests\"\npassword = \"seven77\" #!",
        "wifi.password",
        "8 to 63 characters are needed with wpa",
    );
    wifi("ssid = \"Guests\"", "wifi.password", "8 to 63 characters");
    wifi(
        "ssid = \"Guests\"\nsecurity = \"open\"\npassword = \"welcome1\" #!",
        "wifi.password",
        "not allowed when wifi.security is \"open\"",
    );
    wifi(
        "ssid = \"Guests\"\npassword = 12345678 #!",
        "wifi.password",
        "a text in quotation marks",
    );
    wifi(
        "ssid = \"Guests\"\nsecurity = \"wpa9\" #!",
        "wifi.security",
        "expected one of `wpa`, `wep`, `open`",
    );
}

#[test]
fn where_hand_outs_go() {
    let print = |lines: &str, key: &str, says: &str| check("command = []", lines, key, says);
    print(
        "command = [\" \", \"{file}\"] #!",
        "print.command",
        "must be a program",
    );
    print(
        "command = [\"{file}\"] #!",
        "print.command",
        "must be a program",
    );
    print(
        "command = \"lp {file}\" #!",
        "print.command",
        "a list in square brackets",
    );
    check(
        "size = \"A4\"",
        "size = \"A3\" #!",
        "print.size",
        "expected `A4` or `A5`",
    );
    print("folder = \"hand-outs\" #!", "print.folder", "a whole path");
    print(
        "command = [\"lp\"]\nfolder = \"/srv/hand-outs\" #!",
        "print.folder",
        "not allowed beside print.command",
    );
    let kiosk = sample()
        .replace("mode = \"desk\"", "mode = \"kiosk\"")
        .replace("command = []", "folder = \"/srv/hand-outs\"");
    let said = check_text(kiosk.as_bytes()).err;
    assert!(
        said.contains("print.folder: a kiosk saves no files"),
        "{said}"
    );
}

fn network(lines: &str, key: &str, says: &str) {
    check("[network]", &format!("[network]\n{lines} #!"), key, says);
}

#[test]
fn proxies() {
    for address in [
        "proxy.example.com:8080",
        "socks5://proxy.example.com:1080",
        "file:///etc/hosts",
        "http://user:word@proxy.example.com:8080",
        "http://user@proxy.example.com:8080",
        "http://proxy.example.com:8080/path",
        "http://proxy.example.com:8080?a=b",
        "http://proxy.example.com:0",
        "http://proxy.example.com",
        "https://proxy.example.com/",
        "http://proxy.example.com:",
        "http://proxy.example.com:65536",
        "http://proxy.example.com:+80",
        "http://proxy.example.com:8080//",
        "http://proxy.example.com:8080/#",
        "http://proxy.example.com:8080/.",
        "http://@proxy.example.com:8080",
        "http://proxy.exam ple.com:8080",
        "http:proxy.example.com:8080",
        "http:///proxy.example.com:8080",
        " http://proxy.example.com:8080",
        "http://[::1]",
        "http://:8080",
        "http://",
        "",
    ] {
        network(
            &format!("proxy = \"{address}\""),
            "network.proxy",
            "allowed: http://host:port",
        );
    }
}

#[test]
fn hosts_without_the_proxy() {
    network(
        "no_proxy = [\"a.example\"]",
        "network.no_proxy",
        "only allowed beside network.proxy",
    );
    let beside = |hosts: &str| format!("proxy = \"http://p.example:1\"\nno_proxy = [{hosts}]");
    for host in [
        "",
        "a b",
        "a,b",
        "ü.example",
        "*",
        "*.example",
        ".",
        "..example",
        "a..example",
        "example.",
        "a_b.example",
        "a.example:443",
        "https://a.example",
        "a.example/path",
        "[::1]",
        "[fd00::]/8",
        "::1:",
        "fd00::/129",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/255.0.0.0",
        "10.0.0/8",
        "a.example/8",
        "256.0.0.1",
        "10.0.0",
        "10",
        "10.0.0.0x1",
        "10.0.0.1.",
    ] {
        network(
            &beside(&format!("\"{host}\"")),
            "network.no_proxy",
            "one host each",
        );
    }
    let long = "a".repeat(64);
    network(
        &beside(&format!("\"{long}.example\"")),
        "network.no_proxy",
        "one host each",
    );
    let many = vec!["\"a\""; 51].join(",");
    network(&beside(&many), "network.no_proxy", "at most 50");
}

/// T8: what others may write is refused on a kiosk, and said on a desk.
#[cfg(unix)]
#[test]
fn t8_a_file_that_others_may_write_is_refused_on_a_kiosk() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let own = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder.path(), own).unwrap();
    let file = folder.path().join("madoguchi.toml");
    let said = |text: &str, mode: u32| {
        std::fs::write(&file, text).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        crate::run(&["config".as_ref(), "check".as_ref(), file.as_os_str()])
    };
    let desk = sample();
    let kiosk = desk.replacen("mode = \"desk\"", "mode = \"kiosk\"", 1);
    assert_eq!(said(&kiosk, 0o644).code, Some(0));
    let refused = said(&kiosk, 0o666);
    assert_eq!(refused.code, Some(9));
    assert!(
        refused.err.contains("everybody can change"),
        "{}",
        refused.err
    );
    let told = said(&desk, 0o666);
    assert_eq!(told.code, Some(0));
    assert!(
        told.out.contains("careful: everybody can change"),
        "{}",
        told.out
    );
    assert!(!said(&desk, 0o644).out.contains("careful"));
}

/// T8: a pipe, a device or a folder in place of the file is told, and waited for by nobody.
#[cfg(unix)]
#[test]
fn t8_only_a_file_is_taken_for_a_configuration() {
    for path in ["/dev/zero", "/dev/null", "/"] {
        let said = crate::run(&["config", "check", path]);
        assert_eq!(said.code, Some(9), "{path}");
        assert!(said.err.contains("not a file"), "{}", said.err);
    }
}
