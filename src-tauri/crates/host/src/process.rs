//! Making the process hard to look into.

/// Switches core dumps off and, on Linux, keeps other processes of the same user from reading this
/// one's memory. The core limit passes on to children; the rest does not outlive their `exec`.
/// Call it first thing in `main`.
///
/// # Errors
/// What the system answered; all measures are tried before the first error is returned.
pub fn harden() -> std::io::Result<()> {
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
