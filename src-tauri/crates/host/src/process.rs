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

/// Environment variables that let somebody outside look into the web view, run code in it or change
/// what it loads. The app removes them before it starts a thread or a window. A variable that merely
/// begins with one of [`SCRUBBED_PREFIXES`] is to be removed as well.
#[must_use]
pub fn scrub_environment_names() -> Vec<&'static str> {
    SCRUBBED.to_vec()
}

/// Whether a variable of this name is to be removed.
#[must_use]
pub fn is_scrubbed(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    SCRUBBED.contains(&name.as_str())
        || SCRUBBED_PREFIXES
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

/// Beginnings of variable names that are removed whatever follows.
pub const SCRUBBED_PREFIXES: [&str; 4] =
    ["WEBVIEW2_", "WEBKIT_INSPECTOR_", "COREWEBVIEW2_", "DYLD_"];

/// The only ones of them that WebDriver needs, for the build that is made for it.
pub const AUTOMATION_NAMES: [&str; 3] = [
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
];

/// Search paths such as `LD_LIBRARY_PATH` are left alone: some ways of packaging set them for the web
/// view's own processes.
const SCRUBBED: [&str; 25] = [
    "COREWEBVIEW2_FORCED_HOSTING_MODE",
    "DYLD_INSERT_LIBRARIES",
    "GTK3_MODULES",
    "GTK_DEBUG",
    "GTK_MODULES",
    "G_MESSAGES_DEBUG",
    "LD_AUDIT",
    "LD_PRELOAD",
    "SSLKEYLOGFILE",
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_DEBUG",
    "WEBKIT_EXEC_PATH",
    "WEBKIT_INJECTED_BUNDLE_PATH",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_INSPECTOR_RESOURCES_PATH",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
    "WEBVIEW2_CHANNEL_SEARCH_KIND",
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
    "WEBVIEW2_RELEASE_CHANNELS",
    "WEBVIEW2_RELEASE_CHANNEL_PREFERENCE",
    "WEBVIEW2_USER_DATA_FOLDER",
    "WEBVIEW2_WAIT_FOR_SCRIPT_DEBUGGER",
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
