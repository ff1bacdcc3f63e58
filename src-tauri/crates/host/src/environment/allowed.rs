//! The allow-list.

use std::ffi::OsStr;

/// How much of the environment the app listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A machine anybody may touch: only what finds home, display and session; home is where the account's is.
    Kiosk,
    /// Somebody's own laptop: also which browser, proxy and root certificates the user has.
    Desk,
}

/// What finds home, paths, locale, display, session, accessibility, input methods and the service manager.
#[cfg(not(any(windows, target_os = "macos")))]
const ALLOWED: &[&str] = &[
    // Home and paths.
    "HOME",
    "USER",
    "LOGNAME",
    "PATH",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
    // Locale; LC_* besides.
    "LANG",
    "LANGUAGE",
    "TZ",
    // Display.
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "GDK_BACKEND",
    "DESKTOP_SESSION",
    "DESKTOP_STARTUP_ID",
    "XDG_ACTIVATION_TOKEN",
    "XDG_CURRENT_DESKTOP",
    "XDG_SEAT",
    "XDG_SESSION_CLASS",
    "XDG_SESSION_DESKTOP",
    "XDG_SESSION_ID",
    "XDG_SESSION_TYPE",
    "XDG_VTNR",
    "XCURSOR_SIZE",
    "XCURSOR_THEME",
    // Session bus and accessibility.
    "DBUS_SESSION_BUS_ADDRESS",
    "AT_SPI_BUS_ADDRESS",
    "GTK_A11Y",
    "NO_AT_BRIDGE",
    // Input methods, by name; files and folders of modules are not listened to.
    "GTK_IM_MODULE",
    "IBUS_ADDRESS",
    "IBUS_ENABLE_SYNC_MODE",
    "IBUS_USE_PORTAL",
    "XMODIFIERS",
    // Scale.
    "GDK_DPI_SCALE",
    "GDK_SCALE",
    // WebKit's rendering.
    "WEBKIT_DISABLE_COMPOSITING_MODE",
    "WEBKIT_DISABLE_DMABUF_RENDERER",
    "WEBKIT_DMABUF_RENDERER_DISABLE_GBM",
    "WEBKIT_DMABUF_RENDERER_FORCE_SHM",
    "WEBKIT_FORCE_COMPOSITING_MODE",
    "WEBKIT_SKIA_CPU_PAINTING_THREADS",
    "WEBKIT_SKIA_ENABLE_CPU_RENDERING",
    "WEBKIT_SKIA_GPU_PAINTING_THREADS",
    // systemd.
    "CACHE_DIRECTORY",
    "CONFIGURATION_DIRECTORY",
    "CREDENTIALS_DIRECTORY",
    "INVOCATION_ID",
    "JOURNAL_STREAM",
    "LISTEN_FDNAMES",
    "LISTEN_FDS",
    "LISTEN_PID",
    "LOGS_DIRECTORY",
    "MAINPID",
    "MANAGERPID",
    "NOTIFY_SOCKET",
    "RUNTIME_DIRECTORY",
    "STATE_DIRECTORY",
    "SYSTEMD_EXEC_PID",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
];

#[cfg(target_os = "macos")]
const ALLOWED: &[&str] = &[
    "HOME",
    "USER",
    "LOGNAME",
    "PATH",
    "TMPDIR",
    "LANG",
    "LANGUAGE",
    "TZ",
    "SECURITYSESSIONID",
    "XPC_FLAGS",
    "XPC_SERVICE_NAME",
    "__CFBundleIdentifier",
    "__CF_USER_TEXT_ENCODING",
];

#[cfg(windows)]
const ALLOWED: &[&str] = &[
    "ALLUSERSPROFILE",
    "APPDATA",
    "COMMONPROGRAMFILES",
    "COMMONPROGRAMFILES(X86)",
    "COMMONPROGRAMW6432",
    "COMPUTERNAME",
    "COMSPEC",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "LOGONSERVER",
    "NUMBER_OF_PROCESSORS",
    "OS",
    "PATH",
    "PATHEXT",
    "PROCESSOR_ARCHITECTURE",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "PROGRAMW6432",
    "PUBLIC",
    "SESSIONNAME",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "USERDOMAIN",
    "USERNAME",
    "USERPROFILE",
    "WINDIR",
];

/// What only somebody's own machine may say. The folders of settings and data are among it, because what GTK and
/// GStreamer find there names libraries to be loaded.
const OF_A_DESK: &[&str] = &[
    "ALL_PROXY",
    "BROWSER",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
    "all_proxy",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// Whether the app listens to a variable. Windows knows no case in names.
#[must_use]
pub fn is_allowed(name: &str, value: &OsStr, trust: Trust) -> bool {
    let same = |allowed: &&str| {
        if cfg!(windows) {
            allowed.eq_ignore_ascii_case(name)
        } else {
            *allowed == name
        }
    };
    let listed = ALLOWED.iter().any(same)
        || (cfg!(unix) && name.starts_with("LC_"))
        || match trust {
            Trust::Kiosk => false,
            Trust::Desk => OF_A_DESK.iter().any(same),
        };
    listed
        && match name {
            "DBUS_SESSION_BUS_ADDRESS" | "AT_SPI_BUS_ADDRESS" | "IBUS_ADDRESS" => {
                is_sockets_only(value)
            }
            "GDK_BACKEND" => is_a_display_of_this_machine(value),
            _ => true,
        }
}

/// GDK also has a backend that serves the windows to whoever asks over the network.
fn is_a_display_of_this_machine(backends: &OsStr) -> bool {
    backends.to_str().is_some_and(|backends| {
        let mut all = backends.split(',');
        all.all(|backend| matches!(backend, "x11" | "wayland"))
    })
}

/// A bus address may also name a program to be started, or a place in the network that is told every key.
fn is_sockets_only(addresses: &OsStr) -> bool {
    addresses.to_str().is_some_and(|addresses| {
        let mut all = addresses.split(';').filter(|address| !address.is_empty());
        all.all(|address| address.starts_with("unix:"))
    })
}

/// Whether the loader or the C library obeys a variable before `main`, so that removing it comes too late.
#[must_use]
pub fn acts_before_main(name: &str) -> bool {
    name.starts_with("LD_")
        || name.starts_with("MALLOC_")
        || matches!(name, "GCONV_PATH" | "GLIBC_TUNABLES" | "LOCPATH")
}
