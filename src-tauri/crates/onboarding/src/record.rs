//! What is written down: one vocabulary for everything that happens at a station.
//!
//! The names of events, fields and words are on disks and never change. Whoever adds an event, a word or
//! a field gives the field a default and raises [`VERSION`]; `tests/it/record.rs` holds every name there is.

mod after_event;
mod display;
mod earlier_runs;
mod event;
mod facts;
mod kept_visits;
mod left_open;
mod letter_event;
mod loose_ends;
mod notices_owed;
mod operators;
mod passes_per_hour;
mod pending;
mod phone_event;
mod removed_passes;
mod rolls_to_leave;
mod telephone;
mod untold;
mod words;

pub use after_event::AfterEvent;
pub use display::{Display, DisplayLoss};
pub use earlier_runs::EarlierRuns;
pub use event::Event;
pub use facts::{
    PassEnd, RecordFault, RegisteredKind, RemovalReason, RenewReason, RenewalNote, SignOutReason,
    StaysWhy, UseRecorded, VisitOutcome,
};
pub(crate) use kept_visits::Keeping;
pub use kept_visits::KeptInRecord;
pub use left_open::LeftOpen;
pub use letter_event::LetterEvent;
pub use loose_ends::LooseEnds;
pub(crate) use notices_owed::NoticeKey;
pub use notices_owed::NoticesOwed;
pub use operators::Operators;
pub use passes_per_hour::PassesPerHour;
pub use pending::{PendingFound, PendingIntent, PendingPass};
pub use phone_event::PhoneEvent;
pub(crate) use rolls_to_leave::RollToLeave;
pub use rolls_to_leave::RollsToLeave;
pub use telephone::{CallerChecked, ForgottenWhy, TelephoneEvent};
pub use untold::Untold;
pub use words::EVENT_BYTES;

/// The form of the events. Each addition raises it.
pub const VERSION: u32 = 9;

/// Every name in an event, in the order of the alphabet: a table has a column for each.
pub const FIELDS: [&str; 82] = [
    "aadsts",
    "answer",
    "arrived",
    "ask_back",
    "because",
    "by_pass_id",
    "called_at",
    "caller",
    "cause",
    "checks",
    "client_request_id",
    "code",
    "config_sha256",
    "confirmed_by",
    "correlation_id",
    "despite",
    "device_name",
    "display",
    "display_name",
    "earlier",
    "error_uri",
    "event",
    "finished_unix_ms",
    "group_id",
    "intent",
    "keeping",
    "kept_visit",
    "kind",
    "known_entries",
    "known_hash",
    "known_pass_ids",
    "known_station",
    "letter",
    "lifetime_minutes",
    "made_unix_ms",
    "method_id",
    "method_ids",
    "more",
    "must_change",
    "name",
    "names",
    "needs",
    "next_unix_ms",
    "number",
    "oid",
    "on_roll",
    "once",
    "operator_oid",
    "outcome",
    "pass",
    "pass_id",
    "passes_per_hour",
    "phone_confirmed",
    "place",
    "proof",
    "question",
    "read_back",
    "reason",
    "remove",
    "renewal",
    "replaces",
    "result",
    "route",
    "same_person",
    "sessions",
    "sessions_ended",
    "shows",
    "source",
    "start_unix_ms",
    "still_open",
    "strengths",
    "supervisor_id",
    "ticket",
    "tid",
    "time_confirmed",
    "upn",
    "user_id",
    "version",
    "voucher",
    "way",
    "ways",
    "why",
];
