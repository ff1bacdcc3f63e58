//! People synchronised from on premises: an operator signs in for a run at a desk, over HTTP (S43, S44, N11).

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};

use entra_sim::{NewUser, Profile, Running, TenantOptions};
use headless_browser::Answers;
use serde_json::{Value, json};

use crate::sample;

const SCOPES: &str = "openid profile offline_access User.Read UserAuthMethod-TAP.ReadWrite.All \
    UserAuthenticationMethod.Read.All User.Read.All Policy.Read.AuthenticationMethod GroupMember.ReadWrite.All \
    Domain.Read.All UserAuthMethod-Password.ReadWrite.All";
const CLOUD: &str = "cloud@cablechan.biz";
const SYNCED: &str = "synced@cablechan.biz";
const STUCK: &str = "stuck@cablechan.biz";

/// A tenant with a roll, and a desk in front of it.
struct Desk {
    running: Running,
    _runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

/// What a run that was left to its end said.
struct Said {
    code: Option<i32>,
    lines: Vec<Value>,
    err: String,
}

fn person(upn: &str, case: Option<&str>) -> NewUser {
    serde_json::from_value(json!({
        "upn": upn, "display_name": "名簿 太郎", "groups": ["roll"], "case": case,
        "methods": [{"type": "passkey", "name": "Phone", "os": "ios"}],
    }))
    .unwrap()
}

impl Desk {
    fn of(users: Vec<NewUser>) -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let options = TenantOptions {
            profile: Profile {
                users,
                ..Profile::default()
            },
            ..TenantOptions::default()
        };
        let running = runtime.block_on(entra_sim::start(options)).unwrap();
        let desk = Self {
            running,
            _runtime: runtime,
            folder: tempfile::tempdir().unwrap(),
        };
        let switches = json!({"consented_scopes": SCOPES, "reset_takes_ms": 100});
        let address = format!("{}/switches", desk.running.info.control);
        ureq::post(&address).send_json(&switches).unwrap();
        desk.configure("way = \"reset\"\naccept_must_change = true\npass_through = true");
        desk
    }

    fn state(&self) -> Value {
        let address = format!("{}/state", self.running.info.control);
        let mut answer = ureq::get(&address).call().unwrap();
        answer.body_mut().read_json().unwrap()
    }

    fn of_user(&self, upn: &str, key: &str) -> Value {
        let state = self.state();
        let mut users = state["users"].as_array().unwrap().iter();
        users.find(|user| user["upn"] == upn).unwrap()[key].clone()
    }

    /// A group with the first operator in it.
    fn group_of_operators(&self) -> Value {
        let control = &self.running.info.control;
        let group = json!({"display_name": "counter"});
        ureq::post(&format!("{control}/groups"))
            .send_json(&group)
            .unwrap();
        let joins = json!({"upn": self.running.info.operators[0].upn, "joins": ["counter"]});
        ureq::post(&format!("{control}/users/change"))
            .send_json(&joins)
            .unwrap();
        let state = self.state();
        let mut groups = state["groups"].as_array().unwrap().iter();
        groups
            .find(|group| group["display_name"] == "counter")
            .unwrap()["id"]
            .clone()
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("madoguchi.toml")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The sample, for this tenant, with these lines in `[passwords]`.
    fn configure(&self, passwords: &str) {
        self.configure_with(passwords, "");
    }

    /// The same with these lines in `[limits]`.
    fn configure_with(&self, passwords: &str, limits: &str) {
        const ZERO: &str = "00000000-0000-0000-0000-000000000000";
        let info = &self.running.info;
        let state = self.state();
        let mut groups = state["groups"].as_array().unwrap().iter();
        let roll = groups.find(|group| group["display_name"] == "roll");
        let cloud = format!(
            "name = \"custom\"\nauthority = \"{}\"\ngraph = \"{}\"",
            info.authority_http, info.graph_http
        );
        let tenant = format!(
            "id = \"{}\"\nclient_id = \"{}\"",
            info.tenant_id, info.client_id
        );
        let text = sample()
            .replace("name = \"global\"", &cloud)
            .replace(&format!("id = \"{ZERO}\"\nclient_id = \"{ZERO}\""), &tenant)
            .replace("\nbrowser = []", "\nbrowser = [\"true\"]")
            .replace("# help_hours", "help_hours")
            .replace("# after_hours", "after_hours")
            .replace("\n[limits]\n", &format!("\n[limits]\n{limits}\n"));
        let text = format!(
            "{text}\n[test]\nclient_id = \"{}\"\n[passwords]\ngroup = {}\n{passwords}\n",
            info.test_client_id,
            roll.unwrap()["id"],
        );
        std::fs::write(self.file(), text).unwrap();
    }

    fn begun(&self, arguments: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchictl"));
        command.arg("--config").arg(self.file());
        command.arg("--data-dir").arg(self.data());
        command.args(["passwords", "rotate", "--sign-in", "--json"]);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// A run to its end; whoever is asked to sign in is the first operator.
    fn run(&self, arguments: &[&str]) -> Said {
        self.to_the_end(self.begun(arguments), |_| {})
    }

    fn to_the_end(&self, mut child: Child, signed_in: impl Fn(&Child)) -> Said {
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut told = String::new();
        let mut line = String::new();
        while err.read_line(&mut line).unwrap() > 0 {
            if let Some(address) = line.trim().strip_prefix("sign in at ") {
                let operator = &self.running.info.operators[0];
                let answers = Answers {
                    upn: &operator.upn,
                    password: &operator.password,
                    button: None,
                };
                headless_browser::sign_in(&address.parse().unwrap(), &answers).unwrap();
                signed_in(&child);
            }
            told.push_str(&line);
            line.clear();
        }
        let mut out = String::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        let lines = out.lines().map(|line| serde_json::from_str(line).unwrap());
        Said {
            lines: lines.collect(),
            code: child.wait().unwrap().code(),
            err: told,
        }
    }
}

fn outcomes(said: &Said) -> Vec<[&str; 3]> {
    let mut all: Vec<[&str; 3]> = said
        .lines
        .iter()
        .filter(|line| line["upn"].is_string())
        .map(|line| ["upn", "result", "reason"].map(|key| line[key].as_str().unwrap()))
        .collect();
    all.sort_unstable();
    all
}

#[test]
fn an_operator_resets_those_from_on_premises_and_nobody_else_s43() {
    let desk = Desk::of(vec![
        person(CLOUD, None),
        person(SYNCED, Some("synced")),
        person(STUCK, Some("write_back_fails")),
    ]);
    let all = [CLOUD, SYNCED, STUCK];
    let before = all.map(|upn| desk.of_user(upn, "password"));
    let dry = desk.run(&["--dry-run"]);
    let due = [STUCK, SYNCED].map(|upn| [upn, "due", "not_in_ledger"]);
    assert_eq!(outcomes(&dry), due, "{}", dry.err);
    assert!(!desk.data().exists(), "a dry run makes nothing");
    let said = desk.run(&[]);
    let expected = [
        [STUCK, "failed", "write_back_failed"],
        [SYNCED, "rotated", "not_in_ledger"],
    ];
    assert_eq!(outcomes(&said), expected, "{}", said.err);
    assert_eq!(said.code, Some(4), "one failed: {}", said.err);
    let after = all.map(|upn| desk.of_user(upn, "password"));
    let changed = [0, 1, 2].map(|one| before[one] != after[one]);
    assert_eq!(changed, [false, true, false]);
    assert_eq!(
        desk.of_user(SYNCED, "password_change_due"),
        true,
        "a reset's way"
    );
    let folder = desk.data().join("passwords");
    let record = std::fs::read_to_string(folder.join("record.jsonl")).unwrap();
    let operator = desk.of_user(&desk.running.info.operators[0].upn, "id");
    assert!(record.contains(operator.as_str().unwrap()), "{record}");
    let ledger = std::fs::read_to_string(folder.join("ledger.jsonl")).unwrap();
    let written = format!("{record}{ledger}{:?}{}", said.lines, said.err);
    assert!(!written.contains(after[1].as_str().unwrap()), "no value");
    let again = desk.run(&["--dry-run"]);
    assert_eq!(outcomes(&again), [[STUCK, "due", "not_in_ledger"]]);
}

#[test]
fn it_is_refused_while_the_app_runs_and_without_the_sites_own_word_n11() {
    let desk = Desk::of(vec![person(SYNCED, Some("synced"))]);
    let before = desk.of_user(SYNCED, "password");
    let app = host::lock::hold(&desk.data()).unwrap();
    let said = desk.run(&[]);
    assert_eq!(said.code, Some(5), "{}", said.err);
    assert!(said.err.contains("a visit may be open"), "{}", said.err);
    assert!(
        !said.err.contains("sign in at"),
        "nobody is asked: {}",
        said.err
    );
    drop(app);
    for passwords in [
        "way = \"reset\"\naccept_must_change = true",
        "way = \"patch\"\npass_through = true",
        "way = \"roll\"\npass_through = true",
    ] {
        desk.configure(passwords);
        let said = desk.run(&[]);
        assert_eq!(said.code, Some(9), "{passwords}: {}", said.err);
        assert!(said.err.contains("pass_through = true"), "{}", said.err);
    }
    assert_eq!(desk.of_user(SYNCED, "password"), before);
}

/// The policy on premises is the station's own configuration, and its check says where no week is left.
#[test]
fn the_policy_on_premises_is_configuration_n11() {
    const RESETS: &str = "way = \"reset\"\naccept_must_change = true\npass_through = true";
    let desk = Desk::of(vec![person(SYNCED, Some("synced"))]);
    for (ages, careful) in [
        ("", None),
        ("every_days = 70", Some("more than 69 leaves no week")),
        ("max_age_days = 70", Some("more than 49 leaves no week")),
        ("notice_days = 30", Some("more than 53 leaves no week")),
    ] {
        desk.configure(&format!("{RESETS}\n{ages}"));
        let told = crate::check_text(&std::fs::read(desk.file()).unwrap());
        assert_eq!(told.code, Some(0), "{ages}: {told:?}");
        let warned = told.out.contains("careful: passwords.every_days");
        assert_eq!(warned, careful.is_some(), "{ages}: {}", told.out);
        assert!(told.out.contains(careful.unwrap_or_default()), "{ages}");
    }
    let dry = desk.run(&["--dry-run"]).err;
    assert_eq!(dry.matches("leaves no week").count(), 1, "{dry}");
    assert!(dry.contains("more than 53 leaves no week"), "{dry}");
    // What the cloud's domain says is not their policy.
    desk.configure(&format!("{RESETS}\nmax_age_days = 365\nevery_days = 180"));
    let dry = desk.run(&["--dry-run"]).err;
    assert!(!dry.contains("leaves no week"), "{dry}");
    desk.configure(&format!("{RESETS}\nevery_days = 90"));
    let told = crate::check_text(&std::fs::read(desk.file()).unwrap());
    assert_eq!(told.code, Some(9));
    assert!(
        told.err
            .contains("90 is not less than passwords.max_age_days, which is 90"),
        "{told:?}"
    );
}

/// The site's own limits bind whoever signs in for it, and keep out of it whom they keep from a pass.
#[test]
fn the_sites_own_limits_bind_it_s43() {
    const RESETS: &str = "way = \"reset\"\naccept_must_change = true\npass_through = true";
    let desk = Desk::of(vec![
        person(SYNCED, Some("synced")),
        person(STUCK, Some("synced")),
    ]);
    let operator = desk.of_user(&desk.running.info.operators[0].upn, "id");
    let (synced, stuck) = (desk.of_user(SYNCED, "id"), desk.of_user(STUCK, "id"));
    let before = desk.of_user(SYNCED, "password");
    for limits in [
        format!("operators = [{synced}]"),
        format!("operator_group = {stuck}"),
        format!("operators = [{synced}]\noperator_group = {stuck}"),
    ] {
        desk.configure_with(RESETS, &limits);
        let said = desk.run(&[]);
        assert_eq!(said.code, Some(9), "{limits}: {}", said.err);
        let why = format!("{:?}", said.lines);
        assert!(why.contains("limits.operators"), "{limits}: {why}");
    }
    assert_eq!(desk.of_user(SYNCED, "password"), before);
    let limits = format!("operators = [{operator}]\nnot_for = [{stuck}]");
    desk.configure_with(RESETS, &limits);
    let said = desk.run(&[]);
    let expected = [
        [STUCK, "skipped", "listed"],
        [SYNCED, "rotated", "not_in_ledger"],
    ];
    assert_eq!(outcomes(&said), expected, "{}", said.err);
    let group = desk.group_of_operators();
    desk.configure_with(RESETS, &format!("operator_group = {group}"));
    let said = desk.run(&["--dry-run"]);
    assert_eq!(outcomes(&said), [[STUCK, "due", "not_in_ledger"]]);
}

/// The address somebody is asked to sign in at; what else is said has to be kept open.
fn asked_to_sign_in(child: &mut Child) -> (BufReader<ChildStderr>, String) {
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    loop {
        line.clear();
        assert!(err.read_line(&mut line).unwrap() > 0, "it asks");
        if let Some(address) = line.trim().strip_prefix("sign in at ") {
            return (err, address.to_owned());
        }
    }
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status();
    assert!(sent.unwrap().success());
}

#[cfg(unix)]
#[test]
fn it_ends_where_it_is_asked_to_while_it_waits_for_the_sign_in_n11() {
    let desk = Desk::of(vec![person(SYNCED, Some("synced"))]);
    let mut child = desk.begun(&[]);
    let (_err, _) = asked_to_sign_in(&mut child);
    interrupt(&child);
    let out = child.wait_with_output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(5), "{said}");
    assert!(said.contains("asked to stop"), "{said}");
}

/// Nobody else is begun, and a reset that takes long is not followed to its end.
#[cfg(unix)]
#[test]
fn it_ends_where_it_is_asked_to_while_it_follows_a_reset_n11() {
    let desk = Desk::of(vec![
        person(SYNCED, Some("synced")),
        person(STUCK, Some("synced")),
    ]);
    let address = format!("{}/switches", desk.running.info.control);
    let long = json!({"reset_takes_ms": 3_600_000});
    ureq::post(&address).send_json(&long).unwrap();
    let record = desk.data().join("passwords/record.jsonl");
    let said = desk.to_the_end(desk.begun(&[]), |child| {
        let begun = || std::fs::read_to_string(&record).is_ok_and(|text| text.contains("asked"));
        while !begun() {
            // Each look takes a moment.
            desk.state();
        }
        interrupt(child);
    });
    assert_eq!(said.code, Some(5), "{:?} {}", said.lines, said.err);
    let [[_, result, reason]] = outcomes(&said)[..] else {
        panic!("one person: {:?}", said.lines);
    };
    assert_eq!([result, reason], ["failed", "reset_not_followed"]);
    let state = desk.state();
    let requests = state["requests"].as_array().unwrap().iter();
    let looks = requests.filter(|row| row["path"].as_str().unwrap().contains("/operations/"));
    let looks: u64 = looks.map(|row| row["count"].as_u64().unwrap()).sum();
    assert!(looks < 3, "of 24: {looks}");
}

/// The app cannot be started in the middle of it, and who gives the sign-in up may try again.
#[test]
fn the_station_is_taken_while_somebody_signs_in_n11() {
    let desk = Desk::of(vec![person(SYNCED, Some("synced"))]);
    let mut child = desk.begun(&[]);
    let (_err, address) = asked_to_sign_in(&mut child);
    let taken = host::lock::hold(&desk.data()).unwrap_err();
    assert!(matches!(taken, host::lock::LockError::Taken), "{taken}");
    let operator = &desk.running.info.operators[0];
    let answers = Answers {
        upn: &operator.upn,
        password: &operator.password,
        button: Some("cancel"),
    };
    headless_browser::sign_in(&address.parse().unwrap(), &answers).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(4));
    assert!(host::lock::hold(&desk.data()).is_ok());
}
