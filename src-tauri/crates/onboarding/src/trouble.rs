//! What can go wrong for a person to act on: a code, typed arguments, never text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::display::without_tricks;

/// A message key with typed arguments; the words lie in the Fluent files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Message {
    pub key: String,
    pub args: BTreeMap<String, Arg>,
}

/// A value put into a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Arg {
    Number(#[ts(type = "number")] i64),
    Text(String),
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            args: BTreeMap::new(),
        }
    }

    /// The same message with a number put in.
    #[must_use]
    pub fn number(mut self, name: &str, value: impl Into<i64>) -> Self {
        self.args.insert(name.to_owned(), Arg::Number(value.into()));
        self
    }

    /// The same message with a text put in.
    #[must_use]
    pub fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        let shown = without_tricks(&value.into());
        self.args.insert(name.to_owned(), Arg::Text(shown));
        self
    }
}

/// What support needs to find one exchange in the service's logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Support {
    pub client_request_id: Option<String>,
    pub request_id: Option<String>,
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub at_unix_ms: i64,
    /// What stands in Entra's own refusal, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub refusal: Option<Box<ServiceRefusal>>,
}

/// What finds a refusal of Entra's again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServiceRefusal {
    /// The AADSTS number.
    pub aadsts: Option<u32>,
    /// The page about it.
    pub error_uri: Option<String>,
    /// Its id in the sign-in log.
    pub correlation_id: Option<String>,
}

/// Something did not go as wanted: what, and what support needs. `trouble-<code>` says it, `trouble-<code>-do` what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code:?}")]
pub struct Trouble {
    pub code: TroubleCode,
    pub args: BTreeMap<String, Arg>,
    pub support: Option<Support>,
    /// It came before anything was sent: whatever was wanted was not done.
    pub nothing_sent: bool,
}

impl Trouble {
    /// A trouble without arguments.
    #[must_use]
    pub fn new(code: TroubleCode) -> Self {
        Self {
            code,
            args: BTreeMap::new(),
            support: None,
            nothing_sent: false,
        }
    }

    /// The same before anything was sent.
    #[must_use]
    pub fn before_sending(mut self) -> Self {
        self.nothing_sent = true;
        self
    }

    /// The same with a text put in.
    #[must_use]
    pub fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        let shown = without_tricks(&value.into());
        self.args.insert(name.to_owned(), Arg::Text(shown));
        self
    }

    /// The same with a number put in.
    #[must_use]
    pub fn number(mut self, name: &str, value: impl Into<i64>) -> Self {
        self.args.insert(name.to_owned(), Arg::Number(value.into()));
        self
    }

    /// The same with what support needs.
    #[must_use]
    pub fn support(mut self, support: Option<Support>) -> Self {
        self.support = support;
        self
    }
}

macro_rules! trouble_codes {
    ($($(#[$doc:meta])* $name:ident = $short:literal, $key:literal;)*) => {
        /// Every refusal and failure a screen can show.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum TroubleCode { $($(#[$doc])* $name,)* }

        impl TroubleCode {
            /// All codes, for the tests that look for missing words.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The short code a person reads out to support; stable once released.
            #[must_use]
            pub fn short(self) -> &'static str {
                match self { $(Self::$name => $short,)* }
            }

            /// The message key; `<key>-do` says what to do next.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => concat!("trouble-", $key),)* }
            }
        }
    };
}

trouble_codes! {
    // Network and service.
    NoNetwork = "N101", "no-network";
    NetworkWantsSignIn = "N102", "network-wants-sign-in";
    Untrusted = "N103", "untrusted";
    ServiceDown = "N104", "service-down";
    Throttled = "N105", "throttled";
    Unexpected = "N106", "unexpected";
    /// Every list of a person's methods failed, each in its own way.
    NothingLists = "N107", "nothing-lists";
    /// A proxy or filter answered in the service's place.
    NetworkRefused = "N108", "network-refused";
    /// The proxy wants to know who asks.
    ProxyWantsSignIn = "N109", "proxy-wants-sign-in";
    /// The proxy was told who asks, and does not take it.
    ProxyRejects = "N110", "proxy-rejects";
    // Sign-in of the operator.
    SignInDeclined = "S101", "sign-in-declined";
    SignInTimedOut = "S102", "sign-in-timed-out";
    TenantNotFound = "S103", "tenant-not-found";
    WrongTenant = "S104", "wrong-tenant";
    AppMisconfigured = "S105", "app-misconfigured";
    ConsentNeeded = "S106", "consent-needed";
    SignInBlocked = "S107", "sign-in-blocked";
    SignInInvalid = "S108", "sign-in-invalid";
    PortUnavailable = "S109", "port-unavailable";
    BrowserFailed = "S110", "browser-failed";
    SignInRefused = "S111", "sign-in-refused";
    OtherOperator = "S112", "other-operator";
    SignInAgain = "S113", "sign-in-again";
    TokenTooShort = "S114", "token-too-short";
    OperatorGuest = "S115", "operator-guest";
    ScopeMissing = "S116", "scope-missing";
    MayNotIssue = "S117", "may-not-issue";
    NotAssigned = "S118", "not-assigned";
    /// A fresh token was got, and the roles that are seen are the same as before.
    RoleNotSeen = "S122", "role-not-seen";
    OperatorNotConfirmed = "S121", "operator-not-confirmed";
    // Finding the person.
    NothingTyped = "P201", "nothing-typed";
    NotAnAccount = "P202", "not-an-account";
    UnknownDomain = "P203", "unknown-domain";
    NotFound = "P204", "not-found";
    PersonDisabled = "P205", "person-disabled";
    PersonExternalGuest = "P206", "person-external-guest";
    PersonIsOperator = "P207", "person-is-operator";
    PersonProtected = "P208", "person-protected";
    ReadNotPermitted = "P209", "read-not-permitted";
    TooMany = "P210", "too-many";
    PersonServed = "P211", "person-served";
    WarningNotHeeded = "P212", "warning-not-heeded";
    /// Found, and a moment later not found: it has not arrived everywhere yet.
    NotEverywhereYet = "P213", "not-everywhere-yet";
    // By telephone.
    AdminByTelephone = "P214", "admin-by-telephone";
    RolesUnknownByTelephone = "P215", "roles-unknown-by-telephone";
    // Identity check.
    CheckMissing = "C301", "check-missing";
    PhoneNotConfirmed = "C302", "phone-not-confirmed";
    VoucherMissing = "C303", "voucher-missing";
    CheckExpired = "C304", "check-expired";
    SamePersonNotConfirmed = "C305", "same-person-not-confirmed";
    RenewalsUsedUp = "C306", "renewals-used-up";
    /// What was done to proof a caller is not enough.
    CallerNotProofed = "C310", "caller-not-proofed";
    /// Two of the calls would ring one telephone.
    SameTelephone = "C311", "same-telephone";
    /// Where the person can be called is not what it was when they first called.
    NumbersChanged = "C312", "numbers-changed";
    // The pass.
    PassLifetime = "T401", "pass-lifetime";
    PassOutOfScope = "T402", "pass-out-of-scope";
    PassNotPermitted = "T403", "pass-not-permitted";
    PassOnceForced = "T404", "pass-once-forced";
    PassExists = "T405", "pass-exists";
    PassUncertain = "T406", "pass-uncertain";
    PassNotRecorded = "T407", "pass-not-recorded";
    PassRefused = "T408", "pass-refused";
    PassBlocked = "T409", "pass-blocked";
    PassPolicyDisabled = "T410", "pass-policy-disabled";
    PassNotRemoved = "T411", "pass-not-removed";
    PassReplaced = "T412", "pass-replaced";
    LostPhoneFirst = "T413", "lost-phone-first";
    PhoneSince = "T414", "phone-since";
    PassesPerHour = "T420", "passes-per-hour";
    // The site's own limits.
    OperatorNotListed = "T421", "operator-not-listed";
    PersonNotListed = "T422", "person-not-listed";
    PersonExcepted = "T423", "person-excepted";
    LimitsUnread = "T424", "limits-unread";
    // A colleague's confirmation.
    ColleagueNeeded = "T430", "colleague-needed";
    ColleagueIsOperator = "T431", "colleague-is-operator";
    ColleagueIsPerson = "T432", "colleague-is-person";
    ColleagueElsewhere = "T433", "colleague-elsewhere";
    ColleagueGuest = "T434", "colleague-guest";
    ColleagueNotListed = "T435", "colleague-not-listed";
    ColleagueDeclined = "T436", "colleague-declined";
    ColleagueTimedOut = "T437", "colleague-timed-out";
    ColleagueUnread = "T438", "colleague-unread";
    ColleagueNotFresh = "T439", "colleague-not-fresh";
    // What follows the registration.
    AnswersDiffer = "R501", "answers-differ";
    RollNotRecorded = "R502", "roll-not-recorded";
    RollNotPermitted = "R503", "roll-not-permitted";
    RollNever = "R504", "roll-never";
    PatchNotPermitted = "R510", "patch-not-permitted";
    ResetNotPermitted = "R511", "reset-not-permitted";
    PasswordOnPremises = "R512", "password-on-premises";
    WriteBackFailed = "R513", "write-back-failed";
    PasswordNotAccepted = "R514", "password-not-accepted";
    PasswordUnclear = "R515", "password-unclear";
    PasswordNotRecorded = "R516", "password-not-recorded";
    RollNotLeft = "R517", "roll-not-left";
    ResetFailed = "R519", "reset-failed";
    SessionsNotEnded = "R518", "sessions-not-ended";
    MethodNotThere = "R520", "method-not-there";
    PhoneNotRecorded = "R521", "phone-not-recorded";
    /// A caller was proofed by a colleague's word on each pass, which is no word on a password.
    AgainWithoutColleague = "R523", "again-without-colleague";
    AgainLostPhone = "R524", "again-lost-phone";
    NeedNotRecorded = "R525", "need-not-recorded";
    /// The service said that it was removed, and looks go on to show it.
    MethodStillThere = "R522", "method-still-there";
    // The hand-out.
    HandOutNotMade = "H601", "hand-out-not-made";
    HandOutNotPrinted = "H602", "hand-out-not-printed";
    HandOutNotSaved = "H603", "hand-out-not-saved";
    HandOutNotHere = "H604", "hand-out-not-here";
    // Mail to the person.
    MailNoMailbox = "M701", "mail-no-mailbox";
    MailNotPermitted = "M702", "mail-not-permitted";
    MailNotAsSender = "M703", "mail-not-as-sender";
    MailAddressRefused = "M704", "mail-address-refused";
    MailTooMany = "M705", "mail-too-many";
    MailTooLarge = "M706", "mail-too-large";
    MailLater = "M707", "mail-later";
    MailRefused = "M708", "mail-refused";
    MailUnclear = "M709", "mail-unclear";
    RelayAway = "M710", "relay-away";
    RelaySilent = "M711", "relay-silent";
    RelayUntrusted = "M712", "relay-untrusted";
    RelayPlain = "M713", "relay-plain";
    RelayNoSignIn = "M714", "relay-no-sign-in";
    RelaySignIn = "M715", "relay-sign-in";
    RelayNoPassword = "M716", "relay-no-password";
    RelaySender = "M717", "relay-sender";
    MailNoAddress = "M720", "mail-no-address";
    MailNoManager = "M721", "mail-no-manager";
    MailNameInLetter = "M722", "mail-name-in-letter";
    AddressInvalid = "M730", "address-invalid";
    AddressNotReadBack = "M731", "address-not-read-back";
    PassNotByMail = "M732", "pass-not-by-mail";
    // The station.
    NotNow = "A501", "not-now";
    VisitsFull = "A502", "visits-full";
    VisitGone = "A503", "visit-gone";
    RecordFailed = "A504", "record-failed";
    NotAllowedHere = "A505", "not-allowed-here";
    VisitOpen = "A506", "visit-open";
    // What is kept of visits by telephone.
    VisitNotKept = "A510", "visit-not-kept";
    VisitNotWritten = "A511", "visit-not-written";
    KeptStillThere = "A512", "kept-still-there";
    KeptLost = "A513", "kept-lost";
    KeptLocked = "A514", "kept-locked";
    KioskStays = "A520", "kiosk-stays";
    RecordDisplaced = "A521", "record-displaced";
    RecordBroken = "A522", "record-broken";
}

impl TroubleCode {
    /// Whether it may be of one way to read, and another may answer: also where nothing came back or a box on the way
    /// refused, since either may be so for one address alone.
    pub fn is_of_the_way(self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::NotEverywhereYet
                | Self::ReadNotPermitted
                | Self::NoNetwork
                | Self::NetworkRefused
                | Self::ServiceDown
                | Self::Unexpected
        )
    }

    /// Whether a role that the operator activates may be all that is missing.
    pub(crate) fn is_lifted_by_a_role(self) -> bool {
        matches!(
            self,
            Self::MayNotIssue
                | Self::RoleNotSeen
                | Self::ReadNotPermitted
                | Self::PersonProtected
                | Self::PassNotPermitted
                | Self::RollNotPermitted
                | Self::PatchNotPermitted
                | Self::ResetNotPermitted
        )
    }
}
