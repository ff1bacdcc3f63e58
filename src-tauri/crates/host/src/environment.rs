//! What somebody who starts the app hands it by its environment, and what of that it takes.
//!
//! An allow-list, because whoever writes a `.profile` line can name more variables that load code, open the web view
//! or bend TLS than a list could ever hold. What is not on it is removed before the first thread; the browser, which is
//! the user's own program, is given all of it back.

#[cfg(target_os = "linux")]
mod again;
mod allowed;
mod error;
#[cfg(unix)]
mod home;

use std::ffi::{OsStr, OsString};
use std::sync::OnceLock;

pub use allowed::{Trust, acts_before_main, is_allowed};
pub use error::EnvironmentError;
use error::STARTED_AGAIN;
#[cfg(unix)]
pub use home::home_of_a_kiosk;

/// The environment as it was when somebody started the app.
pub struct Environment {
    original: Vec<(OsString, OsString)>,
}

/// The original one, for the browser.
static ORIGINAL: OnceLock<Vec<(OsString, OsString)>> = OnceLock::new();

/// Takes the environment in. Where it holds what the system's loader obeys before `main`, Linux starts this program
/// once more without that: same process, same arguments. Call it first thing in `main`.
///
/// # Errors
/// [`EnvironmentError`]; the app must not go on then.
pub fn begin() -> Result<Environment, EnvironmentError> {
    #[cfg(target_os = "linux")]
    let original = again::without_what_acts_before_main()?;
    #[cfg(not(target_os = "linux"))]
    let original = std::env::vars_os().collect();
    Ok(Environment { original })
}

impl Environment {
    /// Removes whatever is not allowed, but for the names in `kept`, and gives the names that were removed, sorted. A
    /// kiosk's home becomes its account's, and is told among them where it was another.
    /// The system's own account of the process no longer shows them either.
    ///
    /// # Safety
    /// No other thread may run, since none may read the environment meanwhile.
    #[must_use]
    pub unsafe fn clean(self, trust: Trust, kept: &[&str]) -> Vec<String> {
        let mut removed: Vec<String> = Vec::new();
        // Names may be there twice, and the second start has lost some.
        for (name, value) in self.original.iter().cloned().chain(std::env::vars_os()) {
            let plain = name.to_str();
            let is_kept = plain.is_some_and(|name| {
                !acts_before_main(name) && (kept.contains(&name) || is_allowed(name, &value, trust))
            });
            // Nobody can ask for, or remove, what has no name: the system refuses to.
            if is_kept || name.is_empty() || name.as_encoded_bytes().contains(&b'=') {
                continue;
            }
            // SAFETY: the caller promised that no other thread runs.
            unsafe { remove(&name) };
            let told = name.to_string_lossy().into_owned();
            if told != STARTED_AGAIN {
                removed.push(told);
            }
        }
        #[cfg(unix)]
        // SAFETY: the same promise.
        if trust == Trust::Kiosk && unsafe { settle_home() } {
            removed.push("HOME".to_owned());
        }
        removed.sort();
        removed.dedup();
        ORIGINAL.get_or_init(|| self.original);
        removed
    }
}

/// The environment the app was started in, for a program that is the user's own; none before [`Environment::clean`].
pub(crate) fn original() -> Option<&'static [(OsString, OsString)]> {
    ORIGINAL.get().map(Vec::as_slice)
}

/// Gives the process the home of a kiosk in the place of the one it was started with, and says whether that is another.
///
/// # Safety
/// No other thread may run.
#[cfg(unix)]
unsafe fn settle_home() -> bool {
    let Some(named) = std::env::var_os("HOME") else {
        return false;
    };
    // SAFETY: the caller promised that no other thread runs.
    unsafe { remove("HOME".as_ref()) };
    // Nothing names it now but the system's list of accounts.
    let account = std::env::home_dir();
    let home = home_of_a_kiosk(named.as_ref(), account.as_deref()).map(OsString::from);
    if let Some(home) = &home {
        // SAFETY: the same promise.
        unsafe { std::env::set_var("HOME", home) };
    }
    home != Some(named)
}

/// Removes one variable, and on Linux overwrites it where the system handed it over.
///
/// # Safety
/// No other thread may run.
unsafe fn remove(name: &OsStr) {
    #[cfg(target_os = "linux")]
    // SAFETY: the same promise.
    let handed = unsafe { handed_over(name) };
    // SAFETY: the same promise.
    unsafe { std::env::remove_var(name) };
    #[cfg(target_os = "linux")]
    for (start, length) in handed {
        // SAFETY: the entry was in `environ` and nothing frees what stands there; nobody reads it any more.
        unsafe { start.write_bytes(0, length) };
    }
}

/// Where the entries of this name stand in memory, and how long they are.
///
/// # Safety
/// No other thread may run.
#[cfg(target_os = "linux")]
unsafe fn handed_over(name: &OsStr) -> Vec<(*mut u8, usize)> {
    use std::ffi::CStr;
    use std::os::unix::ffi::OsStrExt;
    unsafe extern "C" {
        static environ: *const *mut std::ffi::c_char;
    }
    let mut found = Vec::new();
    // SAFETY: libc's own variable; nobody else changes it, as no other thread runs.
    let mut entry = unsafe { environ };
    if entry.is_null() {
        return found;
    }
    loop {
        // SAFETY: the list ends with a null, and it has not been reached.
        let text = unsafe { *entry };
        if text.is_null() {
            return found;
        }
        // SAFETY: each entry is a text that ends with a nul.
        let bytes = unsafe { CStr::from_ptr(text) }.to_bytes();
        let value = bytes.strip_prefix(name.as_bytes());
        if value.is_some_and(|value| value.starts_with(b"=")) {
            found.push((text.cast::<u8>(), bytes.len()));
        }
        // SAFETY: the end was not reached.
        entry = unsafe { entry.add(1) };
    }
}
