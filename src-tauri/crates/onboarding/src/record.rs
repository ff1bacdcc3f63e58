//! What is written down: one vocabulary for everything that happens at a station.
//!
//! The names of events, fields and words are on disks and never change. Whoever adds an event, a word or
//! a field gives the field a default and raises [`VERSION`]; `tests/it/record.rs` holds every name there is.

mod event;
mod left_open;
mod words;

pub use event::{
    Event, PassEnd, RegisteredKind, RemovalReason, RenewReason, RenewalNote, SignOutReason,
    VisitOutcome,
};
pub use left_open::{LeftOpen, PendingIntent, PendingPass};
pub use words::EVENT_BYTES;

/// The form of the events. Each addition raises it.
pub const VERSION: u32 = 2;

/// Every name in an event, in the order of the alphabet: a table has a column for each.
pub const FIELDS: [&str; 36] = [
    "checks",
    "client_request_id",
    "code",
    "config_sha256",
    "device_name",
    "display_name",
    "event",
    "intent",
    "kind",
    "known_pass_ids",
    "lifetime_minutes",
    "method_id",
    "more",
    "name",
    "names",
    "number",
    "oid",
    "once",
    "operator_oid",
    "outcome",
    "pass",
    "pass_id",
    "phone_confirmed",
    "reason",
    "renewal",
    "replaces",
    "route",
    "same_person",
    "start_unix_ms",
    "ticket",
    "tid",
    "upn",
    "user_id",
    "version",
    "voucher",
    "why",
];
