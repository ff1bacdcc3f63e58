//! What the machines promise, in virtual time.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test names the case it wants, and any other is its failure"
)]

mod after_events;
mod after_known;
mod after_proofs;
mod after_registration;
mod after_roll;
mod after_words;
mod all_journeys;
mod bindings;
mod changing;
mod chooser;
mod closing;
mod codes;
mod crash;
mod display;
mod first_start;
mod flying;
mod four_eyes;
mod guide;
mod hold;
mod hourly_limit;
mod idle;
mod in_sight;
mod invariants;
mod journey;
mod leaving;
mod left_behind;
mod letter_events;
mod letters;
mod letters_random;
mod limits;
mod live;
mod local_limits;
mod locked;
mod lost_changes;
mod misstated;
mod narrow;
mod newly_dated;
mod next_visit;
mod notes;
mod old_phone;
mod old_phone_always;
mod ownership;
mod pack;
mod paper;
mod partly_read;
mod passkeys;
mod people;
mod phone_access;
mod proven_time;
mod query;
mod random_ops;
mod readiness;
mod record;
mod recorded;
mod refusals;
mod replaced;
mod rig;
mod role_activated;
mod route;
mod routes;
mod row_truth;
mod second_events;
mod session;
mod side;
mod side_fair;
mod side_random;
mod telephone;
mod telephone_ages;
mod telephone_random;
mod told;
mod transitions;
mod truth;
mod truth_random;
mod two_readers;
mod uncertain;
mod uninvited;
mod use_question;
mod walk;
