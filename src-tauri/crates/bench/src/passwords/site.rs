//! A simulated tenant with a roll, the shipped program with a configuration for it, and what the tenant saw.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// What a run says is kept here, as a timer's journal would.
const SAID: &str = "said";
/// Where a core would come to lie.
const CORES: &str = "cores";
/// Lets a process write a core of any size into the folder it was started in, if it wants to.
const WITH_CORES: &str = "ulimit -c unlimited && exec \"$0\" \"$@\"";
/// A word in the surroundings of each process, of the length of a value: a look that does not find it saw nothing.
pub(super) const PLANTED: &str = "planted-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqr";

/// Who was given which value, in the order of the answers, and how often the tenant refused for its quota.
#[derive(Default)]
struct Seen {
    given: Vec<(String, String)>,
    refused: usize,
}

/// How a tenant and a job are set.
#[derive(Clone, Copy)]
pub(super) enum Pace {
    /// The tenant has no quota and the job does not wait: what is measured is work, not waiting.
    Unpaced,
    /// As a site has it: the job at its own pace, the tenant within its documented quota.
    AsShipped,
}

/// A tenant and a job.
pub(super) struct Site {
    running: Running,
    runtime: tokio::runtime::Runtime,
    pub(super) folder: tempfile::TempDir,
    pub(super) people: usize,
    seen: Arc<Mutex<Seen>>,
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
fn observer(seen: &Arc<Mutex<Seen>>) -> Observer {
    let seen = Arc::clone(seen);
    Observer::new(move |exchange: &Exchange| {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.refused += usize::from(exchange.status == 429);
        if exchange.method != "PATCH" || exchange.status != 204 {
            return;
        }
        let body: Value = serde_json::from_slice(&exchange.body).unwrap_or_default();
        if let Some(value) = body["passwordProfile"]["password"].as_str() {
            let given = (exchange.path.clone(), value.to_owned());
            seen.given.push(given);
        }
    })
}

/// The job's registration: a key, its certificate, and a role over the unit.
fn registered(folder: &Path) -> Result<NewClient, Box<dyn Error>> {
    let key = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048)?;
    let certificate = rcgen::CertificateParams::default().self_signed(&key)?.pem();
    let client = serde_json::from_value(json!({
        "name": "password job", "client_id": CLIENT, "certificates": [&certificate], "roles_over": UNIT,
        "application_permissions": PERMISSIONS, "roles": ["User Administrator"],
    }))?;
    fs::write(folder.join("job.crt"), certificate)?;
    let path = folder.join("job.key");
    fs::write(&path, key.serialize_pem())?;
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(client)
}

impl Site {
    /// So many people on a roll, and a job that does not wait.
    pub(super) fn of(people: usize) -> Result<Self, Box<dyn Error>> {
        Self::at(people, Pace::Unpaced)
    }

    pub(super) fn at(people: usize, pace: Pace) -> Result<Self, Box<dyn Error>> {
        let program = std::env::var_os(PROGRAM).map(PathBuf::from);
        let program = program
            .ok_or("start it by `cargo xtask bench passwords`, which builds madoguchictl")?;
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join(CORES))?;
        let client = registered(folder.path())?;
        let seen = Arc::default();
        let quota = matches!(pace, Pace::AsShipped);
        let options = TenantOptions {
            profile: Profile {
                users: (0..people).map(person).collect::<Result<_, _>>()?,
                clients: vec![client],
                switches: json!({"quota_enforced": quota})
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
        site.configure(pace)?;
        Ok(site)
    }

    /// By TLS, as every real tenant is reached.
    fn configure(&self, pace: Pace) -> Result<(), Box<dyn Error>> {
        let info = &self.running.info;
        let path = |name: &str| self.folder.path().join(name);
        let pace = match pace {
            Pace::Unpaced => "changes_per_second = 1000\n",
            Pace::AsShipped => "",
        };
        let text = format!(
            "[cloud]\nname = \"custom\"\ntenant = \"{}\"\nauthority = \"{}\"\ngraph = \"{}\"\nca_file = {:?}\n\
             [passwords]\ngroup = \"{}\"\nclient_id = \"{CLIENT}\"\ncertificate = {:?}\nkey = {:?}\n\
             max_per_run = 100000\n{pace}",
            info.tenant_id,
            info.authority_https,
            info.graph_https,
            info.ca_file,
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

    /// The job, with leave to write a core, and what it says at the end of a file.
    fn command(&self, arguments: &[&str]) -> std::io::Result<Command> {
        let path = |name: &str| self.folder.path().join(name);
        let said = File::options().create(true).append(true).open(path(SAID))?;
        let mut command = with_cores(&self.program, &path(CORES));
        command.arg("--config").arg(path("passwords.toml"));
        command.arg("--data-dir").arg(path("job"));
        command
            .args(["passwords", "rotate", "--json"])
            .args(arguments);
        command
            .env("PLANTED", PLANTED)
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said);
        Ok(command)
    }

    pub(super) fn start(&self, arguments: &[&str]) -> std::io::Result<Child> {
        self.command(arguments)?.spawn()
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
            self.pause(LOOK);
        }
    }

    pub(super) fn pause(&self, time: Duration) {
        self.runtime
            .block_on(async { tokio::time::sleep(time).await });
    }

    /// The values each person was given, in order.
    pub(super) fn seen(&self) -> BTreeMap<String, Vec<String>> {
        let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, value) in &self.heard().given {
            seen.entry(path.clone()).or_default().push(value.clone());
        }
        seen
    }

    /// All values that were given since the round began, in the order of the answers.
    pub(super) fn given(&self) -> Vec<String> {
        let heard = self.heard();
        heard.given.iter().map(|(_, value)| value.clone()).collect()
    }

    /// How often the tenant refused because of its quota.
    pub(super) fn refused(&self) -> usize {
        self.heard().refused
    }

    /// Forgets what was given so far: another round begins.
    pub(super) fn forget(&self) {
        self.heard().given.clear();
    }

    fn heard(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files the job wrote, and what it said.
    pub(super) fn written(&self) -> std::io::Result<Vec<PathBuf>> {
        let mut files = vec![self.folder.path().join(SAID)];
        for entry in fs::read_dir(self.folder.path().join("job"))? {
            let path = entry?.path();
            if path.is_file() {
                files.push(path);
            }
        }
        Ok(files)
    }

    /// How many cores lie there.
    pub(super) fn cores(&self) -> std::io::Result<usize> {
        Ok(fs::read_dir(self.folder.path().join(CORES))?.count())
    }

    /// Whether a process that ends as those do leaves a core here at all; it is taken away again.
    pub(super) fn cores_can_be(&self) -> std::io::Result<bool> {
        let folder = self.folder.path().join(CORES);
        let mut command = with_cores(Path::new("sleep"), &folder);
        let mut child = command.arg("60").spawn()?;
        // It is `sh` or `sleep` by now, and either would leave one once it allows it.
        self.pause(Duration::from_millis(500));
        signal("-ABRT", child.id())?;
        child.wait()?;
        let found = self.cores()? > 0;
        fs::remove_dir_all(&folder)?;
        fs::create_dir(&folder)?;
        Ok(found)
    }

    pub(super) fn tally(&self) -> Tally {
        let seen = self.seen();
        Tally {
            missed: self.people - seen.len(),
            twice: seen.values().filter(|values| values.len() > 1).count(),
        }
    }
}

/// The program in this folder, with leave to write a core of any size there.
fn with_cores(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", WITH_CORES]).arg(program);
    command.current_dir(folder);
    command
}

pub(super) fn signal(which: &str, pid: u32) -> std::io::Result<()> {
    Command::new("kill")
        .args([which, &pid.to_string()])
        .status()
        .map(drop)
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
