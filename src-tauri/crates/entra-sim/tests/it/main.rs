//! The simulated tenant from outside, over real HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot unwrap is a failed test"
)]

mod binary;
mod control;
mod desk;
mod directory;
mod faults;
mod http;
mod oauth;
mod pages;
mod phone;
mod registration;
mod routes;
mod tap;
mod trainer;
mod walks;
