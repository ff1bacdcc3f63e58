//! Why a run ends before its end.

use std::io;

use entra::{GraphError, GraphErrorKind};

use crate::asking::word;
use crate::report::Ending;
use crate::roll::NoRoll;

/// What it means that the report may not be read.
pub(crate) const NO_REPORT: &str =
    "the registration report may not be read: everybody's methods are, two in ten seconds";

/// Why nobody is worked on.
pub(crate) struct Early {
    pub(crate) ending: Ending,
    pub(crate) why: String,
}

impl Early {
    pub(crate) fn new(ending: Ending, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { ending, why }
    }
}

impl From<io::Error> for Early {
    fn from(error: io::Error) -> Self {
        Self::new(
            Ending::Failed,
            format!("nothing can be written down: {error}"),
        )
    }
}

/// Why there is no roll, in the same words for whoever asks.
impl From<NoRoll> for Early {
    fn from(no: NoRoll) -> Self {
        match no {
            NoRoll::Unfit(why) => Self::new(Ending::Configuration, why),
            NoRoll::Unread(error) => unread("the roll", &error),
        }
    }
}

/// What could not be read, and whether another run may do.
pub(crate) fn unread(what: &str, error: &GraphError) -> Early {
    let no = matches!(
        error.kind,
        GraphErrorKind::NotFound | GraphErrorKind::NotPermitted
    );
    let ending = if no {
        Ending::Configuration
    } else {
        Ending::Failed
    };
    Early::new(
        ending,
        format!("{what} cannot be read: {}", word(&error.kind)),
    )
}
