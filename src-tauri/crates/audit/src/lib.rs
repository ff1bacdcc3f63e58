//! The durable, tamper-evident record of visits and the journal of issued passes, in one SQLite file.
//!
//! What must stay true here:
//!
//! - An [`Entry`] is on the disk before [`Log::append`] returns; a failed append leaves nothing behind.
//! - Every record is chained to the one before it, so [`Log::verify`] finds any change but a cut tail,
//!   and finds that too when it is given a [`Head`] that was kept elsewhere.
//! - No field of an [`Event`] is meant for a pass, a password, a code or a token.
//! - An intent to issue a pass stays in [`Log::open_intents`] until its end is recorded.

mod chain;
mod entry;
mod error;
mod log;
mod read;
mod schema;
mod verify;
mod visits;

pub use chain::{Fault, Head, Seq};
pub use entry::{Entry, Event, PassEnd, RemovalReason, Renewal, SignOutReason, VisitOutcome};
pub use error::{AppendError, ExportError, OpenError, ReadError, VerifyError};
pub use log::Log;
pub use read::{IssuedPass, OpenIntent, Record};
pub use verify::{Verified, verify_json_lines};
pub use visits::OpenVisit;

/// SHA-256 in lower-case hexadecimal, for naming a file in the record.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    chain::hex(&sha2::Sha256::digest(bytes).into())
}
