//! The unattended job as it is shipped: its output, its codes, and kills at any point.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use entra_sim::{NewClient, NewUser, Profile, Running, TenantOptions};
use serde_json::{Value, json};

const CLIENT: &str = "7a1c0a52-3b8f-4f0e-8d35-5a3f1b6c9d01";
const UNIT: &str = "roll unit";
const READS: &str = "User.Read.All GroupMember.Read.All Domain.Read.All AuditLog.Read.All \
    UserAuthenticationMethod.Read.All";

struct Site {
    running: Running,
    _runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
    people: Vec<String>,
}

fn person(number: usize) -> NewUser {
    serde_json::from_value(json!({
        "upn": format!("p{number:04}@cablechan.biz"), "display_name": "名簿 太郎", "groups": ["roll"],
        "methods": [{"type": "passkey", "name": "Phone", "os": "ios"}],
    }))
    .unwrap()
}

impl Site {
    fn of(people: usize) -> Self {
        Self::with(people, READS)
    }

    fn with(people: usize, permissions: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key =
            rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
        let key = key.unwrap();
        let certificate = rcgen::CertificateParams::default()
            .self_signed(&key)
            .unwrap()
            .pem();
        let client: NewClient = serde_json::from_value(json!({
            "name": "password job", "client_id": CLIENT, "certificates": [certificate], "roles_over": UNIT,
            "application_permissions": permissions, "roles": ["User Administrator"],
        }))
        .unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let options = TenantOptions {
            profile: Profile {
                users: (0..people).map(person).collect(),
                clients: vec![client],
                ..Profile::default()
            },
            ..TenantOptions::default()
        };
        let running = runtime.block_on(entra_sim::start(options)).unwrap();
        std::fs::write(folder.path().join("job.crt"), certificate).unwrap();
        std::fs::write(folder.path().join("job.key"), key.serialize_pem()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let own = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(folder.path().join("job.key"), own).unwrap();
        }
        let site = Self {
            running,
            _runtime: runtime,
            folder,
            people: (0..people)
                .map(|one| format!("p{one:04}@cablechan.biz"))
                .collect(),
        };
        site.post(
            "units",
            &json!({"display_name": UNIT, "members": site.people}),
        );
        site.configure("");
        site
    }

    fn post(&self, path: &str, body: &Value) {
        let address = format!("{}/{path}", self.running.info.control);
        ureq::post(&address).send_json(body).unwrap();
    }

    fn state(&self) -> Value {
        let address = format!("{}/state", self.running.info.control);
        let mut answer = ureq::get(&address).call().unwrap();
        let text = answer
            .body_mut()
            .with_config()
            .limit(1 << 28)
            .read_to_string();
        serde_json::from_str(&text.unwrap()).unwrap()
    }

    fn passwords(&self) -> BTreeMap<String, String> {
        let state = self.state();
        let users = state["users"].as_array().unwrap().iter();
        let of = |user: &Value| {
            let text = |key: &str| user[key].as_str().unwrap().to_owned();
            (text("upn"), text("password"))
        };
        users
            .map(of)
            .filter(|(upn, _)| self.people.contains(upn))
            .collect()
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("passwords.toml")
    }

    fn configure(&self, more: &str) {
        let info = &self.running.info;
        let state = self.state();
        let groups = state["groups"].as_array().unwrap();
        let roll = groups
            .iter()
            .find(|group| group["display_name"] == "roll")
            .unwrap();
        let path = |name: &str| self.folder.path().join(name);
        let text = format!(
            "[cloud]\nname = \"custom\"\ntenant = \"{}\"\nauthority = \"{}\"\ngraph = \"{}\"\n[passwords]\ngroup = {}\n\
             client_id = \"{CLIENT}\"\ncertificate = {:?}\nkey = {:?}\nlast_run = {:?}\nchanges_per_second = 1000\n{more}\n",
            info.tenant_id,
            info.authority_http,
            info.graph_http,
            roll["id"],
            path("job.crt"),
            path("job.key"),
            path("last-run.json"),
        );
        std::fs::write(self.file(), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchictl"));
        command.arg("--config").arg(self.file());
        command
            .arg("--data-dir")
            .arg(self.folder.path().join("job"));
        command.arg("passwords").args(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// The code and the lines of a run that was left to its end.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
        let output = self.command(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        (output.status.code(), lines.collect())
    }

    /// Begins a run and waits until it said so many lines.
    fn begun(&self, lines: usize) -> Child {
        let mut child = self.command(&["rotate", "--json"]).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let said = out.lines().take(lines).count();
        assert_eq!(said, lines);
        child
    }
}

#[test]
fn a_run_says_a_line_for_each_person_and_one_for_all_n11() {
    let site = Site::of(3);
    let (code, lines) = site.run(&["rotate", "--json"]);
    assert_eq!((code, lines.len()), (Some(0), 4));
    let members: Vec<&String> = lines[0].as_object().unwrap().keys().collect();
    for member in ["user", "upn", "result", "reason", "last_change", "next"] {
        assert!(members.iter().any(|known| *known == member), "{member}");
    }
    assert_eq!(members.len(), 6);
    assert_eq!(lines[3]["summary"]["rotated"], 3);
    let last = std::fs::read_to_string(site.folder.path().join("last-run.json")).unwrap();
    let last: Value = serde_json::from_str(&last).unwrap();
    assert_eq!(
        (&last["result"], &last["rotated"]),
        (&json!("done"), &json!(3))
    );
}

#[test]
fn the_codes_are_those_of_the_guide_n11() {
    let site = Site::of(2);
    let code = |arguments: &[&str]| site.run(arguments).0;
    assert_eq!(code(&["due", "--json"]), Some(0));
    assert_eq!(code(&["rotate", "--limit", "1", "--json"]), Some(3));
    site.post("switches", &json!({"sign_in_down": true}));
    assert_eq!(code(&["rotate", "--json"]), Some(4));
    site.post("switches", &json!({"sign_in_down": false}));
    site.configure("paused = true");
    assert_eq!(code(&["rotate", "--json"]), Some(5));
    site.configure("paused = maybe");
    assert_eq!(
        site.command(&["rotate"]).output().unwrap().status.code(),
        Some(9)
    );
    assert_eq!(
        site.command(&["rotate", "--shard", "3/2"])
            .output()
            .unwrap()
            .status
            .code(),
        Some(2)
    );
    site.configure("");
    let checked = site.command(&["check", "--online"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
}

/// The short form of `cargo xtask bench passwords`: ten kills, each at another point of another run.
#[test]
fn a_run_that_is_killed_is_taken_up_again_n11() {
    let site = Site::of(40);
    let before = site.passwords();
    let mut killed = 0;
    for lines in [1, 2, 3, 4, 2, 5, 1, 3, 2, 4] {
        let mut child = site.begun(lines);
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
    }
    let (code, lines) = site.run(&["rotate", "--json"]);
    assert_eq!(code, Some(0), "{lines:?}");
    let after = site.passwords();
    let unchanged: Vec<&String> = before
        .keys()
        .filter(|upn| before[*upn] == after[*upn])
        .collect();
    assert_eq!(unchanged, Vec::<&String>::new());
    let record = std::fs::read_to_string(site.folder.path().join("job/record.jsonl")).unwrap();
    let asked = record.matches(r#""event":"asked""#).count();
    let changed = record.matches(r#""event":"changed""#).count();
    assert!(
        changed <= site.people.len(),
        "nobody twice whose answer came"
    );
    assert!(
        asked <= site.people.len() + killed,
        "{asked} asked, {changed} answered"
    );
    let (code, lines) = site.run(&["rotate", "--json"]);
    assert_eq!((code, lines.len()), (Some(0), 1), "nobody is left");
    for value in after.values() {
        assert!(!record.contains(value.as_str()));
    }
}

/// Whoever is killed between a change and what the site wants after it has not lost that: the next run does it, and the
/// password stays as it was changed.
#[test]
fn a_kill_between_a_change_and_its_rest_is_taken_up_n11() {
    let site = Site::with(2, &format!("{READS} User.RevokeSessions.All"));
    site.configure("revoke_sessions = true");
    let before = site.passwords();
    let late = json!({
        "method": "POST", "path": "/v1.0/users/{id}/revokeSignInSessions", "fault": "slow", "delay_ms": 60_000,
    });
    site.post("faults", &late);
    let mut child = site.command(&["rotate", "--json"]).spawn().unwrap();
    let ledger = site.folder.path().join("job/ledger.jsonl");
    let rest_open =
        || std::fs::read_to_string(&ledger).is_ok_and(|text| text.contains("changed_rest_open"));
    while !rest_open() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it waits for an answer"
        );
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // It may have been killed before it asked; the next one is not to wait.
    let faults = format!("{}/faults", site.running.info.control);
    ureq::delete(&faults).call().unwrap();
    let killed = site.passwords();
    let changed = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        site.people
            .iter()
            .filter(|upn| one[*upn] != other[*upn])
            .cloned()
            .collect::<Vec<String>>()
    };
    let first = changed(&before, &killed);
    assert_eq!(first.len(), 1, "one was changed, and its rest not done");
    let (code, lines) = site.run(&["rotate", "--json"]);
    assert_eq!(code, Some(0), "{lines:?}");
    let of = |upn: &String| lines.iter().find(|line| line["upn"] == **upn).unwrap();
    assert_eq!(of(&first[0])["reason"], "rest_open");
    let second = changed(&killed, &site.passwords());
    assert_eq!(second.len(), 1, "the other one alone: {second:?}");
    assert_ne!(first, second);
    let record = std::fs::read_to_string(site.folder.path().join("job/record.jsonl")).unwrap();
    assert_eq!(
        record
            .matches(r#""what":"sessions_revoked","done":true"#)
            .count(),
        2
    );
    assert_eq!(
        site.run(&["rotate", "--json"]).1.len(),
        1,
        "nothing is left"
    );
}

/// Whoever checks the job's file as a configuration is told of that file, whoever may read its key.
#[test]
fn config_check_warns_where_no_week_is_left_n11() {
    let site = Site::of(1);
    std::fs::remove_file(site.folder.path().join("job.key")).unwrap();
    let told = || crate::check_text(&std::fs::read(site.file()).unwrap());
    for (more, careful) in [
        ("", false),
        ("every_days = 69", false),
        ("every_days = 70", true),
    ] {
        site.configure(more);
        let said = told();
        assert_eq!(said.code, Some(0), "{more}: {said:?}");
        let warned = said.out.contains("careful: passwords.every_days = 70");
        assert_eq!(warned, careful, "{}", said.out);
        let week = said.out.contains("more than 69 leaves no week");
        assert_eq!(week, careful, "{}", said.out);
    }
    site.configure("every_days = 0");
    let said = told();
    assert_eq!(said.code, Some(9), "{said:?}");
    let why = "passwords.every_days: 1 to 365";
    assert!(said.err.contains(why), "{}", said.err);
    let text = std::fs::read_to_string(site.file()).unwrap();
    let said = crate::check_text(text.replace("client_id", "clientid").as_bytes());
    assert_eq!(said.code, Some(9), "{said:?}");
    assert!(said.err.contains("clientid"), "{}", said.err);
    assert!(!said.err.contains("site"), "no station's: {}", said.err);
}

/// On a terminal a bar goes on to everybody; `script` is one.
#[cfg(target_os = "linux")]
#[test]
fn a_bar_on_a_terminal_counts_everybody_n11() {
    let site = Site::of(3);
    let job = site.command(&["rotate"]);
    let words = std::iter::once(job.get_program()).chain(job.get_args());
    let words: Vec<String> = words
        .map(|word| format!("'{}'", word.to_str().unwrap()))
        .collect();
    let mut command = Command::new("script");
    command.args(["-q", "-e", "-c", &words.join(" "), "/dev/null"]);
    command.env("SHELL", "/bin/sh").stdin(Stdio::null());
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let [one, two, three] = ["1/3", "2/3", "3/3"].map(|part| said.find(part));
    assert!(one.is_some() && one < two && two < three, "{said:?}");
    assert!(
        said.contains(&format!("[{}] 3/3", "#".repeat(30))),
        "{said:?}"
    );
}

/// A key of something else is not kept, and what cannot be kept is told: this machine may have no store.
#[test]
fn a_key_is_tried_before_it_is_kept_s44() {
    let site = Site::of(1);
    let kept = |key: &[u8]| {
        let mut command = site.command(&["keep-key"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), key).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), said)
    };
    let other = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
    for (key, why) in [
        (other.unwrap().serialize_pem(), "not the certificate's"),
        ("no key".to_owned(), "not an unlocked RSA key"),
        (String::new(), "not an unlocked RSA key"),
    ] {
        let (code, said) = kept(key.as_bytes());
        assert_eq!(code, Some(6), "{said}");
        assert!(said.contains(why), "{said}");
    }
}

/// A station has no certificate: its file is not the job's.
#[test]
fn a_certificate_in_a_stations_file_is_an_error_n11() {
    let text = format!(
        "{}\n[passwords]\ncertificate = \"/etc/job.crt\"\n",
        crate::sample()
    );
    let said = crate::check_text(text.as_bytes());
    assert_eq!(said.code, Some(9), "{said:?}");
    assert!(said.err.contains("certificate"), "{}", said.err);
}
