//! The log from outside. Contents:
//!
//! - `appending`: round trips, hostile text, limits of length
//! - `crash`: killed while appending, disk full while appending
//! - `export`: JSON lines and their verification without the log
//! - `guards`: what the file refuses: changes, newer versions, other files
//! - `intents`: which intents stay open
//! - `mutation`: every byte of every record changed, rows dropped, swapped, doubled, cut
//! - `visits`: which visits never came to their end
//! - `torn`: bytes of the file changed, its side file cut or overwritten

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "these are tests outside of test functions too: a panic is a failure, and the seed is printed"
)]

mod appending;
mod crash;
mod export;
mod guards;
mod intents;
mod mutation;
mod sample;
mod torn;
mod visits;
