//! Mail that was sent.

use jiff::Timestamp;
use serde::Serialize;

use crate::clock::graph_time;
use crate::state::Inner;

use super::keep;

/// A message as it lies in the mailbox of its recipients.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Mail {
    pub(crate) at: String,
    /// Sign-in name of the sender.
    pub(crate) from: String,
    pub(crate) to: Vec<Address>,
    pub(crate) cc: Vec<Address>,
    pub(crate) bcc: Vec<Address>,
    pub(crate) subject: String,
    /// `text` or `html`.
    pub(crate) kind: &'static str,
    pub(crate) body: String,
    pub(crate) attachments: Vec<Attachment>,
    /// A copy lies in the sender's Sent Items.
    pub(crate) in_sent_items: bool,
    /// False: it was accepted and went astray.
    pub(crate) delivered: bool,
}

/// Whom a message is for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Address {
    pub(crate) name: Option<String>,
    pub(crate) address: String,
}

/// What hangs on a message.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: usize,
    pub(crate) inline: bool,
}

impl Inner {
    /// Puts a message into the mailbox.
    pub(crate) fn post(&mut self, now: Timestamp, mut mail: Mail) {
        mail.at = graph_time(now);
        keep(&mut self.records.mails, mail);
    }
}
