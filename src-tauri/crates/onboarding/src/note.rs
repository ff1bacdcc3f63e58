//! What a check asks to be written down beside its tick: every kind, and the words windows know it by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::trouble::TroubleCode;

/// What a check can ask the operator to write down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// The name of who vouches.
    Voucher,
}

/// What is written down, by kind.
pub type Notes = BTreeMap<NoteKind, String>;

/// What the operator writes down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum NoteAction {
    SetVoucher { name: String },
}

/// How a check's view says which notes it asks for: a name of its own for each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WantsNote {
    WantsVoucher,
}

/// A note is one line of a form, not a letter.
const NOTE_CHARS: usize = 80;

impl NoteKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Voucher];

    /// What keeps the check from being completed while the note is missing.
    pub(crate) fn missing(self) -> TroubleCode {
        match self {
            Self::Voucher => TroubleCode::VoucherMissing,
        }
    }

    fn wants(self) -> WantsNote {
        match self {
            Self::Voucher => WantsNote::WantsVoucher,
        }
    }
}

impl NoteAction {
    /// The kind, and its text as it is kept.
    pub(crate) fn note(&self) -> (NoteKind, String) {
        let (kind, text) = match self {
            Self::SetVoucher { name } => (NoteKind::Voucher, name),
        };
        let printable = text.chars().filter(|c| !c.is_control());
        (kind, printable.take(NOTE_CHARS).collect())
    }
}

/// Every kind with its text; a window shows empty what is not written.
pub(crate) fn notes_shown(notes: &Notes) -> Notes {
    let text = |kind| notes.get(kind).cloned().unwrap_or_default();
    NoteKind::ALL
        .iter()
        .map(|kind| (*kind, text(kind)))
        .collect()
}

/// Which kinds are asked for, every kind said.
pub(crate) fn notes_wanted(asked: &[NoteKind]) -> BTreeMap<WantsNote, bool> {
    NoteKind::ALL
        .iter()
        .map(|kind| (kind.wants(), asked.contains(kind)))
        .collect()
}
