//! A tenant with a roll, a job with a certificate, and what came of a run.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use contract::{Requests, Watched};
use entra_sim::{NewUser, Profile, TenantOptions};
use password_job::{Ending, JobSetup, Line, Listener, PersonOutcome, Summary, Wish};
use serde_json::{Value, json};

pub(crate) const UNIT: &str = "パスワード係";
pub(crate) const READS: &str = "User.Read.All GroupMember.Read.All Domain.Read.All AuditLog.Read.All \
    UserAuthenticationMethod.Read.All";
pub(crate) const DAY_S: u32 = 86_400;

/// What a run said.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) lines: Vec<Line>,
    pub(crate) warnings: Vec<String>,
    /// Where somebody was asked to sign in.
    pub(crate) sign_ins: Vec<String>,
    pub(crate) summary: Option<Summary>,
}

pub(crate) struct World {
    running: Watched,
    _runtime: tokio::runtime::Runtime,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) group: String,
    pub(crate) client: String,
    certificate: PathBuf,
    key: PathBuf,
    /// Sign-in names of who is on the roll.
    pub(crate) people: Vec<String>,
}

impl Listener for Said {
    fn line(&mut self, line: &Line) {
        self.lines.push(line.clone());
    }

    fn progress(&mut self, _: usize, _: usize) {}

    fn warning(&mut self, text: &str) {
        self.warnings.push(text.to_owned());
    }

    fn sign_in(&mut self, address: &str) {
        self.sign_ins.push(address.to_owned());
    }

    fn summary(&mut self, summary: &Summary) {
        self.summary = Some(summary.clone());
    }
}

impl Said {
    pub(crate) fn of(&self, upn: &str) -> (PersonOutcome, &str) {
        let line = self.lines.iter().find(|line| line.upn == upn);
        let line = line.unwrap_or_else(|| panic!("{upn} has a line: {:?}", self.lines));
        (line.result, line.reason.as_str())
    }

    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        let summary = self.summary.as_ref().unwrap();
        (summary.rotated, summary.skipped, summary.failed)
    }

    pub(crate) fn why(&self) -> &str {
        self.summary
            .as_ref()
            .unwrap()
            .why
            .as_deref()
            .unwrap_or_default()
    }
}

fn member(number: usize) -> NewUser {
    serde_json::from_value(json!({
        "upn": format!("roll{number:05}@cablechan.biz"), "display_name": format!("名簿 {number}"),
        "groups": ["roll"],
        "methods": [{"type": "authenticator", "name": "Phone", "os": "ios", "phone_sign_in": true}],
    }))
    .unwrap()
}

/// A key pair as an administrator makes one, once for all tests: the certificate and the key, in PEM.
fn made() -> &'static (String, String) {
    static MADE: OnceLock<(String, String)> = OnceLock::new();
    MADE.get_or_init(|| {
        let size = rcgen::RsaKeySize::_2048;
        let key = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, size).unwrap();
        let certificate = rcgen::CertificateParams::default().self_signed(&key);
        (certificate.unwrap().pem(), key.serialize_pem())
    })
}

fn key_pair(folder: &Path) -> (PathBuf, PathBuf) {
    let (certificate, path) = (folder.join("job.crt"), folder.join("job.key"));
    std::fs::write(&certificate, &made().0).unwrap();
    std::fs::write(&path, &made().1).unwrap();
    own(&path, 0o600);
    (certificate, path)
}

pub(crate) fn own(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

impl World {
    /// A tenant with so many people on the roll, and a job that holds a role over their unit and reads the rest.
    pub(crate) fn of(people: usize) -> Self {
        Self::with(people, READS, true)
    }

    /// The same with these permissions, and with or without the role.
    pub(crate) fn with(people: usize, permissions: &str, role: bool) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = { runtime }.worker_threads(2).enable_all().build().unwrap();
        let options = TenantOptions {
            profile: Profile {
                users: (0..people).map(member).collect(),
                ..Profile::default()
            },
            ..TenantOptions::default()
        };
        let running = runtime
            .block_on(contract::start(options, Requests::Known))
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = key_pair(folder.path());
        let mut world = Self {
            running,
            _runtime: runtime,
            folder,
            group: String::new(),
            client: String::new(),
            certificate,
            key,
            people: (0..people)
                .map(|one| format!("roll{one:05}@cablechan.biz"))
                .collect(),
        };
        world.register(permissions, role);
        world
    }

    fn register(&mut self, permissions: &str, role: bool) {
        if self.people.is_empty() {
            self.control("POST", "groups", &json!({"display_name": "roll"}));
        }
        let unit = json!({"display_name": UNIT, "members": self.people});
        self.control("POST", "units", &unit);
        let roles = if role {
            vec!["User Administrator"]
        } else {
            Vec::new()
        };
        self.client_with(permissions, &json!({"roles": roles, "roles_over": UNIT}));
        self.group = self.group_named("roll");
    }

    /// The job has another registration from now on.
    pub(crate) fn client_with(&mut self, permissions: &str, more: &Value) {
        let mut new = json!({
            "name": "password job", "certificates": [std::fs::read_to_string(&self.certificate).unwrap()],
            "application_permissions": permissions, "single_tenant": true,
        });
        new.as_object_mut()
            .unwrap()
            .append(&mut more.as_object().unwrap().clone());
        let client = self.control("POST", "clients", &new);
        self.client = client["client_id"].as_str().unwrap().to_owned();
    }

    /// Who is where, and the passwords: the tenant's own word.
    pub(crate) fn state(&self) -> Value {
        self.control("GET", "state", &Value::Null)
    }

    fn group_named(&self, name: &str) -> String {
        let state = self.state();
        let groups = state["groups"].as_array().unwrap();
        let group = groups.iter().find(|group| group["display_name"] == name);
        group.unwrap()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn password(&self, upn: &str) -> String {
        let state = self.state();
        let users = state["users"].as_array().unwrap();
        let user = users.iter().find(|user| user["upn"] == upn).unwrap();
        user["password"].as_str().unwrap().to_owned()
    }

    pub(crate) fn passwords(&self) -> Vec<String> {
        let state = self.state();
        let users = state["users"].as_array().unwrap();
        let of = |upn: &String| {
            let user = users.iter().find(|user| user["upn"] == *upn).unwrap();
            user["password"].as_str().unwrap().to_owned()
        };
        self.people.iter().map(of).collect()
    }

    pub(crate) fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let address = format!("{}/{path}", self.running.info.control);
        let request = ureq::http::Request::builder().method(method).uri(address);
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = ureq::run(request.body(body).unwrap());
        let text = answer
            .unwrap()
            .body_mut()
            .with_config()
            .limit(1 << 30)
            .read_to_string();
        serde_json::from_str(&text.unwrap()).unwrap()
    }

    pub(crate) fn change(&self, upn: &str, mut what: Value) {
        what["upn"] = json!(upn);
        self.control("POST", "users/change", &what);
    }

    pub(crate) fn advance_days(&self, days: u32) {
        let seconds = json!({"advance_s": days * DAY_S});
        self.control("POST", "clock", &seconds);
    }

    pub(crate) fn switch(&self, what: &Value) {
        self.control("POST", "switches", what);
    }

    pub(crate) fn fault(&self, what: &Value) {
        self.control("POST", "faults", what);
    }

    /// The job's file, with further lines in `[passwords]`.
    pub(crate) fn text(&self, more: &str) -> String {
        let info = &self.running.info;
        format!(
            "[cloud]\nname = \"custom\"\ntenant = \"{}\"\nauthority = \"{}\"\ngraph = \"{}\"\n\n[passwords]\n\
             group = \"{}\"\nclient_id = \"{}\"\ncertificate = {:?}\nkey = {:?}\nchanges_per_second = 1000\n{more}\n",
            info.tenant_id,
            info.authority_http,
            info.graph_http,
            self.group,
            self.client,
            self.certificate,
            self.key,
        )
    }

    pub(crate) fn setup(&self, more: &str) -> JobSetup {
        JobSetup::of_text(&self.text(more)).unwrap()
    }

    pub(crate) fn job(&self) -> PathBuf {
        self.folder.path().join("job")
    }

    pub(crate) fn rotate(&self, more: &str) -> (Ending, Said) {
        self.rotate_as(more, &Wish::default())
    }

    pub(crate) fn rotate_as(&self, more: &str, wish: &Wish) -> (Ending, Said) {
        self.rotate_in(&self.job(), more, wish)
    }

    pub(crate) fn rotate_in(&self, folder: &Path, more: &str, wish: &Wish) -> (Ending, Said) {
        let mut said = Said::default();
        let setup = self.setup(more);
        let ending = password_job::rotate(&setup, folder, wish, &mut said).unwrap();
        assert_eq!(said.summary.as_ref().unwrap().result, ending);
        (ending, said)
    }

    pub(crate) fn due(&self, more: &str) -> (Ending, Said) {
        let mut said = Said::default();
        let ending = password_job::due(&self.setup(more), &self.job(), &mut said).unwrap();
        (ending, said)
    }
}

/// Keeps a world for several threads.
pub(crate) fn shared(world: World) -> Arc<World> {
    Arc::new(world)
}
