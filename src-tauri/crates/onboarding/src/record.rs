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
pub const VERSION: u32 = 1;
