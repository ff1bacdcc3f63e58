//! What can be recorded. Every fact has its own typed field, so that no secret finds a place.

use serde::ser::{Error as _, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};

/// One thing to record: what happened, and in whose visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The visit it belongs to; `None` for what concerns the station or the operator alone.
    pub visit: Option<u64>,
    /// What happened.
    pub event: Event,
}

/// What happened. Free text is cut at [`Event::TEXT_CHARS`] characters when it is recorded, because a
/// directory name must never be able to stop the record; an identifier that is longer than
/// [`Event::ID_BYTES`] bytes is refused, because a cut identifier would name something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The app started on this station.
    StationStarted {
        #[serde(serialize_with = "text")]
        version: String,
        /// Lower-case hexadecimal SHA-256 of the configuration in force.
        #[serde(serialize_with = "id")]
        config_sha256: String,
    },
    /// An operator signed in.
    OperatorSignedIn {
        #[serde(serialize_with = "id")]
        oid: String,
        #[serde(serialize_with = "text")]
        upn: String,
        #[serde(serialize_with = "text")]
        name: String,
        #[serde(serialize_with = "id")]
        tid: String,
    },
    /// A sign-in did not lead to an operator session.
    OperatorSignInRefused {
        #[serde(serialize_with = "text")]
        code: String,
    },
    /// The operator session ended.
    OperatorSignedOut {
        #[serde(serialize_with = "id")]
        oid: String,
        why: SignOutReason,
    },
    /// A visit was opened.
    VisitStarted {
        /// Its number in the queue of that day, where visits have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<u32>,
    },
    /// The operator chose the person of this visit.
    PersonChosen {
        #[serde(serialize_with = "id")]
        user_id: String,
        #[serde(serialize_with = "text")]
        upn: String,
        #[serde(serialize_with = "text")]
        display_name: String,
    },
    /// The operator confirmed who the person is.
    IdentityChecked {
        #[serde(serialize_with = "id")]
        operator_oid: String,
        #[serde(serialize_with = "id")]
        user_id: String,
        /// The names of the configured checks that were made; never a document number.
        #[serde(serialize_with = "texts")]
        checks: Vec<String>,
        phone_confirmed: bool,
        /// Who vouched, where a check asks for it.
        #[serde(serialize_with = "optional_text")]
        voucher: Option<String>,
    },
    /// The operator leads the person along another walk-through. Without it, it is the one that adds the account.
    RouteChosen {
        /// `add_account`, `enable_phone_sign_in` or `create_passkey`.
        #[serde(serialize_with = "text")]
        route: String,
    },
    /// A pass is about to be asked for. Must be recorded before the request is sent.
    PassIntent {
        /// A UUID that ties the end of the attempt to its start.
        #[serde(serialize_with = "id")]
        intent: String,
        #[serde(serialize_with = "id")]
        operator_oid: String,
        #[serde(serialize_with = "id")]
        user_id: String,
        #[serde(serialize_with = "text")]
        upn: String,
        #[serde(serialize_with = "id")]
        client_request_id: String,
        /// The passes the person had before: whatever else is found afterwards is ours.
        #[serde(serialize_with = "ids")]
        known_pass_ids: Vec<String>,
        lifetime_minutes: u32,
        once: bool,
        /// The live pass that the operator agreed to replace.
        #[serde(serialize_with = "optional_id")]
        replaces: Option<String>,
        renewal: Option<Renewal>,
    },
    /// The directory answered with a pass.
    PassIssued {
        #[serde(serialize_with = "id")]
        intent: String,
        #[serde(serialize_with = "id")]
        pass_id: String,
        start_unix_ms: i64,
        lifetime_minutes: u32,
        once: bool,
    },
    /// The directory clearly said no.
    PassRefused {
        #[serde(serialize_with = "id")]
        intent: String,
        #[serde(serialize_with = "text")]
        code: String,
    },
    /// The answer was neither yes nor no; a pass may exist.
    PassUncertain {
        #[serde(serialize_with = "id")]
        intent: String,
        #[serde(serialize_with = "text")]
        code: String,
    },
    /// Looking in the directory showed that no pass came of the intent.
    PassNotIssued {
        #[serde(serialize_with = "id")]
        intent: String,
    },
    /// Nobody could look before a pass of the intent would have ended by itself.
    PassLapsed {
        #[serde(serialize_with = "id")]
        intent: String,
    },
    /// A pass that came of the intent but was never shown was found and removed.
    PassOrphanRemoved {
        #[serde(serialize_with = "id")]
        intent: String,
        #[serde(serialize_with = "id")]
        pass_id: String,
    },
    /// A pass was removed from the directory.
    PassRemoved {
        #[serde(serialize_with = "id")]
        pass_id: String,
        why: RemovalReason,
    },
    /// The person has signed in with the pass.
    PassEntered {
        #[serde(serialize_with = "id")]
        pass_id: String,
    },
    /// A sign-in method appeared in the directory.
    Registered {
        /// The kind of method, in the words of the app.
        #[serde(serialize_with = "text")]
        kind: String,
        #[serde(serialize_with = "optional_text")]
        device_name: Option<String>,
        #[serde(serialize_with = "id")]
        method_id: String,
    },
    /// The visit is over.
    VisitEnded {
        outcome: VisitOutcome,
        pass: PassEnd,
    },
}

impl Event {
    /// Free text is cut at this many characters.
    pub const TEXT_CHARS: usize = 256;
    /// Identifiers longer than this many bytes are refused.
    pub const ID_BYTES: usize = 256;
    /// Lists longer than this are refused.
    pub const LIST_ITEMS: usize = 64;
}

/// Why a further pass is asked for within the same identity check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// 1 for the first renewal.
    pub number: u32,
    /// The reason the operator chose.
    #[serde(serialize_with = "text")]
    pub reason: String,
    /// The operator confirmed that the same person is still there.
    pub same_person: bool,
}

/// Why an operator session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOutReason {
    /// The operator asked for it.
    Asked,
    /// Nobody used the station for the configured time.
    Idle,
    /// The token ended and was not renewed.
    Expired,
    /// The tenant no longer accepts the session.
    Revoked,
    /// Another operator signed in.
    Changed,
    /// The app was closed.
    Stopped,
}

/// Why a pass was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovalReason {
    /// The operator asked for it.
    Asked,
    /// The visit ended and the pass was not to be left.
    VisitEnded,
    /// A new pass takes its place.
    Renewed,
    /// It did not fit what was asked for, so it was never shown.
    Unfit,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitOutcome {
    /// The person is registered.
    Finished,
    /// The person will go on elsewhere or later.
    LeftUnfinished,
    /// The operator broke it off.
    Cancelled,
    /// Another operator took over the station.
    OperatorChanged,
    /// Nobody used the station for the configured time.
    Idle,
    /// The operator session was lost.
    SignedOut,
    /// The app was closed, or came back after a crash.
    Stopped,
    /// Not possible today: the app does not run on the phone.
    NotPossiblePhoneTooOld,
    /// Not possible today: the phone has no screen lock.
    NotPossibleNoScreenLock,
    /// Not possible today: there is no smartphone.
    NotPossibleNoSmartphone,
}

/// What became of the pass when the visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassEnd {
    /// It was removed from the directory.
    Removed,
    /// It was left to its end by choice.
    Left,
    /// There was none.
    None,
    /// It was used up.
    Used,
    /// It had run out.
    Expired,
    /// It still worked and was to be taken back as soon as possible; its intent stays open.
    Pending,
    /// One may exist; the intent stays open.
    Uncertain,
}

fn text<S: Serializer>(value: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match value.char_indices().nth(Event::TEXT_CHARS) {
        None => serializer.serialize_str(value),
        Some((end, _)) => serializer.collect_str(&format_args!("{}…", &value[..end])),
    }
}

fn optional_text<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        None => serializer.serialize_none(),
        Some(value) => text(value, serializer),
    }
}

fn texts<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    list(values, serializer, Cut)
}

fn id<S: Serializer>(value: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if value.len() > Event::ID_BYTES {
        return Err(S::Error::custom("an identifier is too long"));
    }
    serializer.serialize_str(value)
}

fn optional_id<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        None => serializer.serialize_none(),
        Some(value) => id(value, serializer),
    }
}

fn ids<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    list(values, serializer, Whole)
}

fn list<'a, S: Serializer, T: Serialize>(
    values: &'a [String],
    serializer: S,
    item: impl Fn(&'a str) -> T,
) -> Result<S::Ok, S::Error> {
    if values.len() > Event::LIST_ITEMS {
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

#[derive(Serialize)]
struct Whole<'a>(#[serde(serialize_with = "id")] &'a str);
