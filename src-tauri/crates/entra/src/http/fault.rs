//! Why no whole answer came, whether anything had been sent, and what that means to whoever asked.

use std::error::Error;
use std::io;

use super::answer::InBetween;
use crate::error::{GraphErrorKind, SignInErrorKind, UncertainCause};

/// A request that brought no whole answer. The source is reqwest's error without the address.
#[derive(Debug, thiserror::Error)]
#[error("no whole answer ({kind:?})")]
pub(crate) struct TransportFault {
    pub(crate) kind: FaultKind,
    #[source]
    source: Option<reqwest::Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Nothing left this machine.
    NotSent(Unconnected),
    /// The TLS handshake failed; nothing of the request left this machine.
    Tls,
    TimedOut,
    Interrupted,
    TooLarge,
    /// What came answers another request.
    OfAnother,
    /// The address is neither the authority's nor Graph's; nothing was sent.
    ForeignOrigin,
}

/// Why there was no connection. Only the log tells these apart, and a read decides by them whether to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unconnected {
    /// The host name could not be resolved.
    NameResolution,
    /// Nobody took the connection.
    Connection,
    /// Nobody took it in time.
    TimedOut,
    /// The proxy opens no way: it lets this through to nobody, or has no line itself.
    ProxyRefused,
    /// The proxy wants to know who asks.
    ProxySignIn,
    /// The proxy was told who asks, and does not take it.
    ProxyRejects,
}

impl TransportFault {
    pub(crate) fn foreign_origin() -> Self {
        Self {
            kind: FaultKind::ForeignOrigin,
            source: None,
        }
    }

    pub(crate) fn of_another() -> Self {
        Self {
            kind: FaultKind::OfAnother,
            source: None,
        }
    }

    pub(crate) fn too_large() -> Self {
        Self {
            kind: FaultKind::TooLarge,
            source: None,
        }
    }

    /// The same where the proxy was told who asks: what it wants is not that.
    pub(crate) fn of_a_told_proxy(self) -> Self {
        if self.kind != FaultKind::NotSent(Unconnected::ProxySignIn) {
            return self;
        }
        Self {
            kind: FaultKind::NotSent(Unconnected::ProxyRejects),
            ..self
        }
    }
}

impl FaultKind {
    /// Whether the same read may well succeed a moment later.
    pub(crate) fn is_hiccup(self) -> bool {
        match self {
            // The line behind the proxy may only just be down: 403 and 503 cannot be told apart here.
            Self::NotSent(Unconnected::Connection | Unconnected::ProxyRefused)
            | Self::Interrupted
            | Self::OfAnother => true,
            Self::NotSent(
                Unconnected::NameResolution
                | Unconnected::TimedOut
                | Unconnected::ProxySignIn
                | Unconnected::ProxyRejects,
            )
            | Self::Tls
            | Self::TimedOut
            | Self::TooLarge
            | Self::ForeignOrigin => false,
        }
    }

    /// What it leaves unknown of a request that must not be sent twice; `None` where nothing was sent.
    pub(crate) fn uncertain(self) -> Option<UncertainCause> {
        match self {
            Self::TimedOut => Some(UncertainCause::TimedOut),
            Self::Interrupted => Some(UncertainCause::Interrupted),
            Self::TooLarge => Some(UncertainCause::Unreadable),
            Self::OfAnother => Some(UncertainCause::NotOurs),
            Self::NotSent(_) | Self::Tls | Self::ForeignOrigin => None,
        }
    }
}

impl From<FaultKind> for GraphErrorKind {
    fn from(fault: FaultKind) -> Self {
        match fault {
            FaultKind::NotSent(Unconnected::ProxyRefused) | FaultKind::OfAnother => {
                Self::NetworkRefused
            }
            FaultKind::NotSent(Unconnected::ProxySignIn) => Self::ProxyWantsSignIn,
            FaultKind::NotSent(Unconnected::ProxyRejects) => Self::ProxyRejects,
            FaultKind::NotSent(_) | FaultKind::TimedOut | FaultKind::Interrupted => Self::Offline,
            FaultKind::Tls => Self::Tls,
            FaultKind::TooLarge | FaultKind::ForeignOrigin => Self::Unexpected,
        }
    }
}

impl From<FaultKind> for SignInErrorKind {
    fn from(fault: FaultKind) -> Self {
        match fault {
            FaultKind::NotSent(Unconnected::ProxyRefused) | FaultKind::OfAnother => {
                Self::NetworkRefused
            }
            FaultKind::NotSent(Unconnected::ProxySignIn) => Self::ProxyWantsSignIn,
            FaultKind::NotSent(Unconnected::ProxyRejects) => Self::ProxyRejects,
            FaultKind::NotSent(_) | FaultKind::TimedOut | FaultKind::Interrupted => Self::Offline,
            FaultKind::Tls => Self::Tls,
            FaultKind::TooLarge => Self::Unexpected,
            FaultKind::ForeignOrigin => Self::Untrusted,
        }
    }
}

impl From<InBetween> for GraphErrorKind {
    fn from(between: InBetween) -> Self {
        match between {
            InBetween::Portal => Self::NetworkWantsSignIn,
            InBetween::ProxySignIn => Self::ProxyWantsSignIn,
            InBetween::Filter => Self::NetworkRefused,
        }
    }
}

impl From<InBetween> for SignInErrorKind {
    fn from(between: InBetween) -> Self {
        match between {
            InBetween::Portal => Self::NetworkWantsSignIn,
            InBetween::ProxySignIn => Self::ProxyWantsSignIn,
            InBetween::Filter => Self::NetworkRefused,
        }
    }
}

impl From<reqwest::Error> for TransportFault {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        Self {
            kind: kind(&error),
            source: Some(error),
        }
    }
}

fn kind(error: &reqwest::Error) -> FaultKind {
    if error.is_builder() {
        return FaultKind::NotSent(Unconnected::Connection);
    }
    if error.is_connect() {
        return match () {
            () if is_tls(error) => FaultKind::Tls,
            () if says(error, PROXY_SIGN_IN) => FaultKind::NotSent(Unconnected::ProxySignIn),
            () if says(error, PROXY_REFUSED) => FaultKind::NotSent(Unconnected::ProxyRefused),
            () if error.is_dns() => FaultKind::NotSent(Unconnected::NameResolution),
            () if error.is_timeout() => FaultKind::NotSent(Unconnected::TimedOut),
            () => FaultKind::NotSent(Unconnected::Connection),
        };
    }
    if error.is_timeout() {
        FaultKind::TimedOut
    } else {
        FaultKind::Interrupted
    }
}

/// What a proxy's refusal to open a way is called below; its type is not to be had there, nor the number that was
/// answered but for 407.
const PROXY_SIGN_IN: &str = "proxy authorization required";
const PROXY_REFUSED: &str = "tunnel error: unsuccessful";

/// Whether the error or one of its causes says so.
fn says(error: &(dyn Error + 'static), words: &str) -> bool {
    let mut all = std::iter::successors(Some(error), |&error| error.source());
    all.any(|error| error.to_string().contains(words))
}

/// Looks down the causes, and into `io::Error`s, which hold an error without calling it their source.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    error.is::<rustls::Error>()
        || wrapped.is_some_and(|inner| is_tls(inner))
        || error.source().is_some_and(is_tls)
}
