//! The plain user who runs the app.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

use workplace::Outcome;

use super::rights;
use crate::stage::limited;

/// Who runs the app: nobody of the system's own accounts.
const PLAIN_USER: u32 = 65534;

/// Makes the folder and what lies in it the plain user's, where there is another user than us.
pub(super) fn hand_over(folder: &Path) -> Outcome<()> {
    if rights::has_others() {
        chown(folder, Some(PLAIN_USER), Some(PLAIN_USER))?;
        for entry in fs::read_dir(folder)? {
            chown(entry?.path(), Some(PLAIN_USER), Some(PLAIN_USER))?;
        }
    }
    Ok(fs::set_permissions(
        folder,
        fs::Permissions::from_mode(0o700),
    )?)
}

/// A program run by a plain user whose home is this folder. Where only we exist it loses every right instead.
pub(super) fn plain(home: &Path, program: &Path) -> Command {
    let mut command = limited("setpriv");
    if rights::has_others() {
        command
            .arg(format!("--reuid={PLAIN_USER}"))
            .arg(format!("--regid={PLAIN_USER}"))
            .arg("--clear-groups");
    } else {
        command.args(["--bounding-set=-all", "--inh-caps=-all"]);
    }
    command
        .arg("--")
        .arg(program)
        .env("HOME", home)
        .env("USER", "nobody")
        .current_dir(home);
    for name in [
        "XDG_RUNTIME_DIR",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "DBUS_SESSION_BUS_ADDRESS",
        "XAUTHORITY",
    ] {
        command.env_remove(name);
    }
    command
}
