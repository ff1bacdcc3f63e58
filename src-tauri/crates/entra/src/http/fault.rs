//! Why no whole answer came, and whether anything had been sent.

use std::error::Error;
use std::io;

use crate::error::{GraphErrorKind, OfflineCause, SignInErrorKind};

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
    NotSent(OfflineCause),
    /// The TLS handshake failed; nothing of the request left this machine.
    Tls,
    TimedOut,
    Interrupted,
    TooLarge,
    /// The address is neither the authority's nor Graph's; nothing was sent.
    ForeignOrigin,
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

impl From<FaultKind> for GraphErrorKind {
    fn from(fault: FaultKind) -> Self {
        match fault {
            FaultKind::NotSent(cause) => Self::Offline(cause),
            FaultKind::Tls => Self::Tls,
            FaultKind::TimedOut => Self::Offline(OfflineCause::TimedOut),
            FaultKind::Interrupted => Self::Offline(OfflineCause::Interrupted),
            FaultKind::TooLarge | FaultKind::ForeignOrigin => Self::Unexpected,
        }
    }
}

impl From<FaultKind> for SignInErrorKind {
    fn from(fault: FaultKind) -> Self {
        match fault {
            FaultKind::NotSent(cause) => Self::Offline(cause),
            FaultKind::Tls => Self::Tls,
            FaultKind::TimedOut => Self::Offline(OfflineCause::TimedOut),
            FaultKind::Interrupted => Self::Offline(OfflineCause::Interrupted),
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
        return FaultKind::NotSent(OfflineCause::Connection);
    }
    if error.is_connect() {
        return match () {
            () if is_tls(error) => FaultKind::Tls,
            () if error.is_dns() => FaultKind::NotSent(OfflineCause::NameResolution),
            () if error.is_timeout() => FaultKind::NotSent(OfflineCause::TimedOut),
            () => FaultKind::NotSent(OfflineCause::Connection),
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
