//! The plain user who runs the app.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

use rustix::process::geteuid;
use workplace::Outcome;

use crate::stage::limited;

/// Who runs the app where we are root: nobody of the system's own accounts.
const PLAIN_USER: u32 = 65534;

/// What the app may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rights {
    /// What any user may.
    Plain,
    /// The same, but for namespaces: some containers and some systems let nobody make them.
    NoNamespaces,
}

/// A folder that can be home to the app: a kiosk takes none but its account's own home, or one below; any where the
/// account has none, as the plain user.
pub(crate) fn folder(rights: Rights) -> Outcome<tempfile::TempDir> {
    let mut named = tempfile::Builder::new();
    named.prefix("madoguchi-shipped");
    let own = std::env::home_dir().filter(|home| home.is_dir() && !is_another(rights));
    Ok(match own {
        Some(home) => named.tempdir_in(home)?,
        None => named.tempdir()?,
    })
}

/// Makes the folder and what lies in it the plain user's, where that is another user than us.
pub(crate) fn hand_over(folder: &Path, rights: Rights) -> Outcome<()> {
    if is_another(rights) {
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            chown(&next, Some(PLAIN_USER), Some(PLAIN_USER))?;
            for entry in fs::read_dir(&next)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    chown(&path, Some(PLAIN_USER), Some(PLAIN_USER))?;
                }
            }
        }
    }
    let own = fs::Permissions::from_mode(0o700);
    Ok(fs::set_permissions(folder, own)?)
}

/// A program run by a plain user whose home is this folder; by ourselves where we are none other, and without any right
/// where only we exist.
pub(crate) fn plain(home: &Path, program: &Path, rights: Rights) -> Command {
    const REFUSE: &str = "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"";
    const WITHOUT_RIGHTS: [&str; 4] = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"];
    let user = format!("--reuid={PLAIN_USER}");
    let group = format!("--regid={PLAIN_USER}");
    let mut words: Vec<&str> = Vec::new();
    if rights == Rights::NoNamespaces {
        words.extend(["unshare", "--user", "--map-root-user", "--"]);
        words.extend(["sh", "-c", REFUSE, "sh"]);
        words.extend(WITHOUT_RIGHTS);
    } else if is_another(rights) {
        words.extend(["setpriv", &user, &group, "--clear-groups", "--"]);
    } else if geteuid().is_root() {
        words.extend(WITHOUT_RIGHTS);
    }
    let program = program.to_string_lossy();
    words.push(&program);
    let mut command = limited(words[0]);
    command
        .args(&words[1..])
        .env("HOME", home)
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

fn is_another(rights: Rights) -> bool {
    rights == Rights::Plain && geteuid().is_root() && has_others()
}

/// Whether other users exist where we live; a namespace of our own has only us.
pub(crate) fn has_others() -> bool {
    let Ok(map) = fs::read_to_string("/proc/self/uid_map") else {
        return false;
    };
    map.lines().any(|line| {
        let length = line.split_whitespace().nth(2);
        length.and_then(|length| length.parse::<u64>().ok()) > Some(1)
    })
}
