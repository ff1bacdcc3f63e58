//! The contract tells right answers from wrong ones, and a watched tenant fails the test of a wrong one.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot unwrap is a failed test"
)]

mod answers;
mod requests;
mod sample;
mod watching;
