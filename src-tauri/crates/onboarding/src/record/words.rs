//! How fields are written: within their limits, in the record's own words.

use serde::ser::{Error as _, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::ids::{PassId, UserId};

/// Free text is cut at this many characters, because a directory name must never be able to stop the record.
const TEXT_CHARS: usize = 256;
/// An identifier that is longer, in bytes, is refused, because a cut one would name something else.
const ID_BYTES: usize = 256;
/// A longer list is refused.
const LIST_ITEMS: usize = 64;
/// No event within these limits has longer JSON, in bytes, however much of it must be escaped.
pub const EVENT_BYTES: usize = 1 << 20;

/// What may never be cut.
pub(super) trait Identifier {
    fn as_text(&self) -> &str;
}

impl Identifier for String {
    fn as_text(&self) -> &str {
        self
    }
}

impl Identifier for UserId {
    fn as_text(&self) -> &str {
        &self.0
    }
}

impl Identifier for PassId {
    fn as_text(&self) -> &str {
        &self.0
    }
}

pub(super) fn text<S: Serializer>(value: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match value.char_indices().nth(TEXT_CHARS) {
        None => serializer.serialize_str(value),
        Some((end, _)) => serializer.collect_str(&format_args!("{}…", &value[..end])),
    }
}

pub(super) fn optional_text<S: Serializer>(
    value: &Option<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        None => serializer.serialize_none(),
        Some(value) => text(value, serializer),
    }
}

pub(super) fn texts<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    list(values, serializer, |value| Cut(value))
}

pub(super) fn id<T: Identifier, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if value.as_text().len() > ID_BYTES {
        return Err(S::Error::custom("an identifier is too long"));
    }
    serializer.serialize_str(value.as_text())
}

pub(super) fn optional_id<T: Identifier, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        None => serializer.serialize_none(),
        Some(value) => id(value, serializer),
    }
}

pub(super) fn ids<T: Identifier, S: Serializer>(
    values: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    list(values, serializer, Whole)
}

fn list<'a, V, S: Serializer, T: Serialize>(
    values: &'a [V],
    serializer: S,
    item: impl Fn(&'a V) -> T,
) -> Result<S::Ok, S::Error> {
    if values.len() > LIST_ITEMS {
        return Err(S::Error::custom("a list is too long"));
    }
    let mut list = serializer.serialize_seq(Some(values.len()))?;
    for value in values {
        list.serialize_element(&item(value))?;
    }
    list.end()
}

#[derive(Serialize)]
struct Cut<'a>(#[serde(serialize_with = "text")] &'a str);

struct Whole<'a, T>(&'a T);

impl<T: Identifier> Serialize for Whole<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        id(self.0, serializer)
    }
}

/// A code is recorded as what a person reads out to support.
pub(super) mod code {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::trouble::TroubleCode;

    pub(in crate::record) fn serialize<S: Serializer>(
        code: &TroubleCode,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(code.short())
    }

    pub(in crate::record) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<TroubleCode, D::Error> {
        let short = String::deserialize(deserializer)?;
        let known = TroubleCode::ALL.iter().find(|code| code.short() == short);
        known
            .copied()
            .ok_or_else(|| D::Error::custom("a code that is not known"))
    }
}
