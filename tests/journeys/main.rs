//! The whole app from outside, through IPC on Tauri's mock runtime with the real permissions.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must end")]

mod counter;
mod job;
mod permissions;
mod script;
