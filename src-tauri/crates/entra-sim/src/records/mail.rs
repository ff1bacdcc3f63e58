//! Mail that was sent.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::graph_time;
use crate::state::Inner;

use super::keep;

/// A message as it lies in the mailbox of its recipients.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Mail {
    pub(crate) at: String,
    /// Sign-in name of the mailbox it is from.
    pub(crate) from: String,
    /// Sign-in name of who sent it, where that is somebody else.
    pub(crate) sent_by: Option<String>,
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
    /// When it arrives; never where it goes astray.
    #[serde(skip)]
    pub(crate) arrives: Option<Timestamp>,
}

impl Mail {
    /// Whether it has arrived by then.
    pub(crate) fn is_delivered(&self, now: Timestamp) -> bool {
        self.arrives.is_some_and(|at| at <= now)
    }

    /// Everybody it is for.
    pub(crate) fn recipients(&self) -> impl Iterator<Item = &Address> {
        self.to.iter().chain(&self.cc).chain(&self.bcc)
    }

    /// The mail as the control interface tells it.
    pub(crate) fn shown(&self, now: Timestamp) -> Value {
        let mut shown = json!(self);
        shown["delivered"] = json!(self.is_delivered(now));
        shown
    }
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
    /// Base64, as it came.
    pub(crate) content: String,
    pub(crate) content_id: Option<String>,
    pub(crate) inline: bool,
}

impl Inner {
    /// Puts a message into the mailbox.
    pub(crate) fn post(&mut self, now: Timestamp, mut mail: Mail) {
        mail.at = graph_time(now);
        keep(&mut self.records.mails, mail);
    }
}
