//! The job against the simulated tenant, over HTTP.
//!
//! - `access`: certificate, key, rights: a role over a unit, the permission, neither
//! - `clock`: who is due by the directory's dates and the ledger
//! - `configuration`: what its file may hold
//! - `fences`: who is never touched, and who fell out of the rule
//! - `planning`: properties of who is due, of values alone
//! - `runs`: limits, refusals to wait for, lost answers, what a run leaves
//! - `safety`: what stops a run before the first change or in the middle
//! - `shards`: two at once
#![expect(
    clippy::unwrap_used,
    reason = "a test's set-up that fails must end the test"
)]

mod access;
mod clock;
mod configuration;
mod fences;
mod planning;
mod runs;
mod safety;
mod shards;
mod world;
