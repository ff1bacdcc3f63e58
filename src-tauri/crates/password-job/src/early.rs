//! Why a run ends before its end.

use std::io;

use entra::{GraphError, GraphErrorKind};

use crate::asking::word;
use crate::report::Ending;

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
