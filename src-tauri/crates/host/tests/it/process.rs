use host::process::{AUTOMATION_NAMES, is_scrubbed, scrub_environment_names};

/// T5: read from the kernel's own account of a process that hardened itself.
#[cfg(target_os = "linux")]
#[test]
fn t5_a_hardened_process_dumps_no_core_and_shows_no_memory() {
    use std::os::unix::fs::MetadataExt;
    if crate::again::task().is_none() {
        let name = "process::t5_a_hardened_process_dumps_no_core_and_shows_no_memory";
        crate::again::run(crate::again::command(name, "harden"));
        return;
    }
    let core_limit = || {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let line = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .unwrap();
        line.split_whitespace()
            .skip(4)
            .take(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let dumpable = || rustix::process::dumpable_behavior().unwrap();
    assert_eq!(
        dumpable(),
        rustix::process::DumpableBehavior::Dumpable,
        "before"
    );
    host::process::harden().unwrap();
    assert_eq!(dumpable(), rustix::process::DumpableBehavior::NotDumpable);
    assert_eq!(core_limit(), ["0", "0"]);
    // The kernel gives the memory of such a process to root alone.
    assert_eq!(std::fs::metadata("/proc/self/mem").unwrap().uid(), 0);
}

/// T6: the doors into the web view.
#[test]
fn t6_variables_that_open_the_web_view_are_named() {
    let check = |name: &str, expected: bool| assert_eq!(is_scrubbed(name), expected, "{name}");
    check("WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS", true);
    check("webview2_additional_browser_arguments", true);
    check("WEBVIEW2_SOMETHING_NEW", true);
    check("WEBKIT_INSPECTOR_SERVER", true);
    check("WEBKIT_INSPECTOR_HTTP_SERVER", true);
    check("GTK_DEBUG", true);
    check("GTK_MODULES", true);
    check("LD_PRELOAD", true);
    check("TAURI_WEBVIEW_AUTOMATION", true);
    check("WEBKIT_DISABLE_DMABUF_RENDERER", false);
    check("LD_LIBRARY_PATH", false);
    check("DISPLAY", false);
    check("PATH", false);
    check("HTTPS_PROXY", false);
    let names = scrub_environment_names();
    assert!(names.iter().all(|name| is_scrubbed(name)));
    assert!(AUTOMATION_NAMES.iter().all(|name| names.contains(name)));
}
