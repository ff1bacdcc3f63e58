//! The machine from outside. Contents:
//!
//! - `again`: starting this test program once more, as another process
//! - `browser`: the argument vector a browser command is started with
//! - `config_file`: the configuration as a file, and who may write it
//! - `credentials`: a store that works, fails, hangs or is missing
//! - `environment`: what is removed of it, in this process and its children
//! - `kept_key`: a key in parts, and a command that ends in the middle
//! - `kept_name`: a name that is kept and forgotten
//! - `machine`: health and clocks
//! - `lock`: one process per data directory
//! - `name_and_password`: what a proxy and the mail relay are told
//! - `named`: what the configuration names, and who can change it
//! - `panic`: nothing goes on after one
//! - `process`: core dumps, memory access
//! - `qr`: codes drawn and decoded back
//! - `sandbox_notes`: what WebKitGTK leaves of processes that ended
//! - `sealed_file`: a small file that is read with a key of the store alone
//! - `watched_store`: a credential store that says what it is asked for

#![expect(
    clippy::unwrap_used,
    reason = "these are tests outside of test functions too: a panic is a failure"
)]

mod again;
mod browser;
mod config_file;
mod credentials;
mod environment;
mod kept_key;
mod kept_name;
mod lock;
mod machine;
mod name_and_password;
mod named;
mod panic;
mod process;
mod qr;
#[cfg(target_os = "linux")]
mod sandbox_notes;
mod sealed_file;
mod test_browser;
mod watched_store;
