//! Whether the web view's processes can be shut in.

/// What came of the trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sandbox {
    /// bubblewrap works here; the web view's processes see only what they need.
    On,
    /// The system does not let this user make namespaces, or the programs are missing.
    NotHere,
    /// This system's web view has a sandbox of its own.
    OfTheSystem,
}

/// The variable by which WebKitGTK is told to use its sandbox.
pub const VARIABLE: (&str, &str) = ("WEBKIT_FORCE_SANDBOX", "1");

/// Starts bubblewrap the way WebKitGTK does, with nothing in it, and waits for it at most a second. WebKitGTK itself
/// would end the app where this fails.
#[must_use]
pub fn trial() -> Sandbox {
    #[cfg(target_os = "linux")]
    return if linux::works() {
        Sandbox::On
    } else {
        Sandbox::NotHere
    };
    #[cfg(not(target_os = "linux"))]
    Sandbox::OfTheSystem
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;
    use std::process::{Child, Command, Stdio};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    /// Compiled into WebKitGTK by distributions; it looks nowhere else.
    const PROGRAM: &str = "/usr/bin/bwrap";
    const BUS_PROXY: &str = "/usr/bin/xdg-dbus-proxy";
    const LIMIT: Timespec = Timespec {
        tv_sec: 1,
        tv_nsec: 0,
    };
    /// What WebKitGTK asks for that a system may refuse.
    const ARGUMENTS: [&str; 14] = [
        "--die-with-parent",
        "--unshare-pid",
        "--unshare-uts",
        "--unshare-ipc",
        "--unshare-net",
        "--ro-bind",
        "/",
        "/",
        "--dev",
        "/dev",
        "--proc",
        "/proc",
        "--",
        "/bin/true",
    ];

    pub(super) fn works() -> bool {
        if !Path::new(BUS_PROXY).exists() {
            return false;
        }
        let started = Command::new(PROGRAM)
            .args(ARGUMENTS)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        started.is_ok_and(ends_well)
    }

    fn ends_well(mut child: Child) -> bool {
        let ended = within_the_limit(&child);
        if !ended {
            // It may have ended just now; the wait below is what counts.
            let _ = child.kill();
        }
        let well = child.wait().is_ok_and(|status| status.success());
        ended && well
    }

    fn within_the_limit(child: &Child) -> bool {
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let Some(pid) = pid else { return false };
        let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else {
            return false;
        };
        let mut ends = [PollFd::new(&handle, PollFlags::IN)];
        poll(&mut ends, Some(&LIMIT)).is_ok_and(|ready| ready == 1)
    }
}
