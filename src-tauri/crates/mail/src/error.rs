//! Why a mail was not handed over, or that nobody knows.

use std::fmt;

/// What a relay answered, as numbers: its words may name people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The three digits of SMTP (RFC 5321).
    pub code: u16,
    /// The status in more detail where one came (RFC 3463), such as 5.1.1.
    pub status: Option<(u16, u16, u16)>,
}

impl Reply {
    /// Whether the same may be taken later.
    pub(crate) fn is_for_now(self) -> bool {
        self.code / 100 == 4
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        match self.status {
            Some((class, subject, detail)) => write!(f, " {class}.{subject}.{detail}"),
            None => Ok(()),
        }
    }
}

/// A mail was not handed over; only after [`RelayError::Uncertain`] it may have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayError {
    /// An address, its own or the recipient's, is none that mail can go to.
    #[error("an address is none")]
    NoAddress,
    /// Nobody took the connection, or the name is unknown.
    #[error("not reached")]
    NotReached,
    /// The relay answered nothing in time, or what it answered is no SMTP, before the mail was under way.
    #[error("no answer")]
    NoAnswer,
    /// The relay's certificate was not accepted.
    #[error("certificate not accepted")]
    Certificate,
    /// The relay offers no TLS that both know; nothing was told it.
    #[error("no encryption")]
    NotEncrypted,
    /// The relay offers no way to say who sends that is known here.
    #[error("no way to sign in")]
    NoSignIn,
    /// The relay does not take the name and password, or wants one and none is configured.
    #[error("sign-in refused ({0})")]
    SignInRefused(Reply),
    /// This sender may not send here.
    #[error("sender refused ({0})")]
    SenderRefused(Reply),
    /// The relay does not send to this address.
    #[error("recipient refused ({0})")]
    RecipientRefused(Reply),
    /// The address has letters that this relay cannot send to (SMTPUTF8).
    #[error("the relay takes addresses in ASCII alone")]
    AsciiOnly,
    /// The mail is larger than the relay takes.
    #[error("too large ({0})")]
    TooLarge(Reply),
    /// Not now; later may work.
    #[error("not now ({0})")]
    NotNow(Reply),
    /// Refused for another reason.
    #[error("refused ({0})")]
    Refused(Reply),
    /// The mail was under way and no answer came: it may have been handed over. It is not to be sent again unasked.
    #[error("uncertain")]
    Uncertain,
}
