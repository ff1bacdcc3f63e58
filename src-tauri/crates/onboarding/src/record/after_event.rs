//! The events of what follows the registration, with their recorded names.

use serde::{Deserialize, Serialize};

use super::facts::{StaysWhy, UseRecorded};
use super::words;
use crate::ids::UserId;
use crate::last_run::RunSource;
use crate::person::uninvited_kind::UninvitedKind;
use crate::retirement::{DespiteReason, NeverReason, UseQuestion};
use crate::sign_in_test::{LogSight, LookEnd, TestCause, TestPlace, TestProof, TestResult};
use crate::time::ServiceTime;
use crate::trouble::TroubleCode;

/// What happened after the registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum AfterEvent {
    /// The person tried to sign in without a password, or did not.
    SignInTested {
        result: TestResult,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<TestPlace>,
        /// What shows that no password was used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<TestProof>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<TestCause>,
    },
    /// Something stronger than what the test itself showed came later.
    TestProven {
        proof: TestProof,
        /// The visit is over, and the password stayed only for want of it: the person may be asked back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ask_back: bool,
    },
    /// The sign-in log shows the test's sign-in, and not that it went without a password.
    SignInLogged { shows: LogSight },
    /// The directory is not asked any further about a test that passed.
    NotLookedAtFurther { why: LookEnd },
    /// Where the person says the password is used; the operator heard the same.
    PasswordUse {
        question: UseQuestion,
        answer: UseRecorded,
        /// Why a "no" holds though the directory speaks against it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        despite: Option<DespiteReason>,
    },
    /// The password stays as it is.
    PasswordStays {
        why: StaysWhy,
        /// Why this person's is never taken out of use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<NeverReason>,
    },
    /// The person is about to join the roll. Must be recorded before the request is sent.
    RollIntent {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
    },
    /// The person is on the roll.
    RollJoined {
        read_back: bool,
        /// Which group that is; a record of an earlier version does not say.
        #[serde(
            rename = "group_id",
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "words::optional_id"
        )]
        group: Option<String>,
    },
    /// The age of the person's password is about to be of no account. Must be recorded before the request is sent.
    NeverExpiresIntent {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
    },
    /// It is of no account.
    NeverExpires { read_back: bool },
    /// That did not succeed, or nobody can tell.
    NeverExpiresFailed {
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// The job that changes passwords ended then, by what was read when the person was told that they change by
    /// themselves.
    JobRunBelieved {
        source: RunSource,
        #[serde(rename = "finished_unix_ms")]
        finished: ServiceTime,
    },
    /// Joining did not succeed, or nobody can tell.
    RollFailed {
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// A password is needed again by somebody whose password was taken out of use. Whoever is on the roll, or may be, is
    /// to leave it.
    PasswordNeededAgain {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        /// To which question the answer was yes.
        question: UseQuestion,
        /// Whether the directory showed the person on the roll; none where that could not be read, or there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_roll: Option<bool>,
        /// The roll, where the site has one.
        #[serde(
            rename = "group_id",
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "words::optional_id"
        )]
        group: Option<String>,
    },
    /// The person is about to be taken off the roll again. Must be recorded before the first request for it is sent; what
    /// fails is tried again under the same intent, by the same operator.
    RollLeaveIntent {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
        #[serde(rename = "group_id", serialize_with = "words::id")]
        group: String,
    },
    /// The person is off the roll again, as was read back.
    RollLeft,
    /// Taking the person off the roll did not succeed.
    RollNotLeft {
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// The person is about to be given another password. Must be recorded before the request is sent; each request has
    /// one of its own. The password itself stands nowhere.
    PasswordChangeIntent {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(serialize_with = "words::text")]
        upn: String,
        #[serde(serialize_with = "words::text")]
        client_request_id: String,
    },
    /// The person has another password, which nobody knows.
    PasswordChanged {
        read_back: bool,
        /// It is to be changed at the next sign-in.
        must_change: bool,
        /// The person's sessions were ended, where the site wants that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sessions_ended: Option<bool>,
    },
    /// The password was not changed.
    PasswordNotChanged {
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// No answer came: nobody can tell whether it was changed.
    PasswordChangeUncertain,
    /// A method came that the walk-through did not lead to.
    MethodUninvited {
        kind: UninvitedKind,
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
    /// What the operator said of it.
    MethodDecided {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        remove: bool,
    },
    MethodRemoved {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
    /// It is still there, or nobody can tell.
    MethodNotRemoved {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// It is what the person was led to after all.
    MethodInvited {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
    /// Looks no longer show it, and it was not removed from here.
    MethodGone {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
    /// The operator went without a word on it: it is not asked about any more.
    MethodNotDecided {
        #[serde(rename = "method_id", serialize_with = "words::id")]
        method: String,
    },
}

impl AfterEvent {
    /// See [`super::Event`]: for an intent somebody waits.
    pub(super) fn is_fact(&self) -> bool {
        match self {
            Self::RollIntent { .. }
            | Self::RollLeaveIntent { .. }
            | Self::NeverExpiresIntent { .. }
            | Self::PasswordChangeIntent { .. } => false,
            Self::SignInTested { .. }
            | Self::TestProven { .. }
            | Self::SignInLogged { .. }
            | Self::NotLookedAtFurther { .. }
            | Self::PasswordUse { .. }
            | Self::PasswordStays { .. }
            | Self::RollJoined { .. }
            | Self::JobRunBelieved { .. }
            | Self::RollFailed { .. }
            | Self::PasswordNeededAgain { .. }
            | Self::RollLeft
            | Self::RollNotLeft { .. }
            | Self::PasswordChanged { .. }
            | Self::PasswordNotChanged { .. }
            | Self::PasswordChangeUncertain
            | Self::MethodUninvited { .. }
            | Self::MethodDecided { .. }
            | Self::MethodRemoved { .. }
            | Self::MethodNotRemoved { .. }
            | Self::MethodInvited { .. }
            | Self::MethodGone { .. }
            | Self::MethodNotDecided { .. }
            | Self::NeverExpires { .. }
            | Self::NeverExpiresFailed { .. } => true,
        }
    }
}
