//! What of a user's session is around the app as it is shipped, and how it is started there.

use std::path::Path;
use std::process::{Command, Stdio};

use workplace::Outcome;

use crate::bus::{self, Bus};
use crate::plain::{Rights, plain};
use crate::vault::Vault;

/// What of a user's session is around the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Session {
    /// No bus: then there is no credential store either.
    Bare,
    /// A session bus of its own, with everything that goes over it written down.
    Heard,
    /// One with a credential store, and callers are served.
    WithStore,
}

impl Session {
    /// `home` belongs to who runs the app, and to nobody else what is opened.
    pub(crate) fn open(self, home: &Path, rights: Rights) -> Outcome<(Option<Bus>, Option<Vault>)> {
        match self {
            Self::Bare => Ok((None, None)),
            Self::Heard => Ok((bus::open(home)?, None)),
            Self::WithStore => {
                let of = home.to_owned();
                let program = move |name: &str| plain(&of, Path::new(name), rights);
                Ok((None, Some(Vault::open(home, program)?)))
            }
        }
    }
}

/// The app with everything it reads and writes below its home.
pub(crate) fn app(home: &Path, rights: Rights) -> Command {
    let at = |name: &str| home.join(name);
    let mut command = plain(home, &at("madoguchi"), rights);
    command
        .arg("--config")
        .arg(at("madoguchi.toml"))
        .arg("--data-dir")
        .arg(at("data"))
        .env("NO_COLOR", "1")
        .env("TMPDIR", at("tmp"))
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}
