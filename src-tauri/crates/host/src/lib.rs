//! What the app needs of the machine: credential store, health, clocks, the lock on the data directory, the
//! configuration file as a file, the environment, the browser, hardening of the process and its end in a panic, and
//! QR drawing. No network and no windows here.

pub mod browser;
pub mod clock;
pub mod config_file;
pub mod credentials;
pub mod environment;
pub mod health;
pub mod kept_key;
pub mod kept_name;
pub mod left_behind;
pub mod lock;
pub mod name_and_password;
pub mod named;
pub mod panic;
pub mod paths;
pub mod private_folder;
pub mod process;
pub mod qr;
pub mod sandbox;
#[cfg(target_os = "linux")]
pub mod sandbox_notes;
pub mod sealed_file;
pub mod test_browser;
pub mod unseen_line;
