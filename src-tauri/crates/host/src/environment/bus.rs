//! The session bus of a kiosk that was told of none.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

pub(super) const NAME: &str = "DBUS_SESSION_BUS_ADDRESS";

/// The socket that the session's manager makes, whether it is there or not. Without any address GIO asks the X11
/// session for one, where whoever has the display may answer, with a program to be started.
pub(super) fn of_the_session() -> OsString {
    let folder = std::env::var_os("XDG_RUNTIME_DIR").filter(|folder| !folder.is_empty());
    let folder = folder.map_or_else(own_folder, PathBuf::from);
    let mut address = String::from("unix:path=");
    for byte in folder.join("bus").as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'/' | b'.' => {
                address.push(char::from(*byte));
            }
            _ => address.push_str(&format!("%{byte:02x}")),
        }
    }
    address.into()
}

fn own_folder() -> PathBuf {
    let own = rustix::process::geteuid().as_raw();
    format!("/run/user/{own}").into()
}
