//! Errors, one type per operation. They carry what a screen and a support call need, never contents.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// What support asks for; shown in small print under every error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportInfo {
    /// Our own id of the call, sent as `client-request-id`; the handle for Microsoft's logs.
    pub client_request_id: String,
    /// The service's id of the call, where an answer came.
    pub request_id: Option<String>,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// When it happened: Unix milliseconds, service time where known.
    pub at_unix_ms: i64,
    /// What Entra's own refusal says, where it was one.
    pub refusal: Option<Box<RefusalInfo>>,
}

/// What stands in Entra's refusals for whoever looks for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefusalInfo {
    /// The AADSTS number.
    pub aadsts: Option<u32>,
    /// The page about it.
    pub error_uri: Option<String>,
    /// The id it has in the sign-in log.
    pub correlation_id: Option<String>,
}

/// The claims a Conditional Access challenge asks for: JSON for the next sign-in, not to be logged.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimsChallenge(pub(crate) String);

impl ClaimsChallenge {
    /// Demands that the ID token shows this authentication context (`c1` to `c99`) as met; none where that is no
    /// context's name.
    #[must_use]
    pub fn of_context(context: &str) -> Option<Self> {
        let number = context.strip_prefix('c')?;
        let named = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let demand =
            format!(r#"{{"id_token":{{"acrs":{{"essential":true,"value":"{context}"}}}}}}"#);
        named.then_some(Self(demand))
    }

    /// Demands that the ID token says when the sign-in was made.
    #[must_use]
    pub fn of_sign_in_time() -> Self {
        Self(r#"{"id_token":{"auth_time":{"essential":true}}}"#.to_owned())
    }

    /// The JSON to send with the next sign-in.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClaimsChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClaimsChallenge(..)")
    }
}

/// A Graph read or removal did not succeed.
#[derive(Debug, thiserror::Error)]
#[error("Graph call failed: {kind}")]
pub struct GraphError {
    /// What went wrong, as far as a screen can use it.
    pub kind: GraphErrorKind,
    /// Ids and time for support.
    pub support: SupportInfo,
    /// The cause underneath, free of contents.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl GraphError {
    pub(crate) fn new(kind: GraphErrorKind, support: SupportInfo) -> Self {
        Self {
            kind,
            support,
            source: None,
        }
    }

    /// Whether the answer was about somebody else than was asked for.
    pub fn is_about_somebody_else(&self) -> bool {
        let source = self.source.as_ref();
        source.is_some_and(|source| source.is::<SomebodyElse>())
    }
}

/// An answer about somebody else than was asked for. Nobody is named by it.
#[derive(Debug, thiserror::Error)]
#[error("the answer is about somebody else than was asked for")]
pub(crate) struct SomebodyElse;

/// What went wrong with a Graph call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphErrorKind {
    /// No such object.
    #[error("not found")]
    NotFound,
    /// The operator's roles or the granted scopes do not allow it.
    #[error("not permitted")]
    NotPermitted,
    /// Too many requests; wait at least this long where the service said so.
    #[error("throttled")]
    Throttled {
        /// The service's `Retry-After`.
        retry_after: Option<Duration>,
    },
    /// The operator has to sign in again.
    #[error("sign-in needed")]
    SignInNeeded {
        /// What the next sign-in must satisfy, where the service said so.
        claims: Option<ClaimsChallenge>,
    },
    /// The service could not be reached.
    #[error("offline")]
    Offline,
    /// The network answered in the service's place: a captive portal wants a sign-in.
    #[error("the network wants a sign-in")]
    NetworkWantsSignIn,
    /// A proxy or filter answered in the service's place: it lets this through to nobody.
    #[error("the network let it through to nobody")]
    NetworkRefused,
    /// The proxy wants to know who asks.
    #[error("the proxy wants a sign-in")]
    ProxyWantsSignIn,
    /// The proxy was told who asks, and does not take it.
    #[error("the proxy does not take the name and password it is told")]
    ProxyRejects,
    /// The server's certificate was not accepted.
    #[error("certificate not accepted")]
    Tls,
    /// The service answered with a server error.
    #[error("server trouble")]
    ServerTrouble,
    /// The answer was not one this client understands.
    #[error("unexpected answer")]
    Unexpected,
}

/// A pass was not issued, or it is not known whether it was.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The service said no before doing anything.
    #[error("refused: {refusal}")]
    Refused {
        /// Why.
        refusal: IssueRefusal,
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// Too many requests; nothing was done.
    #[error("throttled")]
    Throttled {
        /// The service's `Retry-After`.
        retry_after: Option<Duration>,
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// The operator has to sign in again; nothing was done.
    #[error("sign-in needed")]
    SignInNeeded {
        /// What the next sign-in must satisfy, where the service said so.
        claims: Option<ClaimsChallenge>,
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// The service could not be reached, so nothing left this machine.
    #[error("offline")]
    Offline {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// Nothing left this machine for another reason than the way, such as a certificate that was not
    /// accepted or a renewal that failed.
    #[error("not sent: {cause}")]
    NotSent {
        /// What failed before it.
        cause: GraphErrorKind,
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// A pass may exist: look in the directory before anything else.
    #[error("uncertain ({cause:?})")]
    Uncertain {
        /// What made the answer unusable.
        cause: UncertainCause,
        /// Ids and time for support.
        support: SupportInfo,
    },
}

impl IssueError {
    /// Ids and time for support, whatever the kind.
    pub fn support(&self) -> &SupportInfo {
        match self {
            Self::Refused { support, .. }
            | Self::Throttled { support, .. }
            | Self::SignInNeeded { support, .. }
            | Self::Offline { support }
            | Self::NotSent { support, .. }
            | Self::Uncertain { support, .. } => support,
        }
    }
}

/// A password was not changed, or it is not known whether it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The directory's rules take no such password; another one may do.
    #[error("the password was not accepted")]
    NotAccepted {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// The password is kept on premises and cannot be changed in this way.
    #[error("the password is kept on premises")]
    OnPremises {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// Nothing was changed.
    #[error("not changed: {0}")]
    NotChanged(GraphError),
    /// It may have been changed.
    #[error("uncertain")]
    Uncertain {
        /// Ids and time for support.
        support: SupportInfo,
    },
}

impl ChangeError {
    /// Ids and time for support, whatever the kind.
    pub fn support(&self) -> &SupportInfo {
        match self {
            Self::NotChanged(error) => &error.support,
            Self::NotAccepted { support }
            | Self::OnPremises { support }
            | Self::Uncertain { support } => support,
        }
    }
}

/// Why the service refused to issue a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueRefusal {
    /// The lifetime is outside the tenant's bounds, in minutes where the answer names them.
    #[error("lifetime out of range")]
    LifetimeOutOfRange {
        /// The tenant's shortest lifetime.
        min: Option<u32>,
        /// The tenant's longest lifetime.
        max: Option<u32>,
    },
    /// The method is off, or this person is not among its targets (yet).
    #[error("method disabled or person out of scope")]
    MethodDisabledOrOutOfScope,
    /// The person is an external guest; their home tenant issues passes.
    #[error("external guest")]
    ExternalGuest,
    /// The policy allows one-time passes only.
    #[error("one-time use forced")]
    OneTimeForced,
    /// The operator's roles or scopes do not allow it, or the person is protected.
    #[error("not permitted")]
    NotPermitted,
    /// Nobody may issue a pass for themselves.
    #[error("own account")]
    Self_,
    /// No such person.
    #[error("not found")]
    NotFound,
    /// A pass exists and has to be removed first.
    #[error("a pass exists already")]
    AlreadyExists,
    /// Refused for a reason this client does not know.
    #[error("other")]
    Other,
}

/// Why it is not known whether a pass was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UncertainCause {
    /// No answer within the time limit.
    TimedOut,
    /// The connection broke after the request was sent.
    Interrupted,
    /// A server error, or a status that says neither yes nor no.
    Status,
    /// The network may have answered in the service's place.
    NetworkWantsSignIn,
    /// The answer could not be read: wrong type, too large, cut short, or not the documented shape.
    Unreadable,
    /// The answer names another person or another kind of method.
    NotOurs,
    /// The pass in the answer is not 8 to 48 printable ASCII characters, or it has no id.
    ValueNotAcceptable,
}

/// A sign-in did not succeed.
#[derive(Debug, thiserror::Error)]
#[error("sign-in failed: {kind}")]
pub struct SignInError {
    /// What went wrong, as far as a screen can use it.
    pub kind: SignInErrorKind,
    /// Ids and time for support.
    pub support: SupportInfo,
    /// The cause underneath, free of contents.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl SignInError {
    pub(crate) fn new(kind: SignInErrorKind, support: SupportInfo) -> Self {
        Self {
            kind,
            support,
            source: None,
        }
    }
}

/// What went wrong with a sign-in. The numbers are Entra's AADSTS codes, hints for a friendlier sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInErrorKind {
    /// The operator pressed Cancel on the sign-in page.
    #[error("cancelled")]
    Cancelled,
    /// The operator declined to give consent.
    #[error("declined")]
    Declined,
    /// No answer came from the browser in time.
    #[error("timed out")]
    TimedOut,
    /// The service could not be reached.
    #[error("offline")]
    Offline,
    /// The network answered in the service's place: a captive portal wants a sign-in.
    #[error("the network wants a sign-in")]
    NetworkWantsSignIn,
    /// A proxy or filter answered in the service's place: it lets this through to nobody.
    #[error("the network let it through to nobody")]
    NetworkRefused,
    /// The proxy wants to know who asks.
    #[error("the proxy wants a sign-in")]
    ProxyWantsSignIn,
    /// The proxy was told who asks, and does not take it.
    #[error("the proxy does not take the name and password it is told")]
    ProxyRejects,
    /// The server's certificate was not accepted.
    #[error("certificate not accepted")]
    Tls,
    /// The configured tenant does not exist in this cloud.
    #[error("tenant not found")]
    TenantNotFound,
    /// The account, or the answer, belongs to another tenant.
    #[error("wrong tenant")]
    WrongTenant,
    /// The app registration is missing, off, or not set up as a public client with this redirect.
    #[error("app registration misconfigured ({aadsts:?})")]
    ClientMisconfigured {
        /// Entra's number.
        aadsts: Option<u32>,
    },
    /// An administrator has to consent to the scopes.
    #[error("consent needed ({aadsts:?})")]
    ConsentNeeded {
        /// Entra's number.
        aadsts: Option<u32>,
    },
    /// The operator is not assigned to the app.
    #[error("not assigned to the app ({aadsts:?})")]
    NotAssigned {
        /// Entra's number.
        aadsts: Option<u32>,
    },
    /// Conditional Access or another policy blocks this sign-in.
    #[error("blocked by policy ({aadsts:?})")]
    BlockedByPolicy {
        /// Entra's number.
        aadsts: Option<u32>,
    },
    /// The discovery document or the redirect's `iss` does not belong to the configured authority.
    #[error("the authority's answer cannot be trusted")]
    Untrusted,
    /// The ID token or the token answer did not pass its checks.
    #[error("token invalid ({0})")]
    TokenInvalid(TokenFlaw),
    /// No loopback port could be opened.
    #[error("no loopback port")]
    PortUnavailable,
    /// Refused for another reason.
    #[error("refused ({aadsts:?})")]
    Refused {
        /// Entra's number, where the answer names one.
        aadsts: Option<u32>,
    },
    /// The service is in trouble; later may work.
    #[error("server trouble")]
    ServerTrouble,
    /// The answer was not one this client understands.
    #[error("unexpected answer")]
    Unexpected,
}

/// Which check a token failed; a name, never the token's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFlaw {
    /// The token answer has no ID token.
    #[error("no ID token")]
    Missing,
    /// Not a JWT, or its claims are not of the documented types.
    #[error("malformed")]
    Malformed,
    /// Signed with something other than RS256, or with critical extensions.
    #[error("algorithm")]
    Algorithm,
    /// No such key in the tenant's key set, or the key is not fit for this.
    #[error("key")]
    Key,
    /// The signature does not match.
    #[error("signature")]
    Signature,
    /// The issuer is not this tenant's.
    #[error("issuer")]
    Issuer,
    /// The audience or the authorised party is not this app.
    #[error("audience")]
    Audience,
    /// The nonce is missing or not ours.
    #[error("nonce")]
    Nonce,
    /// Expired, not valid yet, or issued in the future.
    #[error("time")]
    Time,
    /// Not a version 2.0 token.
    #[error("version")]
    Version,
    /// No object id.
    #[error("no object id")]
    ObjectId,
    /// The access token is not a bearer token that can be sent.
    #[error("access token")]
    AccessToken,
}
