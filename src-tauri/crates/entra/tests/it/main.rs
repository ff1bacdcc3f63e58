//! Sign-in and Graph from outside: against an issuer of our own that misbehaves on order, and against the
//! simulated tenant.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs is there, or the test fails"
)]

mod fake;
mod fixture;
mod graph;
mod issue;
mod key_sets;
mod keys;
mod leaks;
mod limits;
mod listener;
mod mail;
mod proxy;
mod renewal;
mod sign_in;
mod tenant;
mod tls;
mod tokens;
