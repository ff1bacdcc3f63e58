//! What is known of a start before there is a thread.

use std::path::PathBuf;

use host::config_file::{ConfigFile, ConfigFileError};
use host::sandbox::Sandbox;
use onboarding::record::Event;

/// What was found and done before the first thread.
pub struct Beginning {
    /// Where the configuration was looked for.
    pub(crate) config: PathBuf,
    /// What stood there, or a sentence on why it cannot be read.
    pub(crate) file: Result<ConfigFile, ConfigFileError>,
    /// The names of the variables that were removed.
    pub(crate) removed: Vec<String>,
    pub(crate) sandbox: Sandbox,
}

/// So many names of variables are recorded; of the rest their number.
const NAMES: usize = 60;

impl Beginning {
    /// What of it is written down.
    pub(crate) fn recorded(&self) -> Vec<Event> {
        let mut events = Vec::new();
        if !self.removed.is_empty() {
            let more = self.removed.len().saturating_sub(NAMES);
            events.push(Event::EnvironmentCleaned {
                names: self.removed.iter().take(NAMES).cloned().collect(),
                more: u32::try_from(more).unwrap_or(u32::MAX),
            });
        }
        if self.sandbox == Sandbox::NotHere {
            events.push(Event::SandboxMissing);
        }
        events
    }
}
