//! The site's relay.

use std::fmt;
use std::time::Instant;

use lettre::transport::smtp;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;

use crate::address;
use crate::conversation::{Way, hand_over};
use crate::error::RelayError;
use crate::message::MailMessage;
use crate::mime::Letter;
use crate::setup::{RelayFlaw, RelaySetup};

/// The site's relay.
#[derive(Clone)]
pub struct Relay {
    setup: RelaySetup,
    tls: TlsParameters,
}

impl Relay {
    /// Nothing is asked of the relay yet.
    ///
    /// # Errors
    /// What of the setup cannot work.
    pub fn new(setup: RelaySetup) -> Result<Self, RelayFlaw> {
        if ServerName::try_from(setup.host.as_str()).is_err() {
            return Err(RelayFlaw::Host);
        }
        let hello = setup.hello.as_deref().map(address::domain_of);
        if hello.is_some_and(|hello| hello.is_none()) {
            return Err(RelayFlaw::Hello);
        }
        let tls = tls(&setup).map_err(|_| RelayFlaw::Tls)?;
        Ok(Self { setup, tls })
    }

    /// Hands a mail over, exactly once: nothing is tried again.
    ///
    /// # Errors
    /// [`RelayError`]. After [`RelayError::Uncertain`] it may have been handed over.
    pub async fn send(&self, message: &MailMessage) -> Result<(), RelayError> {
        let letter = Letter::of(message)?;
        let hello = self.setup.hello.as_deref().and_then(address::domain_of);
        let hello = hello.unwrap_or_else(|| letter.from.domain().to_owned());
        let way = Way {
            host: &self.setup.host,
            port: self.setup.port,
            encryption: self.setup.encryption,
            tls: self.tls.clone(),
            hello: ClientId::Domain(hello),
        };
        let started = Instant::now();
        let sent = hand_over(way, self.setup.credentials.as_ref(), &letter).await;
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &sent {
            Ok(()) => tracing::info!(ms, "a mail was handed over to the relay"),
            Err(error) => tracing::warn!(ms, %error, "a mail was not handed over to the relay"),
        }
        sent
    }
}

/// The roots that the app's other requests trust: the platform's, and those of the site's file.
fn tls(setup: &RelaySetup) -> Result<TlsParameters, smtp::Error> {
    let mut tls = TlsParameters::builder(setup.host.clone());
    for root in &setup.extra_roots {
        tls = tls.add_root_certificate(Certificate::from_der(root.clone())?);
    }
    tls.build()
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Relay(..)")
    }
}
