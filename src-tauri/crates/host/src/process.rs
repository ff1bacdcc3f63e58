//! Making the process hard to look into.

/// Switches core dumps off and, on Linux, keeps other processes of the same user from reading this
/// one's memory. The core limit passes on to children; that does not outlive their `exec`. What any library and any
/// child makes from here on is this user's alone. Call it first thing in `main`.
///
/// # Errors
/// What the system answered; all measures are tried before the first error is returned.
pub fn harden() -> std::io::Result<()> {
    private_files();
    let limit = no_core_dumps();
    let memory = no_memory_access();
    limit.and(memory)
}

/// The variables that WebDriver needs, for the build that is made for it.
pub const AUTOMATION_NAMES: [&str; 3] = [
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
];

/// The engine's processes make folders by themselves, some of them after the app has removed what was there.
#[cfg(unix)]
fn private_files() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// On Windows a new file has the rights of its folder.
#[cfg(not(unix))]
fn private_files() {}

#[cfg(unix)]
fn no_core_dumps() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    Ok(setrlimit(Resource::Core, none)?)
}

#[cfg(not(unix))]
fn no_core_dumps() -> std::io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn no_memory_access() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn no_memory_access() -> std::io::Result<()> {
    Ok(())
}
