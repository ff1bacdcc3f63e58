//! `madoguchictl` from outside.
//!
//! - `accept`: records that a station does not trust, accepted by an administrator
//! - `bad_configs`: keys, types and syntax that are refused, with line, key and what is allowed
//! - `bad_four_eyes`: four eyes that see nothing
//! - `bad_limits`: ids of `[limits]` that are none
//! - `bad_notice`: `[notice]` where nobody would get mail, or could not
//! - `bad_places`: addresses that Conditional Access is asked about, which are refused
//! - `bad_telephone`: `[telephone]` where nobody could be proofed by it
//! - `bad_values`: values that are refused, in the same way
//! - `good_configs`: the sample and what may be written besides it
//! - `command`: version, usage, exit codes
//! - `guide`: the admin guide lists every key and code; links between the documents lead somewhere
//! - `later`: columns that a record of the first version leaves empty
//! - `mangled`: files that were cut or mixed up
//! - `named`: files, folders and programs a configuration names, and who can change them
//! - `packs`: the site's own walk-throughs
//! - `passwords`: the unattended job as it is shipped, killed at any point
//! - `passwords_signed_in`: an operator signs in for those from on premises
//! - `record`: checking a record and taking it out, from outside
//! - `record_odd`: files that are no record, no longer one, or only half of one
//! - `roots`: `cloud.ca_file` in every form a file of certificates comes in
//! - `schema`: `docs/config.schema.json` is current
//! - `scopes`: the rights a sign-in asks for
#![expect(
    clippy::unwrap_used,
    reason = "a test's set-up that fails must end the test"
)]

mod accept;
mod bad_after;
mod bad_configs;
mod bad_four_eyes;
mod bad_limits;
mod bad_notice;
mod bad_places;
mod bad_telephone;
mod bad_values;
mod bad_visits;
mod command;
mod good_configs;
mod guide;
mod later;
mod mangled;
mod named;
mod packs;
#[cfg(feature = "passwords")]
mod passwords;
#[cfg(feature = "passwords")]
mod passwords_signed_in;
mod proxy;
mod record;
mod record_odd;
mod roots;
mod schema;
mod scopes;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the command said.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Said {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_madoguchictl"))
        .args(arguments)
        .output()
        .unwrap();
    Said {
        code: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// `config check` of a text.
fn check_text(text: &[u8]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("madoguchi.toml");
    std::fs::write(&file, text).unwrap();
    // A kiosk takes no other, and the umask may say otherwise.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for (path, own) in [(file.as_path(), 0o600), (folder.path(), 0o700)] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(own)).unwrap();
        }
    }
    let mut said = run(&["config".as_ref(), "check".as_ref(), file.as_os_str()]);
    // Every line names the file; the tests look at what follows.
    said.err = said.err.replace(&format!("{}: ", file.display()), "");
    said
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs")
}

fn sample() -> String {
    std::fs::read_to_string(docs().join("madoguchi.sample.toml")).unwrap()
}
