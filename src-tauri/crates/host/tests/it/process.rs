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
    rustix::process::umask(rustix::fs::Mode::empty());
    host::process::harden().unwrap();
    assert_eq!(dumpable(), rustix::process::DumpableBehavior::NotDumpable);
    assert_eq!(core_limit(), ["0", "0"]);
    // Whatever makes a file or a folder, itself or a child, under whatever mask the account has.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("own"), "").unwrap();
    let script = r#"mkdir -p "$1/made/deep" && : > "$1/made/file""#;
    let made = std::process::Command::new("/bin/sh")
        .args(["-c", script, "sh"])
        .arg(folder.path())
        .status()
        .unwrap();
    assert!(made.success());
    for name in ["own", "made", "made/deep", "made/file"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
    // The kernel gives the memory of such a process to root alone.
    assert_eq!(std::fs::metadata("/proc/self/mem").unwrap().uid(), 0);
}
