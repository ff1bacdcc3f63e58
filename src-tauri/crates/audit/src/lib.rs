//! The durable, tamper-evident record of visits and the journal of issued passes, in one SQLite file.
//!
//! What must stay true here:
//!
//! - An [`Entry`] is on the disk before [`Log::append`] returns; a failed append leaves nothing behind.
//! - Every record is chained to the one before it, so [`Reader::verify`] finds any change but a cut
//!   tail, and finds that too when it is given a [`Head`] that was kept elsewhere.
//! - What the records say is somebody else's [`Vocabulary`]; here it is kept, not understood.
//! - What a newer version wrote is told as that, never as damage.
//! - A log whose files are gone or were replaced takes no entry: what nobody will read is not recorded.
//!   A [`Witness`] that is kept elsewhere tells of that at the next start.
//! - A [`Reader`] changes no record and no side file, and never holds up a station that writes.

mod chain;
mod connect;
mod error;
mod lines;
mod log;
mod place;
mod read;
mod record;
mod rows;
mod schema;
mod side_file;
mod structure;
mod text;
mod verify;
mod witness;

pub use chain::{Fault, Head, Seq};
pub use error::{
    AppendError, BeginError, ExportError, OpenError, ReadError, StorageError, StorageFault,
    VerifyError,
};
pub use log::Log;
pub use place::{Found, FoundFile};
pub use read::Reader;
pub use record::{Entry, Record, Vocabulary};
pub use text::{harmless, is_disruptive};
pub use verify::{Verified, verify_json_lines};
pub use witness::{Contradiction, Witness};

/// SHA-256 in lower-case hexadecimal, for naming a file in the record.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    chain::hex(&sha2::Sha256::digest(bytes).into())
}
