//! Every event there is, with its recorded names.

use serde::{Deserialize, Serialize};

use super::after_event::AfterEvent;
use super::display::{Display, DisplayLoss};
use super::facts::{
    self, PassEnd, RecordFault, RegisteredKind, RemovalReason, RenewalNote, SignOutReason,
    VisitOutcome,
};
use super::letter_event::LetterEvent;
use super::phone_event::PhoneEvent;
use super::telephone::{CallerChecked, TelephoneEvent};
use super::words;
use crate::four_eyes::HeldBecause;
use crate::ids::{PassId, UserId};
use crate::time::ServiceTime;
use crate::trouble::TroubleCode;
use crate::walkthrough::pack::Route;

/// What happened. Every fact has a typed field of its own, so that no secret finds a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The app started on this station.
    StationStarted {
        #[serde(serialize_with = "words::text")]
        version: String,
        /// Lower-case hexadecimal SHA-256 of the configuration in force.
        #[serde(serialize_with = "words::id")]
        config_sha256: String,
    },
    /// Variables of the environment that the app does not listen to were removed at its start.
    EnvironmentCleaned {
        /// Their names, never their values.
        #[serde(serialize_with = "words::texts")]
        names: Vec<String>,
        /// How many more there were than are named.
        more: u32,
    },
    /// The web view's processes run without their sandbox, which this machine does not allow.
    SandboxMissing,
    /// What is remembered of the record outside of it was made: from here on a record without it has lost it.
    WitnessMade,
    /// An administrator accepted the record as it was found.
    RecordAccepted {
        why: RecordFault,
        /// How many entries were remembered.
        known_entries: Option<u64>,
        /// The station whose record was remembered.
        #[serde(serialize_with = "words::optional_id")]
        known_station: Option<String>,
        /// The hash of the last entry that was remembered.
        #[serde(serialize_with = "words::optional_id")]
        known_hash: Option<String>,
    },
    OperatorSignedIn {
        #[serde(rename = "oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
        #[serde(serialize_with = "words::text")]
        name: String,
        #[serde(rename = "tid", serialize_with = "words::id")]
        tenant: String,
    },
    /// A sign-in did not lead to a session.
    OperatorSignInRefused {
        #[serde(with = "words::code")]
        code: TroubleCode,
        /// Entra's own number, where it refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aadsts: Option<u32>,
        /// The page it names about the refusal.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "words::optional_text"
        )]
        error_uri: Option<String>,
        /// Its id in Entra's sign-in log.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "words::optional_text"
        )]
        correlation_id: Option<String>,
    },
    OperatorSignedOut {
        #[serde(rename = "oid", serialize_with = "words::id")]
        operator: UserId,
        why: SignOutReason,
    },
    /// The operator has read what was found and done while nobody looked; with a visit: that its person leaves the roll
    /// was seen to by hand.
    NoticeDismissed {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
    },
    VisitStarted {
        /// Its number in the queue, where visits have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<u32>,
    },
    PersonChosen {
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
        #[serde(rename = "display_name", serialize_with = "words::text")]
        name: String,
    },
    /// The operator confirmed who the person is.
    IdentityChecked {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        /// The names of the configured checks that were made; never a document number.
        #[serde(serialize_with = "words::texts")]
        checks: Vec<String>,
        phone_confirmed: bool,
        /// Who vouched, where a check asks for it.
        #[serde(serialize_with = "words::optional_text")]
        voucher: Option<String>,
        /// How the person was proofed, where they called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caller: Option<Box<CallerChecked>>,
    },
    /// The operator leads the person along another walk-through than before; without it, it adds the account.
    RouteChosen { route: Route },
    /// The operator led the person past the row that asks for the pass although none could be used yet.
    WentOnWithoutPass {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
    },
    /// One pass more than the site allows in an hour was wanted, and nothing was asked for.
    PassLimitReached {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(rename = "passes_per_hour")]
        per_hour: u32,
        /// When the next one may be asked for.
        #[serde(rename = "next_unix_ms")]
        until: ServiceTime,
    },
    /// The site's own limits keep this operator or this person out, and nothing was asked for.
    LimitRefused {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// A colleague signed in at this station and confirmed the next pass for this person.
    ColleagueConfirmed {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(rename = "confirmed_by", serialize_with = "words::id")]
        by: UserId,
        because: Vec<HeldBecause>,
    },
    /// One was asked, and nothing was confirmed.
    ColleagueNotConfirmed {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        /// Who signed in, where somebody did.
        #[serde(rename = "oid", serialize_with = "words::optional_id")]
        who: Option<UserId>,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// A pass is about to be asked for. Must be recorded before the request is sent.
    PassIntent {
        /// Ties the end of the attempt to its start.
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
        /// Names the request in the service's own logs.
        #[serde(serialize_with = "words::id")]
        client_request_id: String,
        /// The passes the person had before: whatever else is found afterwards is ours.
        #[serde(rename = "known_pass_ids", serialize_with = "words::ids")]
        known_passes: Vec<PassId>,
        lifetime_minutes: u32,
        once: bool,
        /// The live pass that the operator agreed to replace.
        #[serde(serialize_with = "words::optional_id")]
        replaces: Option<PassId>,
        renewal: Option<RenewalNote>,
        /// Two answers had agreed on the time of this entry; in entries before this field nobody knows.
        #[serde(default, skip_serializing_if = "is_false")]
        time_confirmed: bool,
        /// The colleague who confirmed it, where the site wants one.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "words::optional_id"
        )]
        confirmed_by: Option<UserId>,
    },
    /// The directory answered with a pass.
    PassIssued {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
        #[serde(rename = "start_unix_ms")]
        start: ServiceTime,
        lifetime_minutes: u32,
        once: bool,
    },
    /// The directory clearly said no.
    PassRefused {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// The answer was neither yes nor no; a pass may exist.
    PassUncertain {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// No pass came of the intent, and none will.
    PassNotIssued {
        #[serde(serialize_with = "words::id")]
        intent: String,
    },
    /// Looking in the directory showed no pass of the intent. It stays open: one may still come late.
    PassNotSeen {
        #[serde(serialize_with = "words::id")]
        intent: String,
    },
    /// A pass was found that may have come of the intent; the operator is asked whose it is.
    PassFound {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
        #[serde(rename = "made_unix_ms")]
        made: ServiceTime,
        #[serde(rename = "start_unix_ms")]
        start: ServiceTime,
        lifetime_minutes: u32,
    },
    /// The operator's answer to that.
    PassDecided {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
        #[serde(rename = "oid", serialize_with = "words::id")]
        operator: UserId,
        /// True where it is to be removed, false where it is somebody else's and stays.
        remove: bool,
    },
    /// The directory said to the removal that there is no such pass. That ends nothing by itself.
    PassNotThere {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
    },
    /// The directory no longer has the pass, and no answer said that this station removed it; or after `PassRemoved` a look
    /// bears that out.
    PassGone {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
    },
    /// Whatever might have come of the intent has ended by itself.
    PassLapsed {
        #[serde(serialize_with = "words::id")]
        intent: String,
    },
    /// A pass that came of the intent but was never shown was found and removed.
    PassOrphanRemoved {
        #[serde(serialize_with = "words::id")]
        intent: String,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
        /// The intent stays open: another pass may still come of it.
        #[serde(default, skip_serializing_if = "is_false")]
        still_open: bool,
    },
    PassRemoved {
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
        why: RemovalReason,
    },
    /// The person has signed in with the pass.
    PassEntered {
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
    },
    /// Another pass stands in the directory in its place: it can no longer be entered.
    PassReplaced {
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
        #[serde(rename = "by_pass_id", serialize_with = "words::id")]
        by: PassId,
    },
    /// A sign-in method appeared in the directory.
    Registered {
        kind: RegisteredKind,
        #[serde(serialize_with = "words::optional_text")]
        device_name: Option<String>,
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
    VisitEnded {
        #[serde(rename = "outcome", with = "facts::outcome")]
        how: VisitOutcome,
        pass: PassEnd,
    },
    /// The page on a display died or answered no more: it was covered, and every pass hidden.
    DisplayLost {
        display: Display,
        #[serde(rename = "why")]
        how: DisplayLoss,
    },
    /// A new window took the place of one whose page was lost.
    DisplayReplaced { display: Display },
    /// Too many were lost one after another: the display is left as it is and says what to do.
    DisplayGivenUp { display: Display },
    #[serde(untagged)]
    After(AfterEvent),
    #[serde(untagged)]
    Phone(PhoneEvent),
    #[serde(untagged)]
    Telephone(TelephoneEvent),
    #[serde(untagged)]
    Letter(LetterEvent),
}

impl Event {
    /// The intent whose request is not on its way any more.
    #[must_use]
    pub fn answers(&self) -> Option<&str> {
        match self {
            Self::PassIssued { intent, .. }
            | Self::PassRefused { intent, .. }
            | Self::PassUncertain { intent, .. }
            | Self::PassNotIssued { intent }
            | Self::PassNotSeen { intent }
            | Self::PassGone { intent, .. }
            | Self::PassLapsed { intent }
            | Self::PassOrphanRemoved { intent, .. } => Some(intent),
            Self::StationStarted { .. }
            | Self::EnvironmentCleaned { .. }
            | Self::SandboxMissing
            | Self::WitnessMade
            | Self::RecordAccepted { .. }
            | Self::OperatorSignedIn { .. }
            | Self::OperatorSignInRefused { .. }
            | Self::OperatorSignedOut { .. }
            | Self::NoticeDismissed { .. }
            | Self::VisitStarted { .. }
            | Self::PersonChosen { .. }
            | Self::IdentityChecked { .. }
            | Self::RouteChosen { .. }
            | Self::WentOnWithoutPass { .. }
            | Self::PassLimitReached { .. }
            | Self::LimitRefused { .. }
            | Self::ColleagueConfirmed { .. }
            | Self::ColleagueNotConfirmed { .. }
            | Self::PassIntent { .. }
            | Self::PassFound { .. }
            | Self::PassDecided { .. }
            | Self::PassNotThere { .. }
            | Self::PassRemoved { .. }
            | Self::PassEntered { .. }
            | Self::PassReplaced { .. }
            | Self::Registered { .. }
            | Self::VisitEnded { .. }
            | Self::DisplayLost { .. }
            | Self::DisplayReplaced { .. }
            | Self::DisplayGivenUp { .. }
            | Self::After(_)
            | Self::Phone(_)
            | Self::Telephone(_)
            | Self::Letter(_) => None,
        }
    }

    /// Whether it happened whatever becomes of its entry, so that it is written again where it could not be. For the
    /// others somebody waits, and does something else when they cannot be written.
    pub(crate) fn is_fact(&self) -> bool {
        match self {
            Self::IdentityChecked { .. } | Self::PassIntent { .. } | Self::PassIssued { .. } => {
                false
            }
            Self::After(event) => event.is_fact(),
            Self::Phone(event) => event.is_fact(),
            Self::Telephone(event) => event.is_fact(),
            Self::Letter(event) => event.is_fact(),
            Self::StationStarted { .. }
            | Self::EnvironmentCleaned { .. }
            | Self::SandboxMissing
            | Self::WitnessMade
            | Self::RecordAccepted { .. }
            | Self::OperatorSignedIn { .. }
            | Self::OperatorSignInRefused { .. }
            | Self::OperatorSignedOut { .. }
            | Self::VisitStarted { .. }
            | Self::PersonChosen { .. }
            | Self::RouteChosen { .. }
            | Self::WentOnWithoutPass { .. }
            | Self::PassRefused { .. }
            | Self::PassUncertain { .. }
            | Self::PassNotIssued { .. }
            | Self::PassLapsed { .. }
            | Self::PassOrphanRemoved { .. }
            | Self::PassRemoved { .. }
            | Self::PassEntered { .. }
            | Self::Registered { .. }
            | Self::DisplayLost { .. }
            | Self::DisplayReplaced { .. }
            | Self::DisplayGivenUp { .. }
            | Self::NoticeDismissed { .. }
            | Self::PassLimitReached { .. }
            | Self::LimitRefused { .. }
            | Self::ColleagueConfirmed { .. }
            | Self::ColleagueNotConfirmed { .. }
            | Self::PassNotSeen { .. }
            | Self::PassFound { .. }
            | Self::PassDecided { .. }
            | Self::PassNotThere { .. }
            | Self::PassGone { .. }
            | Self::PassReplaced { .. }
            | Self::VisitEnded { .. } => true,
        }
    }
}

fn is_false(flag: &bool) -> bool {
    !*flag
}
