//! A simulated tenant with a roll, the shipped program with a configuration for it, and what the tenant saw.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entra_sim::{Exchange, NewClient, NewUser, Observer, Profile, Running, TenantOptions};
use serde_json::{Value, json};

/// Where `cargo xtask bench` says what it built.
const PROGRAM: &str = "MADOGUCHICTL";
/// And which Python has Microsoft's client.
pub(super) const PYTHON: &str = "MADOGUCHI_PEERS_PYTHON";
const CLIENT: &str = "7a1c0a52-3b8f-4f0e-8d35-5a3f1b6c9d01";
const UNIT: &str = "roll unit";
const PERMISSIONS: &str = "User.Read.All GroupMember.Read.All Domain.Read.All AuditLog.Read.All \
    UserAuthenticationMethod.Read.All";
/// How often a running process is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Clock ticks a second, on every Linux that counts.
const TICKS: f64 = 100.0;

type Seen = Arc<Mutex<HashMap<String, Vec<String>>>>;

/// A tenant and a job.
pub(super) struct Site {
    running: Running,
    runtime: tokio::runtime::Runtime,
    pub(super) folder: tempfile::TempDir,
    pub(super) people: usize,
    seen: Seen,
    program: PathBuf,
}

/// How many were not changed, and how many more than once.
pub(super) struct Tally {
    pub(super) missed: usize,
    pub(super) twice: usize,
}

/// What a process took.
#[derive(Clone, Copy, Default)]
pub(super) struct Cost {
    pub(super) peak_kib: u64,
    pub(super) cpu_s: f64,
}

fn person(number: usize) -> Result<NewUser, serde_json::Error> {
    serde_json::from_value(json!({
        "upn": format!("p{number:05}@cablechan.biz"), "display_name": "名簿 太郎", "groups": ["roll"],
        "methods": [{"type": "passkey", "name": "Phone", "os": "ios"}],
    }))
}

/// Remembers each value that was taken, by person.
fn observer(seen: &Seen) -> Observer {
    let seen = Arc::clone(seen);
    Observer::new(move |exchange: &Exchange| {
        if exchange.method != "PATCH" || exchange.status != 204 {
            return;
        }
        let body: Value = serde_json::from_slice(&exchange.body).unwrap_or_default();
        if let Some(value) = body["passwordProfile"]["password"].as_str() {
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry(exchange.path.clone())
                .or_default()
                .push(value.to_owned());
        }
    })
}

impl Site {
    pub(super) fn of(people: usize) -> Result<Self, Box<dyn Error>> {
        let program = std::env::var_os(PROGRAM).map(PathBuf::from);
        let program = program
            .ok_or("start it by `cargo xtask bench passwords`, which builds madoguchictl")?;
        let folder = tempfile::tempdir()?;
        let key =
            rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048)?;
        let certificate = rcgen::CertificateParams::default().self_signed(&key)?.pem();
        let client: NewClient = serde_json::from_value(json!({
            "name": "password job", "client_id": CLIENT, "certificates": [&certificate], "roles_over": UNIT,
            "application_permissions": PERMISSIONS, "roles": ["User Administrator"],
        }))?;
        fs::write(folder.path().join("job.crt"), certificate)?;
        let path = folder.path().join("job.key");
        fs::write(&path, key.serialize_pem())?;
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        let seen = Seen::default();
        let options = TenantOptions {
            profile: Profile {
                users: (0..people).map(person).collect::<Result<_, _>>()?,
                clients: vec![client],
                switches: json!({"quota_enforced": false})
                    .as_object()
                    .cloned()
                    .unwrap_or_default(),
                ..Profile::default()
            },
            observer: Some(observer(&seen)),
            ..TenantOptions::default()
        };
        let runtime = tokio::runtime::Runtime::new()?;
        let running = runtime.block_on(entra_sim::start(options))?;
        let site = Self {
            running,
            runtime,
            folder,
            people,
            seen,
            program,
        };
        let members: Vec<String> = (0..people)
            .map(|one| format!("p{one:05}@cablechan.biz"))
            .collect();
        site.post("units", &json!({"display_name": UNIT, "members": members}))?;
        site.configure()?;
        Ok(site)
    }

    fn configure(&self) -> Result<(), Box<dyn Error>> {
        let info = &self.running.info;
        let path = |name: &str| self.folder.path().join(name);
        let text = format!(
            "[cloud]\nname = \"custom\"\ntenant = \"{}\"\nauthority = \"{}\"\ngraph = \"{}\"\n[passwords]\ngroup = \"{}\"\n\
             client_id = \"{CLIENT}\"\ncertificate = {:?}\nkey = {:?}\nmax_per_run = 100000\nchanges_per_second = 1000\n",
            info.tenant_id,
            info.authority_http,
            info.graph_http,
            self.group()?,
            path("job.crt"),
            path("job.key"),
        );
        Ok(fs::write(path("passwords.toml"), text)?)
    }

    pub(super) fn info(&self) -> &entra_sim::Info {
        &self.running.info
    }

    pub(super) fn client(&self) -> &'static str {
        CLIENT
    }

    pub(super) fn group(&self) -> Result<String, Box<dyn Error>> {
        let address = format!("{}/state", self.running.info.control);
        let mut answer = ureq::get(&address).call()?;
        let text = answer
            .body_mut()
            .with_config()
            .limit(1 << 30)
            .read_to_string()?;
        let state: Value = serde_json::from_str(&text)?;
        let mut groups = state["groups"].as_array().into_iter().flatten();
        let roll = groups.find(|group| group["display_name"] == "roll");
        let id = roll.and_then(|roll| roll["id"].as_str());
        Ok(id.ok_or("the tenant has no roll")?.to_owned())
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Result<(), Box<dyn Error>> {
        let address = format!("{}/{path}", self.running.info.control);
        ureq::post(&address).send_json(body)?;
        Ok(())
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--config")
            .arg(self.folder.path().join("passwords.toml"));
        command
            .arg("--data-dir")
            .arg(self.folder.path().join("job"));
        command
            .args(["passwords", "rotate", "--json"])
            .args(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    pub(super) fn start(&self, arguments: &[&str]) -> std::io::Result<Child> {
        self.command(arguments).spawn()
    }

    /// A run that is left to its end, looked at all along.
    pub(super) fn run_to_end(&self, arguments: &[&str]) -> Result<Cost, Box<dyn Error>> {
        let child = self.start(arguments)?;
        let (cost, good) = self.watched(child)?;
        if good {
            Ok(cost)
        } else {
            Err("a run did not do all of it".into())
        }
    }

    /// Waits for a process; what it took, and whether it ended well.
    pub(super) fn watched(&self, mut child: Child) -> Result<(Cost, bool), Box<dyn Error>> {
        let mut cost = Cost::default();
        loop {
            let looked = looked_at(child.id());
            if let Some(status) = child.try_wait()? {
                return Ok((cost, status.success()));
            }
            cost = looked.unwrap_or(cost);
            self.runtime.block_on(tokio::time::sleep(LOOK));
        }
    }

    pub(super) fn pause(&self, time: Duration) {
        self.runtime.block_on(tokio::time::sleep(time));
    }

    /// The values each person was given, in order.
    pub(super) fn seen(&self) -> BTreeMap<String, Vec<String>> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone().into_iter().collect()
    }

    /// Forgets what was given so far: another round begins.
    pub(super) fn forget(&self) {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    pub(super) fn tally(&self) -> Tally {
        let seen = self.seen();
        Tally {
            missed: self.people - seen.len(),
            twice: seen.values().filter(|values| values.len() > 1).count(),
        }
    }
}

fn looked_at(pid: u32) -> Option<Cost> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = |place: usize| fields.split_whitespace().nth(place)?.parse::<f64>().ok();
    Some(Cost {
        peak_kib: peak.trim().trim_end_matches(" kB").parse().ok()?,
        cpu_s: (ticks(11)? + ticks(12)?) / TICKS,
    })
}
