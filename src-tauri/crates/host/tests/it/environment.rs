use std::ffi::OsStr;
#[cfg(unix)]
use std::path::Path;

#[cfg(unix)]
use host::environment::home_of_a_kiosk;
use host::environment::{Trust, is_allowed};

/// T6: what each kind of machine listens to.
#[test]
fn t6_only_what_finds_home_display_and_session_is_listened_to() {
    let check = |name: &str, value: &str, kiosk: bool, desk: bool| {
        let value = OsStr::new(value);
        assert_eq!(is_allowed(name, value, Trust::Kiosk), kiosk, "{name}");
        assert_eq!(is_allowed(name, value, Trust::Desk), desk, "{name}");
    };
    for name in REFUSED {
        check(name, "x", false, false);
    }
    for name in OF_A_DESK {
        check(name, "x", false, true);
    }
    check("PATH", "x", true, true);
    if cfg!(target_os = "linux") {
        for name in ALLOWED {
            check(name, "x", true, true);
        }
        for bus in BUSES {
            for sockets in [
                "unix:path=/run/user/1000/bus",
                "unix:path=/a;unix:abstract=b",
            ] {
                check(bus, sockets, true, true);
            }
            for other in [
                "unixexec:path=/opt/program",
                "unix:path=/a;autolaunch:",
                "tcp:host=192.0.2.1,port=1",
                "nonce-tcp:host=192.0.2.1",
                "x",
            ] {
                check(bus, other, false, false);
            }
        }
        for display in ["x11", "wayland", "x11,wayland", "wayland,x11"] {
            check("GDK_BACKEND", display, true, true);
        }
        for other in ["broadway", "x11,broadway", "*", "x11,*", "x11,", "", "X11"] {
            check("GDK_BACKEND", other, false, false);
        }
    }
}

const REFUSED: &[&str] = &[
    "DYLD_INSERT_LIBRARIES",
    "FONTCONFIG_FILE",
    "GCONV_PATH",
    "GDK_PIXBUF_MODULE_FILE",
    "GIO_EXTRA_MODULES",
    "GIO_MODULE_DIR",
    "GLIBC_TUNABLES",
    "GST_PLUGIN_PATH",
    "GTK3_MODULES",
    "GTK_DEBUG",
    "GTK_IM_MODULE_FILE",
    "GTK_MODULES",
    "GTK_PATH",
    "G_MESSAGES_DEBUG",
    "JSC_useJIT",
    "LD_AUDIT",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "LIBGL_DRIVERS_PATH",
    "LOCPATH",
    "MALLOC_CHECK_",
    "OPENSSL_CONF",
    "RUST_LOG",
    "SSLKEYLOGFILE",
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS",
    "WEBKIT_EXEC_PATH",
    "WEBKIT_FORCE_SANDBOX",
    "WEBKIT_INJECTED_BUNDLE_PATH",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "home",
    "something-else",
    "",
];

const OF_A_DESK: &[&str] = &[
    "BROWSER",
    "HTTPS_PROXY",
    "NO_PROXY",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
    "all_proxy",
    "http_proxy",
];

const BUSES: [&str; 3] = [
    "AT_SPI_BUS_ADDRESS",
    "DBUS_SESSION_BUS_ADDRESS",
    "IBUS_ADDRESS",
];

const ALLOWED: &[&str] = &[
    "DISPLAY",
    "GDK_SCALE",
    "GTK_IM_MODULE",
    "HOME",
    "LANG",
    "LC_ALL",
    "NOTIFY_SOCKET",
    "WAYLAND_DISPLAY",
    "WEBKIT_DISABLE_DMABUF_RENDERER",
    "XDG_RUNTIME_DIR",
    "XMODIFIERS",
];

/// T6: a kiosk is at home where its account is, or below; another's folder is nobody's home.
#[cfg(unix)]
#[test]
fn t6_a_kiosk_has_no_home_but_its_accounts_own() {
    use std::os::unix::fs::PermissionsExt;
    // Sticky everywhere; what TMPDIR names may be anybody's.
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let at = |name: &str| folder.path().join(name);
    let own = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder.path(), own).unwrap();
    for name in ["account", "account/below", "elsewhere", "account/open"] {
        std::fs::create_dir(at(name)).unwrap();
        std::fs::set_permissions(at(name), std::fs::Permissions::from_mode(0o700)).unwrap();
    }
    let open = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(at("account/open"), open).unwrap();
    std::os::unix::fs::symlink(at("elsewhere"), at("account/link")).unwrap();
    let account = at("account");
    let check = |named: &str, account: Option<&Path>, expected: Option<&str>| {
        let home = home_of_a_kiosk(&at(named), account);
        assert_eq!(home, expected.map(at), "{named} beside {account:?}");
    };
    let own = Some(account.as_path());
    check("account", own, Some("account"));
    check("account/below", own, Some("account/below"));
    for named in [
        "elsewhere",
        "account/open",
        "account/link",
        "account/../elsewhere",
        "missing",
        "account/missing",
        "accounts",
    ] {
        check(named, own, Some("account"));
    }
    for account in [None, Some(Path::new("/nonexistent"))] {
        check("elsewhere", account, Some("elsewhere"));
        check("account/open", account, None);
        check("missing", account, None);
    }
    assert_eq!(home_of_a_kiosk(Path::new(""), own), Some(account.clone()));
    assert_eq!(home_of_a_kiosk(Path::new(""), None), None);
}

#[cfg(target_os = "linux")]
mod started {
    use std::path::PathBuf;
    use std::process::Command;

    use host::environment::{EnvironmentError, begin};

    use super::*;

    /// A library that says where it was loaded by being there.
    fn marker(folder: &Path) -> PathBuf {
        compiled(folder, "int marker_library(void) { return 1; }\n")
    }

    /// One that takes what loaded it out of the environment before `main`.
    fn shy_marker(folder: &Path) -> PathBuf {
        let words = "#include <stdlib.h>\n__attribute__((constructor)) static void go(void) { unsetenv(\"LD_PRELOAD\"); }\n";
        compiled(folder, words)
    }

    fn compiled(folder: &Path, words: &str) -> PathBuf {
        let (source, library) = (folder.join("marker.c"), folder.join("marker-library.so"));
        std::fs::write(&source, words).unwrap();
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-o"]).arg(&library);
        assert!(compiler.arg(&source).status().unwrap().success());
        library
    }

    fn command(name: &str, task: &str) -> Command {
        let mut command = crate::again::command(&format!("environment::started::{name}"), task);
        // cargo sets some of these for its tests.
        for (name, _) in std::env::vars_os() {
            if name
                .to_str()
                .is_some_and(host::environment::acts_before_main)
            {
                command.env_remove(name);
            }
        }
        // The one thread there is runs the test.
        command.arg("--test-threads=1");
        command
    }

    fn has_marker() -> bool {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        maps.contains("marker-library")
    }

    /// What the kernel and a child say of this process's environment.
    fn told() -> String {
        let own = std::fs::read("/proc/self/environ").unwrap();
        let child = Command::new("env").output().unwrap().stdout;
        String::from_utf8_lossy(&[own, child].concat()).into_owned()
    }

    /// T6: each variable by itself; its value is in no account of the process, and in no child.
    #[test]
    fn t6_what_is_refused_is_in_no_account_of_the_process() {
        let name = "t6_what_is_refused_is_in_no_account_of_the_process";
        let Some(task) = crate::again::task() else {
            for trust in ["kiosk", "desk"] {
                let mut started = command(name, trust);
                for variable in REFUSED
                    .iter()
                    .chain(OF_A_DESK)
                    .filter(|name| !name.is_empty())
                {
                    // What the loader obeys has a test of its own; most values would keep the test from starting.
                    if !host::environment::acts_before_main(variable) {
                        started.env(variable, format!("planted-{variable}"));
                    }
                }
                crate::again::run(started);
            }
            return;
        };
        let trust = if task == "desk" {
            Trust::Desk
        } else {
            Trust::Kiosk
        };
        assert!(told().contains("planted-GIO_EXTRA_MODULES"), "before");
        // SAFETY: the test runs on the only thread there is.
        let removed = unsafe { begin().unwrap().clean(trust, &[]) };
        let told = told();
        for variable in REFUSED
            .iter()
            .chain(OF_A_DESK)
            .filter(|name| !name.is_empty())
        {
            if host::environment::acts_before_main(variable) {
                continue;
            }
            let kept = trust == Trust::Desk && OF_A_DESK.contains(variable);
            let planted = format!("planted-{variable}");
            assert_eq!(told.contains(&planted), kept, "{variable}");
            assert_eq!(
                removed.iter().any(|name| name == variable),
                !kept,
                "{variable}"
            );
        }
        assert!(std::env::var_os("PATH").is_some());
        assert!(removed.is_sorted());
    }

    /// T6: a home that somebody names is with a desk alone; the kiosk's is the one in the list of accounts.
    #[test]
    fn t6_a_home_that_is_planted_is_not_a_kiosks() {
        let name = "t6_a_home_that_is_planted_is_not_a_kiosks";
        let Some(task) = crate::again::task() else {
            let folder = tempfile::tempdir_in("/tmp").unwrap();
            let home = folder.path().join("planted-home");
            std::fs::create_dir(&home).unwrap();
            for own in [folder.path(), &home] {
                let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
                std::fs::set_permissions(own, mode).unwrap();
            }
            for trust in ["kiosk", "desk"] {
                let mut started = command(name, trust);
                started.env("HOME", &home);
                crate::again::run(started);
            }
            return;
        };
        let planted = std::env::var_os("HOME").unwrap();
        let trust = if task == "desk" {
            Trust::Desk
        } else {
            Trust::Kiosk
        };
        let script = "getent passwd \"$(id -u)\" | cut -d: -f6";
        let account = Command::new("sh").args(["-c", script]).output().unwrap();
        let account = String::from_utf8(account.stdout).unwrap();
        let account = Path::new(account.trim());
        // SAFETY: the test runs on the only thread there is.
        let removed = unsafe { begin().unwrap().clean(trust, &[]) };
        let home = std::env::var_os("HOME");
        if trust == Trust::Kiosk && account.is_dir() {
            assert_eq!(home.as_deref(), Some(account.as_os_str()));
            assert!(!told().contains("planted-home"));
            assert!(removed.iter().any(|name| name == "HOME"), "{removed:?}");
        } else {
            assert_eq!(home, Some(planted));
            assert!(!removed.iter().any(|name| name == "HOME"), "{removed:?}");
        }
    }

    /// T6: an entry without a name is nobody's, and keeps nothing else from being removed.
    #[test]
    fn t6_an_entry_without_a_name_stops_nothing() {
        let name = "t6_an_entry_without_a_name_stops_nothing";
        let Some(task) = crate::again::task() else {
            for entry in ["=", "=C:", "=a b"] {
                for early in [false, true] {
                    let mut started = command(name, entry);
                    started.env(entry, "x").env("PLANTED", "a=b=c");
                    if early {
                        started.env("LD_BIND_NOW", "1");
                    }
                    crate::again::run(started);
                }
            }
            return;
        };
        let has = |wanted: &str| std::env::vars_os().any(|(name, _)| name == wanted);
        let environment = begin().unwrap();
        assert!(has(&task) && has("PLANTED"), "before");
        // SAFETY: the test runs on the only thread there is.
        let removed = unsafe { environment.clean(Trust::Kiosk, &[]) };
        assert!(!has("PLANTED"));
        assert!(removed.iter().any(|name| name == "PLANTED"), "{removed:?}");
        assert!(!removed.iter().any(|name| name == &task), "{removed:?}");
    }

    /// T6: what acts before `main` is not in the process that goes on, under the same number and arguments.
    #[test]
    fn t6_what_acts_before_main_does_not_stay() {
        let name = "t6_what_acts_before_main_does_not_stay";
        let Some(task) = crate::again::task() else {
            let folder = tempfile::tempdir().unwrap();
            let shy = tempfile::tempdir().unwrap();
            let (library, shy) = (marker(folder.path()), shy_marker(shy.path()));
            for (variable, value) in [
                ("LD_PRELOAD", library.as_os_str()),
                ("LD_PRELOAD", shy.as_os_str()),
                ("LD_AUDIT", library.as_os_str()),
                ("LD_BIND_NOW", OsStr::new("1")),
                ("MALLOC_ARENA_MAX", OsStr::new("1")),
                ("GLIBC_TUNABLES", OsStr::new("glibc.malloc.check=0")),
                ("GCONV_PATH", folder.path().as_os_str()),
                ("LOCPATH", folder.path().as_os_str()),
            ] {
                let mut started = command(name, variable);
                started.env(variable, value).env("PLANTED", "a=b=c");
                crate::again::run(started);
            }
            return;
        };
        let environment = begin().unwrap();
        // From here on this is the second start.
        assert!(!has_marker(), "{task}");
        assert!(std::env::var_os(&task).is_none());
        // SAFETY: the test runs on the only thread there is.
        let removed = unsafe { environment.clean(Trust::Kiosk, &[]) };
        for name in [task.as_str(), "PLANTED"] {
            assert!(removed.iter().any(|removed| removed == name), "{removed:?}");
        }
        assert!(!told().contains("MADOGUCHI_STARTED_AGAIN"));
        assert!(
            !removed.iter().any(|name| name.starts_with("MADOGUCHI_")),
            "{removed:?}"
        );
    }

    /// The control of the test above: without the look at the environment the library is there.
    #[test]
    fn a_library_that_is_preloaded_is_seen() {
        let name = "a_library_that_is_preloaded_is_seen";
        if crate::again::task().is_none() {
            let folder = tempfile::tempdir().unwrap();
            let mut started = command(name, "look");
            started.env("LD_PRELOAD", marker(folder.path()));
            crate::again::run(started);
            return;
        }
        assert!(has_marker());
    }

    /// T6: setting the mark of the second start by hand opens no way around it.
    #[test]
    fn t6_the_mark_of_the_second_start_lets_nothing_through() {
        let name = "t6_the_mark_of_the_second_start_lets_nothing_through";
        let Some(task) = crate::again::task() else {
            for mark in ["1", "0", "3", "-1", "x", ""] {
                let mut started = command(name, "with");
                started.env("MADOGUCHI_STARTED_AGAIN", mark);
                crate::again::run(started);
                let mut started = command(name, "without");
                started
                    .env("MADOGUCHI_STARTED_AGAIN", mark)
                    .env("LD_BIND_NOW", "1");
                crate::again::run(started);
            }
            return;
        };
        match (task.as_str(), begin()) {
            ("with", Ok(environment)) => {
                // SAFETY: the test runs on the only thread there is.
                let removed = unsafe { environment.clean(Trust::Kiosk, &[]) };
                assert!(!told().contains("MADOGUCHI_STARTED_AGAIN"), "{removed:?}");
            }
            ("without", Err(EnvironmentError::ComesBack(name))) => assert_eq!(name, "LD_BIND_NOW"),
            (task, other) => panic!("{task}: {:?}", other.err()),
        }
    }

    /// The browser is the user's own program: it gets what the app was started with, twice started or not.
    #[test]
    fn the_browser_gets_the_original_environment() {
        let name = "the_browser_gets_the_original_environment";
        let Some(task) = crate::again::task() else {
            for early in [false, true] {
                let folder = tempfile::tempdir().unwrap();
                let pipe = folder.path().join("pipe");
                assert!(
                    Command::new("mkfifo")
                        .arg(&pipe)
                        .status()
                        .unwrap()
                        .success()
                );
                let mut started = command(name, pipe.to_str().unwrap());
                started
                    .env("GTK_MODULES", "of\nthe user")
                    .env("PLANTED", "a=b=c");
                if early {
                    started.env("LD_BIND_NOW", "1");
                }
                let reader = std::thread::spawn(move || std::fs::read(pipe).unwrap());
                crate::again::run(started);
                let seen = String::from_utf8(reader.join().unwrap()).unwrap();
                let has = |entry: &str| seen.split('\0').any(|seen| seen == entry);
                assert!(has("GTK_MODULES=of\nthe user"), "{seen}");
                assert!(has("PLANTED=a=b=c"), "{seen}");
                assert_eq!(has("LD_BIND_NOW=1"), early, "{seen}");
                assert!(!seen.contains("MADOGUCHI_STARTED_AGAIN"), "{seen}");
            }
            return;
        };
        // SAFETY: the test runs on the only thread there is.
        let _ = unsafe { begin().unwrap().clean(Trust::Kiosk, &[]) };
        assert!(std::env::var_os("GTK_MODULES").is_none());
        let script = "tr -d '' < /proc/self/environ > \"$0\"";
        let browser = ["sh", "-c", script, &task].map(str::to_owned);
        host::browser::open(Some(&browser), "https://example.test/").unwrap();
    }
}
