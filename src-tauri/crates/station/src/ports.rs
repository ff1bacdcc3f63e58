//! The ways out of the station that belong to the machine it runs on.

use std::path::PathBuf;
use std::sync::Arc;

use onboarding::HealthView;

/// The machine's clocks.
pub trait Clock: Send + Sync {
    /// Milliseconds on a clock that never jumps and counts while the machine sleeps.
    fn mono_ms(&self) -> u64;
    /// Unix milliseconds as the machine believes.
    fn wall_unix_ms(&self) -> i64;
}

/// A place that survives a restart for one sign-in name, never for a token. Calls may block for seconds.
pub trait LastOperator: Send + Sync {
    /// The sign-in name remembered, if any.
    fn recall(&self) -> Option<String>;
    /// Remembers this sign-in name instead.
    fn remember(&self, upn: &str);
}

/// Opens an address in the browser; the error is a word for the log.
pub type OpenBrowser = Arc<dyn Fn(&str) -> Result<(), String> + Send + Sync>;

/// What the station needs of the machine.
pub struct Ports {
    pub clock: Arc<dyn Clock>,
    pub open_browser: OpenBrowser,
    /// Remembers who signed in last, so that the sign-in page need not ask; none where nothing is to be kept.
    pub last_operator: Option<Arc<dyn LastOperator>>,
    /// Reads the machine's health; drift is added by the station.
    pub health: Arc<dyn Fn() -> HealthView + Send + Sync>,
    /// The file of the record.
    pub record: PathBuf,
    /// SHA-256 of the configuration in force, in hexadecimal.
    pub config_sha256: String,
    /// True when one window shows both panes.
    pub person_pane: bool,
}
