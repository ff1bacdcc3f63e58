//! Whole journeys over real HTTP without a window.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot go on must end"
)]

mod absence;
mod after_phone;
mod after_proofs;
mod after_registration;
mod changing;
mod counter;
mod crash;
mod deep_packs;
mod four_eyes;
mod hourly_limit;
mod issuing;
mod journey;
mod kept;
mod known_screens;
mod last_run;
mod left_open;
mod letters;
mod letters_refused;
mod letters_relay;
mod local_limits;
mod narrow;
mod old_phone;
mod old_records;
mod one_list;
mod passkeys;
mod password_again;
mod phone_access;
mod proven;
mod recorded;
mod refusals;
mod retired;
mod routes;
mod side;
mod sign_in;
mod site_languages;
mod site_packs;
mod start_problems;
mod telephone;
mod unconfigured;
mod uninvited;
mod who_signs_in;
mod whoever_answers;

/// The app's own: what is freed is overwritten, so that what is found was kept.
#[global_allocator]
static MEMORY: wiping::Wiping = wiping::Wiping;
