//! The events of a phone that was registered before, with their recorded names.

use serde::{Deserialize, Serialize};

use super::words;
use crate::earlier_phone::EarlierPhone;
use crate::ids::UserId;
use crate::trouble::TroubleCode;

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum PhoneEvent {
    /// What the operator said of it.
    EarlierPhoneSaid { earlier: EarlierPhone },
    /// Methods that were registered before are about to be removed, and the person's sessions ended after them where
    /// that is said. Must be recorded before the first request is sent.
    EarlierMethodsIntent {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
        #[serde(rename = "method_ids", serialize_with = "words::ids")]
        methods: Vec<String>,
        sessions: bool,
    },
    /// By the service's own word.
    EarlierMethodRemoved {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
    /// Two looks in a row no longer showed it.
    EarlierMethodGone {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
    /// It is still there, or nobody can tell; also after the service had said that it was removed.
    EarlierMethodNotRemoved {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// The operator leaves it with the person.
    EarlierMethodLeft {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
    },
    /// Whoever was signed in as the person has to sign in anew.
    SessionsEnded,
    /// They go on, or nobody can tell.
    SessionsNotEnded {
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// The visit goes on to the pass though what somebody else may have was not all taken out of use from here.
    WentOnUnblocked {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
    },
}

impl PhoneEvent {
    /// See [`super::Event`]: for an intent somebody waits.
    pub(super) fn is_fact(&self) -> bool {
        match self {
            Self::EarlierMethodsIntent { .. } => false,
            Self::EarlierPhoneSaid { .. }
            | Self::EarlierMethodRemoved { .. }
            | Self::EarlierMethodGone { .. }
            | Self::EarlierMethodNotRemoved { .. }
            | Self::EarlierMethodLeft { .. }
            | Self::SessionsEnded
            | Self::SessionsNotEnded { .. }
            | Self::WentOnUnblocked { .. } => true,
        }
    }
}
