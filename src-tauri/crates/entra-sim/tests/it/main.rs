//! The simulated tenant from outside, over real HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot unwrap is a failed test"
)]

mod batch;
mod binary;
mod control;
mod desk;
mod directory;
mod faults;
mod groups;
mod http;
mod kinds;
mod logs;
mod mail;
mod oauth;
mod operations;
mod pages;
mod passwords;
mod phone;
mod registration;
mod tap;
