//! What is configured of a relay.

use std::fmt;

use zeroize::Zeroizing;

/// How the way to a relay is encrypted; there is none without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte, usually on port 465.
    Tls,
    /// After a greeting, usually on port 587; without it nothing is sent.
    StartTls,
}

/// What a relay is told of who sends.
#[derive(Clone)]
pub struct RelayCredentials {
    pub user: Zeroizing<String>,
    pub password: Zeroizing<String>,
}

impl fmt::Debug for RelayCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RelayCredentials(..)")
    }
}

/// What is configured of a relay.
#[derive(Clone, Debug)]
pub struct RelaySetup {
    /// Its name, as its certificate has it.
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// None for a relay that takes mail from this machine as it is.
    pub credentials: Option<RelayCredentials>,
    /// What this machine calls itself; without it the domain of whom the mail is from.
    pub hello: Option<String>,
    /// Certificates to trust besides the platform's, as DER.
    pub extra_roots: Vec<Vec<u8>>,
}

/// A setup that cannot work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayFlaw {
    #[error("the relay's name is none")]
    Host,
    #[error("what this machine calls itself is no domain name")]
    Hello,
    #[error("TLS cannot be set up")]
    Tls,
}
