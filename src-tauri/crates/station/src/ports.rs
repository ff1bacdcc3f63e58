//! The ways out of the station that belong to the machine it runs on.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use onboarding::record::Event;
use onboarding::{HandOut, HandOutDone, HealthView, Trouble, TroubleCode};
use tokio::sync::{mpsc, oneshot};
use zeroize::Zeroizing;

use crate::record::Witnesses;

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

/// One small file that outlives the app, and that a key of the system's store alone can read. Calls may block for
/// seconds.
pub trait KeptFile: Send + Sync {
    /// What is in it, where it is there; `of` says whose it has to be.
    fn open(&self, of: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, KeptUnread>;
    /// Puts this into it, as `of`'s. Where that fails nothing of before is left either.
    fn seal(&self, of: &[u8], bytes: &[u8]) -> Result<(), KeptFault>;
    /// Deletes it, and its key.
    fn destroy(&self) -> Result<(), KeptFault>;
}

/// Why such a file cannot be read, with a word for the log.
#[derive(Debug, thiserror::Error)]
pub enum KeptUnread {
    /// The store with its key is locked or does not answer; the file may be good.
    #[error("the store for its key: {0}")]
    NoStore(String),
    /// It is not what was written there.
    #[error("not what was written: {0}")]
    NotOurs(String),
}

/// Why such a file is not as it should be, with a word for the log.
#[derive(Debug, thiserror::Error)]
pub enum KeptFault {
    #[error("the store for its key: {0}")]
    NoStore(String),
    #[error("not written: {0}")]
    NotWritten(String),
    #[error("still there: {0}")]
    StillThere(String),
}

/// Opens an address in the browser; the error is a word for the log.
pub type OpenBrowser = Arc<dyn Fn(&str) -> Result<(), String> + Send + Sync>;

/// A browser of the station's own that is open. Dropped, it is closed and nothing of it stays.
pub trait OpenTestBrowser: Send {}

/// Opens an address in such a browser; the error is a word for the log.
pub type StartTestBrowser =
    Arc<dyn Fn(&str) -> Result<Box<dyn OpenTestBrowser>, String> + Send + Sync>;

/// What the station needs of the machine.
pub struct Ports {
    pub clock: Arc<dyn Clock>,
    pub open_browser: OpenBrowser,
    /// For the person's sign-in; none where this machine has none.
    pub test_browser: Option<StartTestBrowser>,
    /// Remembers who signed in last, so that the sign-in page need not ask; none where nothing is to be kept.
    pub last_operator: Option<Arc<dyn LastOperator>>,
    /// Keeps what of visits by telephone outlives the app; none where nothing is to.
    pub kept_visits: Option<Arc<dyn KeptFile>>,
    /// Reads the machine's health; drift is added by the station.
    pub health: Arc<dyn Fn() -> HealthView + Send + Sync>,
    /// Takes hand-outs to be made; none where nothing here can.
    pub hand_outs: Option<mpsc::UnboundedSender<HandOutWanted>>,
    /// Draws the rows of a letter; none where nothing here can.
    pub row_pictures: Option<mpsc::UnboundedSender<RowPicturesWanted>>,
    /// The file of the record.
    pub record: PathBuf,
    /// Where its witness is kept.
    pub witnesses: Witnesses,
    /// SHA-256 of the configuration in force, in hexadecimal.
    pub config_sha256: String,
    /// What of this start is recorded besides, right after it.
    pub at_start: Vec<Event>,
    /// True when one window shows both panes.
    pub person_pane: bool,
}

/// A hand-out to be made and sent where the site wants it.
#[derive(Debug)]
pub struct HandOutWanted {
    pub hand_out: HandOut,
    /// Dropped without an answer, it counts as not made.
    pub answer: oneshot::Sender<Result<HandOutDone, HandOutError>>,
}

/// Pictures of the rows of a letter.
#[derive(Debug)]
pub struct RowPicturesWanted {
    pub sheet: HandOut,
    /// Dropped without an answer, it counts as none: the letter goes without pictures.
    pub answer: oneshot::Sender<Vec<RowPicture>>,
}

/// What the phone shows in a row.
#[derive(Clone, PartialEq, Eq)]
pub struct RowPicture {
    /// The row's id.
    pub row: String,
    pub png: Vec<u8>,
}

impl fmt::Debug for RowPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RowPicture({}, {} bytes)", self.row, self.png.len())
    }
}

/// Why there is no paper.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOutError {
    #[error("no PDF could be made")]
    NotMade,
    #[error("{program} did not print the PDF")]
    NotPrinted { program: String },
    #[error("the PDF could not be saved in {folder}")]
    NotSaved { folder: String },
    #[error("PDFs are not made on this system")]
    NotHere,
}

impl From<HandOutError> for Trouble {
    fn from(error: HandOutError) -> Self {
        match error {
            HandOutError::NotMade => Self::new(TroubleCode::HandOutNotMade),
            HandOutError::NotPrinted { program } => {
                Self::new(TroubleCode::HandOutNotPrinted).text("program", program)
            }
            HandOutError::NotSaved { folder } => {
                Self::new(TroubleCode::HandOutNotSaved).text("folder", folder)
            }
            HandOutError::NotHere => Self::new(TroubleCode::HandOutNotHere),
        }
    }
}
