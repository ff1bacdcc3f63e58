//! The simulated tenant from outside, over real HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot unwrap is a failed test"
)]

mod app_only;
mod authorities;
mod batch;
mod binary;
mod cae;
mod clients;
mod consent;
mod control;
mod desk;
mod device_code;
mod devices;
mod directory;
mod documented;
mod evaluate;
mod faults;
mod groups;
mod http;
mod kinds;
mod logs;
mod mail;
mod memberships;
mod new_password;
mod oauth;
mod operations;
mod pages;
mod passkeys;
mod password_grant;
mod passwords;
mod phone;
mod policy;
mod proof;
mod quota;
mod registration;
mod replicas;
mod roll;
mod routes;
mod second_factor;
mod selections;
mod sentinels;
mod sessions;
mod sign_in_test;
mod tap;
mod trainer;
mod trial_pages;
mod typeface;
mod uninvited;
mod walks;
