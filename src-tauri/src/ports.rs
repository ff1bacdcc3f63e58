//! The station's ways out, on a real machine.

use std::path::Path;
use std::sync::Arc;

use host::kept_name::KeptName;
use host::sandbox::Sandbox;
use host::sealed_file::{SealedError, SealedFile};
use onboarding::{HealthView, QrPath};
use station::record::{SmallStore, Witnesses};
use station::{Clock, KeptFault, KeptFile, KeptUnread, LastOperator, OpenTestBrowser, Ports};
use zeroize::Zeroizing;

use crate::beginning::Beginning;
use crate::browser_place::{BrowserPlace, InFront};

const DISK_LOW_MB: u32 = 500;
const MEMORY_LOW_MB: u32 = 300;

/// The machine's clocks.
struct MachineClock;

impl Clock for MachineClock {
    fn mono_ms(&self) -> u64 {
        u64::try_from(host::clock::monotonic_with_suspend().as_millis()).unwrap_or(u64::MAX)
    }

    fn wall_unix_ms(&self) -> i64 {
        host::clock::wall_unix_ms()
    }
}

/// One sign-in name in the system's credential store.
struct Remembered(KeptName);

const OPERATOR_KEY: &str = "last-operator";

impl Remembered {
    fn new(data_dir: &Path) -> Self {
        let store = host::credentials::CredentialStore::system();
        Self(KeptName::new(store, OPERATOR_KEY, data_dir))
    }

    /// The site wants no name kept any more. Nobody waits for it: a store may take seconds.
    fn forget(self) {
        std::thread::spawn(move || {
            if let Err(error) = self.0.forget() {
                tracing::warn!(%error, "a remembered sign-in name could not be forgotten; the next start tries again");
            }
        });
    }
}

impl LastOperator for Remembered {
    fn recall(&self) -> Option<String> {
        self.0.recall().ok().flatten()
    }

    fn remember(&self, upn: &str) {
        if let Err(error) = self.0.keep(upn) {
            tracing::warn!(%error, "the operator's sign-in name could not be remembered");
        }
    }
}

/// What of visits by telephone outlives the app.
struct Waiting(SealedFile);

/// The file in the data folder.
const WAITING: &str = "waiting.sealed";

impl KeptFile for Waiting {
    fn open(&self, of: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, KeptUnread> {
        self.0.open(of).map_err(|error| {
            let word = error.to_string();
            match error {
                SealedError::Store(_) => KeptUnread::NoStore(word),
                SealedError::NotOurs
                | SealedError::TooLong
                | SealedError::Io(_)
                | SealedError::StillThere(_) => KeptUnread::NotOurs(word),
            }
        })
    }

    fn seal(&self, of: &[u8], bytes: &[u8]) -> Result<(), KeptFault> {
        self.0.seal(of, bytes).map_err(kept_fault)
    }

    fn destroy(&self) -> Result<(), KeptFault> {
        self.0.destroy().map_err(kept_fault)
    }
}

fn kept_fault(error: SealedError) -> KeptFault {
    let word = error.to_string();
    match error {
        SealedError::Store(_) => KeptFault::NoStore(word),
        SealedError::NotOurs | SealedError::TooLong | SealedError::Io(_) => {
            KeptFault::NotWritten(word)
        }
        SealedError::StillThere(_) => KeptFault::StillThere(word),
    }
}

/// The witness's place in the system's credential store.
struct Kept(host::credentials::CredentialStore);

impl SmallStore for Kept {
    fn recall(&self, key: &str) -> Result<Option<Vec<u8>>, String> {
        self.unasked()?
            .recall(key)
            .map_err(|error| error.to_string())
    }

    fn remember(&self, key: &str, value: &[u8]) -> Result<(), String> {
        let remembered = self.unasked()?.remember(key, value);
        remembered.map_err(|error| error.to_string())
    }
}

impl Kept {
    fn unasked(&self) -> Result<&host::credentials::CredentialStore, String> {
        if self.0.asks_nobody() {
            Ok(&self.0)
        } else {
            Err("the credential store is locked or not there".to_owned())
        }
    }
}

/// Where the witness of the record in `data_dir` is kept.
fn witnesses(data_dir: &Path) -> Witnesses {
    match host::paths::witness_dir(data_dir) {
        Some(folder) => {
            let store = Kept(host::credentials::CredentialStore::system());
            Witnesses::within(&folder, data_dir).and_in(Arc::new(store))
        }
        None => Witnesses::within(data_dir, data_dir),
    }
}

/// A browser for the person's sign-in, ended when this is dropped; then the page below it comes to the front again.
#[expect(dead_code, reason = "they end with this, in this order")]
struct Open(host::test_browser::TestBrowser, InFront);

impl OpenTestBrowser for Open {}

/// What the ways out need to know of the configuration.
pub struct OfConfig {
    /// The browser for the sign-in as an argument vector; none is the system's own.
    pub browser: Option<Vec<String>>,
    /// That of a sign-in test, and where it stands.
    pub test_browser: (Option<Vec<String>>, BrowserPlace),
    pub remember_operator: bool,
    /// Others can change it, or what it names.
    pub exposed: bool,
}

/// The ways out of a station that keeps its record in `data_dir`.
#[must_use]
pub fn ports(config: OfConfig, data_dir: &Path, beginning: &Beginning) -> Ports {
    let health_dir = data_dir.to_owned();
    let file = beginning.file.as_ref().ok();
    let unconfined = beginning.sandbox == Sandbox::NotHere;
    let OfConfig {
        browser,
        test_browser,
        remember_operator,
        exposed: config_exposed,
    } = config;
    let remembered = Remembered::new(data_dir);
    let last_operator: Option<Arc<dyn LastOperator>> = if remember_operator {
        Some(Arc::new(remembered))
    } else {
        remembered.forget();
        None
    };
    Ports {
        clock: Arc::new(MachineClock),
        open_browser: Arc::new(move |url| {
            host::browser::open(browser.as_deref(), url).map_err(|error| error.to_string())
        }),
        test_browser: Some(Arc::new(move |url| {
            let (command, place) = &test_browser;
            let in_front = place.gives_way();
            host::test_browser::open_at(command.as_deref(), url, place.area())
                .map(|browser| Box::new(Open(browser, in_front)) as Box<dyn OpenTestBrowser>)
                .map_err(|error| error.to_string())
        })),
        last_operator,
        kept_visits: Some(Arc::new(waiting(data_dir))),
        health: Arc::new(move || HealthView {
            unconfined,
            config_exposed,
            ..health(&health_dir)
        }),
        hand_outs: None,
        row_pictures: None,
        record: data_dir.join("record.sqlite3"),
        witnesses: witnesses(data_dir),
        config_sha256: file
            .map_or_else(String::new, |file| audit::sha256_hex(file.text.as_bytes())),
        at_start: beginning.recorded(),
        person_pane: true,
    }
}

fn waiting(data_dir: &Path) -> Waiting {
    let store = host::credentials::CredentialStore::system();
    Waiting(SealedFile::new(&data_dir.join(WAITING), store))
}

/// Draws a code; an address too long for one gives an empty drawing, and the address stands below it anyway.
pub(crate) fn draw(url: &str) -> QrPath {
    match host::qr::draw(url) {
        Ok(qr) => QrPath {
            modules: qr.modules,
            path: qr.path,
        },
        Err(error) => {
            tracing::warn!(%error, "a code could not be drawn");
            QrPath {
                modules: 1,
                path: String::new(),
            }
        }
    }
}

fn health(data_dir: &Path) -> HealthView {
    let health = host::health::read(data_dir);
    let mb = |value: Option<u64>| value.and_then(|mb| u32::try_from(mb).ok()).unwrap_or(0);
    let (disk, memory) = (mb(health.free_disk_mb), mb(health.free_memory_mb));
    HealthView {
        host: health.host_name,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        free_disk_mb: disk,
        free_memory_mb: memory,
        drift_s: None,
        disk_low: health.free_disk_mb.is_some() && disk < DISK_LOW_MB,
        memory_low: health.free_memory_mb.is_some() && memory < MEMORY_LOW_MB,
        drift_high: false,
        unconfined: false,
        config_exposed: false,
        unwitnessed: false,
        site_packs: Vec::new(),
        pack_problems: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use host::config_file::ConfigFile;
    use onboarding::record::Event;

    use super::*;

    /// What the machine refused at a start is on the screen and in the record; what it gave is in neither.
    #[test]
    fn t5_a_missing_sandbox_and_an_exposed_file_are_in_health_and_record() {
        let folder = tempfile::tempdir().unwrap();
        for (sandbox, exposed, missing) in [
            (Sandbox::NotHere, true, true),
            (Sandbox::On, false, false),
            (Sandbox::OfTheSystem, false, false),
        ] {
            let file = ConfigFile {
                text: String::new(),
                exposed: None,
            };
            let beginning = Beginning {
                config: folder.path().join("madoguchi.toml"),
                file: Ok(file),
                removed: Vec::new(),
                sandbox,
            };
            let config = OfConfig {
                browser: None,
                test_browser: (None, BrowserPlace::default()),
                remember_operator: true,
                exposed,
            };
            let ports = ports(config, folder.path(), &beginning);
            let health = (ports.health)();
            assert_eq!(
                (health.unconfined, health.config_exposed),
                (missing, missing)
            );
            let recorded = ports.at_start.contains(&Event::SandboxMissing);
            assert_eq!(recorded, missing);
        }
    }
}
