//! What a log keeps: entries to record, records read back, and the words both are written in.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::chain::Seq;

/// The events of a log. Each is one JSON object that begins with its name, `{"event":"…"`. Names and
/// fields never change once released; what is added is new, its fields have a default, and it raises
/// [`Vocabulary::VERSION`].
pub trait Vocabulary: Serialize + DeserializeOwned + Debug {
    /// The form of the events, kept in the file and with every record. An older app says of a higher
    /// one that a newer version made it.
    const VERSION: u32;
    /// An event whose JSON is longer, in bytes, is refused.
    const MAX_BYTES: usize;
    /// The names of the events that open or end something; what [`crate::Reader::left_open`] looks at.
    const OPENS_OR_ENDS: &'static [&'static str];
    /// What a run of the app may leave behind: intents without a result, visits without an end.
    type LeftOpen: Default;

    /// Takes the next record that opens or ends something, oldest first.
    fn fold(open: &mut Self::LeftOpen, record: Record<Self>);
}

/// One thing to record: what happened, and in whose visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<E> {
    /// The visit it belongs to; `None` for what concerns the station or the operator alone.
    pub visit: Option<u64>,
    /// What happened.
    pub event: E,
}

/// One record as it was written. Reading does not verify the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<E> {
    /// Its place in the log.
    pub seq: Seq,
    /// When it happened, in milliseconds since 1970, UTC.
    pub at_unix_ms: i64,
    /// The schema version it was written with.
    pub schema: u32,
    /// The station that wrote it.
    pub station: String,
    /// The run of the app that wrote it.
    pub boot: String,
    /// The visit it belongs to, unique on the station.
    pub visit: Option<u64>,
    /// What happened.
    pub event: E,
    /// Its hash, 64 lower-case hexadecimal digits.
    pub hash_hex: String,
}
