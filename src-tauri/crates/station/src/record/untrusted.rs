//! What keeps a station from trusting its record.

use onboarding::record::RecordFault;

/// Why a record is not trusted. An administrator may accept it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrusted {
    #[error("its file is gone")]
    Missing {
        /// How many entries it had; none where only its side file is left to tell.
        known: Option<u64>,
    },
    #[error("its file is empty")]
    Empty {
        /// How many entries it had.
        known: Option<u64>,
    },
    #[error("its side file is missing or damaged, and with it what was recorded last")]
    SideFile,
    #[error("it ends at entry {found} although it once had {known}")]
    RolledBack { found: u64, known: u64 },
    #[error("it is another station's")]
    OtherStation,
    #[error("it was written anew: entry {entry} is another than the one that stood there")]
    Rewritten { entry: u64 },
    #[error("what was remembered of it outside of it is gone")]
    WitnessMissing,
    #[error("what is remembered of it outside of it cannot be read")]
    WitnessUnreadable,
}

impl Untrusted {
    /// Its word in the record.
    #[must_use]
    pub fn fault(self) -> RecordFault {
        match self {
            Self::Missing { .. } => RecordFault::Missing,
            Self::Empty { .. } => RecordFault::Empty,
            Self::SideFile => RecordFault::SideFile,
            Self::RolledBack { .. } => RecordFault::RolledBack,
            Self::OtherStation => RecordFault::OtherStation,
            Self::Rewritten { .. } => RecordFault::Rewritten,
            Self::WitnessMissing => RecordFault::WitnessMissing,
            Self::WitnessUnreadable => RecordFault::WitnessUnreadable,
        }
    }
}
