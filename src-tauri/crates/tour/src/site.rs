//! The simulated tenant as a program beside us, and the app's configuration for it.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use toml::{Table, Value};
use workplace::{During, Failure, Outcome, Place};

use crate::beside::Beside;
use crate::browse::Account;

/// The line the tenant prints when it serves.
#[derive(Clone, Deserialize)]
pub(crate) struct Info {
    pub(crate) tenant_id: String,
    pub(crate) client_id: String,
    /// The registration for sign-in tests.
    pub(crate) test_client_id: String,
    /// The page that shows whether a sign-in was passwordless.
    pub(crate) test_site: String,
    /// Sign-in over plain http, so that a browser needs no certificate of ours.
    pub(crate) authority_http: String,
    /// Graph over https with a certificate of the tenant's own.
    pub(crate) graph_https: String,
    pub(crate) ca_file: PathBuf,
    pub(crate) phone: String,
    pub(crate) control: String,
    pub(crate) operators: Vec<Account>,
    pub(crate) users: Vec<User>,
}

/// Someone who comes to the counter.
#[derive(Clone, Deserialize)]
pub(crate) struct User {
    pub(crate) upn: String,
    pub(crate) case: String,
}

impl Info {
    /// The operator to demonstrate with.
    pub(crate) fn operator(&self) -> Outcome<&Account> {
        self.operators
            .first()
            .ok_or_else(|| Failure::new("the simulated tenant names no operator"))
    }

    /// Someone of this case, by place among them.
    pub(crate) fn person(&self, case: &str, place: usize) -> Outcome<&User> {
        self.users
            .iter()
            .filter(|user| user.case == case)
            .nth(place)
            .ok_or_else(|| Failure::new(format!("the simulated tenant has nobody of case {case}")))
    }
}

impl User {
    /// What stands before the @: the name used every day.
    pub(crate) fn everyday_name(&self) -> &str {
        self.upn.split('@').next().unwrap_or_default()
    }
}

/// A running tenant; it ends when this is dropped.
pub(crate) struct Tenant {
    pub(crate) info: Info,
    _process: Beside,
}

impl Tenant {
    /// Starts the tenant and waits for its line.
    pub(crate) fn start(place: &Place) -> Outcome<Self> {
        let mut command = Command::new(place.binary("entra-sim"));
        command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = Beside::start("the simulated tenant", &mut command)?;
        let mut line = String::new();
        if let Some(out) = process.child().stdout.take() {
            let mut out = BufReader::new(out);
            out.read_line(&mut line)?;
            // What it may say later must not fill the pipe.
            std::thread::spawn(move || drop(out.read_to_end(&mut Vec::new())));
        }
        let info = serde_json::from_str(&line).during("the line of the simulated tenant")?;
        Ok(Self {
            info,
            _process: process,
        })
    }
}

/// What of the sample is different for one run.
pub(crate) struct Changes<'a> {
    /// Where Graph is reached: the tenant itself, or a relay in front of it.
    pub(crate) graph: &'a str,
    /// The browser command; empty for the system's.
    pub(crate) browser: Vec<String>,
    /// The language both screens begin in.
    pub(crate) lang: &'a str,
    /// Both panes in one window, whatever displays there are.
    pub(crate) beside: bool,
    /// Locked down, as at a reception.
    pub(crate) kiosk: bool,
    /// Every walk-through is offered, whatever the sample takes for done.
    pub(crate) every_walk: bool,
    /// Where hand-outs are saved, if not where the user keeps documents.
    pub(crate) hand_outs: Option<&'a Path>,
    /// What follows the registration; without it there is no test at the station, and passwords stay.
    pub(crate) after: Option<After>,
}

/// What follows the registration at a site that takes passwords out of use.
pub(crate) struct After {
    /// The group of those whose passwords are changed for them.
    pub(crate) group: String,
    /// The browser command of sign-in tests; empty for whichever is found.
    pub(crate) browser: Vec<String>,
    /// Places besides Windows where passwords are used.
    pub(crate) other_uses: &'static [[&'static str; 2]],
    /// Where the job that changes passwords writes how its last run ended.
    pub(crate) last_run: Option<PathBuf>,
}

/// In both languages.
pub(crate) const OTHER_USES: &[[&str; 2]] = &[
    ["社内《しゃない》の Wi-Fi や VPN", "Wi-Fi or VPN at work"],
    [
        "コピー機《き》、ファイル サーバー",
        "A copier or a file server",
    ],
    [
        "パスワードを覚《おぼ》えさせたメール ソフト",
        "A mail program that remembers the password",
    ],
];

/// The sample configuration, pointed at the tenant and written to a file.
pub(crate) fn configure(place: &Place, info: &Info, changes: &Changes, to: &Path) -> Outcome<()> {
    const SAMPLE: &str = "docs/madoguchi.sample.toml";
    let sample = fs::read_to_string(place.root.join(SAMPLE)).during(SAMPLE)?;
    let table = configured(&sample, info, changes).during(SAMPLE)?;
    write_own(to, &toml::to_string(&table)?)
}

/// The same site once it serves callers, and mails them what they need, the pass as well, to this domain, and asks for
/// more rights.
pub(crate) fn mails_callers(config: &Path, domain: &str, scopes: &[&str]) -> Outcome<()> {
    let mut table: Table = toml::from_str(&fs::read_to_string(config)?)?;
    let asked = table
        .get_mut("sign_in")
        .and_then(|table| table.get_mut("scopes"));
    if let Some(asked) = asked.and_then(Value::as_array_mut) {
        asked.extend(
            scopes
                .iter()
                .map(|scope| Value::String((*scope).to_owned())),
        );
    }
    let domains = vec![Value::String(domain.to_owned())];
    let notice = [
        ("carries_pass", Value::Boolean(true)),
        ("domains", Value::Array(domains)),
    ];
    let notice = notice.map(|(key, value)| (key.to_owned(), value));
    table.insert("telephone".to_owned(), Value::Table(Table::new()));
    table.insert("notice".to_owned(), Value::Table(Table::from_iter(notice)));
    write_own(config, &toml::to_string(&table)?)
}

/// The same site once it serves callers, as little as that takes.
pub(crate) fn serves_callers(config: &Path) -> Outcome<()> {
    let mut table: Table = toml::from_str(&fs::read_to_string(config)?)?;
    table.insert("telephone".to_owned(), Value::Table(Table::new()));
    write_own(config, &toml::to_string(&table)?)
}

/// Writes a file of a run's own folder that nobody else may change, whatever the umask says: a kiosk takes no other
/// configuration.
fn write_own(to: &Path, text: &str) -> Outcome<()> {
    fs::write(to, text)?;
    if let Some(folder) = to.parent() {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(fs::set_permissions(to, fs::Permissions::from_mode(0o600))?)
}

fn configured(sample: &str, info: &Info, changes: &Changes) -> Outcome<Table> {
    let mut table: Table = toml::from_str(sample)?;
    let text = |text: &str| Value::String(text.to_owned());
    let ca_file = info.ca_file.display().to_string();
    let cloud = [
        ("name", "custom"),
        ("authority", info.authority_http.as_str()),
        ("graph", changes.graph),
        ("ca_file", ca_file.as_str()),
    ];
    let cloud = cloud.map(|(key, value)| (key.to_owned(), text(value)));
    table.insert("cloud".to_owned(), Value::Table(Table::from_iter(cloud)));
    put(&mut table, "tenant", "id", text(&info.tenant_id));
    put(&mut table, "tenant", "client_id", text(&info.client_id));
    let browser = changes.browser.iter().map(|word| text(word)).collect();
    put(&mut table, "sign_in", "browser", Value::Array(browser));
    put(&mut table, "language", "operator", text(changes.lang));
    put(&mut table, "language", "person", text(changes.lang));
    if changes.kiosk {
        table.insert("mode".to_owned(), text("kiosk"));
    }
    if let Some(folder) = changes.hand_outs {
        put(
            &mut table,
            "print",
            "folder",
            text(&folder.to_string_lossy()),
        );
    }
    if changes.every_walk {
        put(&mut table, "live_check", "done", text("either"));
    }
    if changes.beside {
        put(&mut table, "screen", "person", text("beside"));
    }
    if let Some(after) = &changes.after {
        followed(&mut table, info, after);
    }
    Ok(table)
}

fn followed(table: &mut Table, info: &Info, after: &After) {
    let text = |text: &str| Value::String(text.to_owned());
    let both = |[ja, en]: [&str; 2]| {
        let words = [("ja", ja), ("en", en)];
        let words = words.map(|(lang, word)| (lang.to_owned(), text(word)));
        Value::Table(Table::from_iter(words))
    };
    put(table, "test", "client_id", text(&info.test_client_id));
    let browser = after.browser.iter().map(|word| text(word)).collect();
    put(table, "test", "browser", Value::Array(browser));
    put(table, "passwords", "group", text(&after.group));
    let uses = after.other_uses.iter().map(|uses| both(*uses)).collect();
    put(table, "passwords", "other_uses", Value::Array(uses));
    if let Some(file) = &after.last_run {
        put(
            table,
            "passwords",
            "last_run",
            text(&file.to_string_lossy()),
        );
    }
    put(table, "site", "test_site", text(&info.test_site));
    let hours = ["平日《へいじつ》 9:00–17:00", "weekdays 9:00–17:00"];
    put(table, "site", "help_hours", both(hours));
    let closed = [
        "翌営業日《よくえいぎょうび》にご連絡《れんらく》ください",
        "call on the next working day",
    ];
    put(table, "site", "after_hours", both(closed));
}

fn put(table: &mut Table, section: &str, key: &str, value: Value) {
    let section = table
        .entry(section)
        .or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(section) = section {
        section.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> Info {
        Info {
            tenant_id: "t".to_owned(),
            client_id: "c".to_owned(),
            test_client_id: "d".to_owned(),
            test_site: "http://127.0.0.1:1/test".to_owned(),
            authority_http: "http://127.0.0.1:1/t".to_owned(),
            graph_https: "https://127.0.0.1:2/v1.0".to_owned(),
            ca_file: PathBuf::from("ca.pem"),
            phone: String::new(),
            control: String::new(),
            operators: Vec::new(),
            users: ["plain", "protected", "plain"]
                .iter()
                .enumerate()
                .map(|(n, case)| User {
                    upn: format!("u{n}@x.example"),
                    case: (*case).to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn the_sample_is_pointed_at_the_tenant_and_else_kept() {
        let sample = "mode = \"desk\"\n[cloud]\nname = \"global\"\n[pass]\nlifetime_minutes = 30\n";
        let changes = Changes {
            graph: "https://127.0.0.1:9/v1.0",
            browser: vec!["b".to_owned(), "{url}".to_owned()],
            lang: "en",
            beside: true,
            kiosk: true,
            every_walk: true,
            hand_outs: Some(Path::new("/p")),
            after: Some(After {
                group: "g".to_owned(),
                browser: vec!["v".to_owned()],
                other_uses: &[["w", "x"]],
                last_run: Some(PathBuf::from("/r")),
            }),
        };
        let table = configured(sample, &info(), &changes).unwrap();
        let expected: Table = toml::from_str(
            "mode = \"kiosk\"\n[cloud]\nname = \"custom\"\nauthority = \"http://127.0.0.1:1/t\"\n\
             graph = \"https://127.0.0.1:9/v1.0\"\nca_file = \"ca.pem\"\n\
             [pass]\nlifetime_minutes = 30\n[tenant]\nid = \"t\"\nclient_id = \"c\"\n\
             [sign_in]\nbrowser = [\"b\", \"{url}\"]\n[language]\noperator = \"en\"\nperson = \"en\"\n\
             [live_check]\ndone = \"either\"\n\
             [screen]\nperson = \"beside\"\n[print]\nfolder = \"/p\"\n\
             [test]\nclient_id = \"d\"\nbrowser = [\"v\"]\n\
             [passwords]\ngroup = \"g\"\nother_uses = [{ ja = \"w\", en = \"x\" }]\nlast_run = \"/r\"\n\
             [site]\ntest_site = \"http://127.0.0.1:1/test\"\n\
             help_hours = { ja = \"平日《へいじつ》 9:00–17:00\", en = \"weekdays 9:00–17:00\" }\n\
             after_hours = { ja = \"翌営業日《よくえいぎょうび》にご連絡《れんらく》ください\", en = \"call on the next working day\" }\n",
        )
        .unwrap();
        assert_eq!(table, expected);
    }

    /// T8: a kiosk would refuse it otherwise.
    #[test]
    fn a_configuration_is_written_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("madoguchi.toml");
        fs::write(&file, "").unwrap();
        for before in [0o664, 0o666, 0o600] {
            fs::set_permissions(&file, fs::Permissions::from_mode(before)).unwrap();
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o775)).unwrap();
            write_own(&file, "mode = \"kiosk\"\n").unwrap();
            for (path, own) in [(file.as_path(), 0o600), (folder.path(), 0o700)] {
                let mode = fs::metadata(path).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, own, "{before:o}");
            }
        }
    }

    #[test]
    fn people_are_found_by_case_and_place() {
        let info = info();
        assert_eq!(info.person("plain", 1).unwrap().everyday_name(), "u2");
        assert!(info.person("disabled", 0).is_err());
        assert!(info.operator().is_err());
    }
}
