//! The log from outside. Contents:
//!
//! - `absence`: files that go, are replaced or are older than a witness saw them
//! - `appending`: round trips, hostile text, limits of length
//! - `crash`: killed while appending, disk full while appending
//! - `export`: JSON lines and their verification without the log
//! - `guards`: what the file refuses: changes, newer versions, other files
//! - `newer`: what an older version makes of a newer version's record, and the other way round
//! - `open`: what is left open, as the vocabulary tells it
//! - `mutation`: every byte of every record changed, rows dropped, swapped, doubled, cut
//! - `reading`: looking at a file without changing it, in each state a station leaves it in
//! - `side_file`: a side file that was emptied, cut or changed is told by whoever looks at the record
//! - `torn`: bytes of the file changed, its side file cut or overwritten

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "these are tests outside of test functions too: a panic is a failure, and the seed is printed"
)]

mod absence;
mod appending;
mod crash;
mod export;
mod guards;
mod mutation;
mod newer;
mod open;
mod reading;
mod sample;
mod side_file;
mod torn;
