//! Why no whole answer came, whether anything had been sent, and what that means to whoever asked.

use std::error::Error;
use std::io;

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
}

impl TransportFault {
    pub(crate) fn foreign_origin() -> Self {
        Self {
            kind: FaultKind::ForeignOrigin,
            source: None,
        }
    }

    pub(crate) fn too_large() -> Self {
        Self {
            kind: FaultKind::TooLarge,
            source: None,
        }
    }
}

impl FaultKind {
    /// Whether the same read may well succeed a moment later.
    pub(crate) fn is_hiccup(self) -> bool {
        match self {
            Self::NotSent(Unconnected::Connection) | Self::Interrupted => true,
            Self::NotSent(Unconnected::NameResolution | Unconnected::TimedOut)
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
            Self::NotSent(_) | Self::Tls | Self::ForeignOrigin => None,
        }
    }
}

impl From<FaultKind> for GraphErrorKind {
    fn from(fault: FaultKind) -> Self {
        match fault {
            FaultKind::NotSent(_) | FaultKind::TimedOut | FaultKind::Interrupted => Self::Offline,
            FaultKind::Tls => Self::Tls,
            FaultKind::TooLarge | FaultKind::ForeignOrigin => Self::Unexpected,
        }
    }
}

impl From<FaultKind> for SignInErrorKind {
    fn from(fault: FaultKind) -> Self {
        match fault {
            FaultKind::NotSent(_) | FaultKind::TimedOut | FaultKind::Interrupted => Self::Offline,
            FaultKind::Tls => Self::Tls,
            FaultKind::TooLarge => Self::Unexpected,
            FaultKind::ForeignOrigin => Self::Untrusted,
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

/// Looks down the causes, and into `io::Error`s, which hold an error without calling it their source.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    error.is::<rustls::Error>()
        || wrapped.is_some_and(|inner| is_tls(inner))
        || error.source().is_some_and(is_tls)
}
