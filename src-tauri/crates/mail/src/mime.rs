//! A mail as it goes over the line: text and HTML, the pictures beside the HTML, and no header that nobody needs.

use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use uuid::Uuid;

use crate::address;
use crate::error::RelayError;
use crate::message::{Correspondent, MailMessage};

/// What a date can be written of: the year 9999.
const LAST_MS: i64 = 253_402_300_799_000;
/// Nobody wrote it, so that no machine answers it (RFC 3834).
const AUTO_SUBMITTED: (&str, &str) = ("Auto-Submitted", "auto-generated");

/// A mail ready to be handed over.
pub(crate) struct Letter {
    pub(crate) from: Address,
    pub(crate) to: Address,
    pub(crate) bytes: Vec<u8>,
}

impl Letter {
    /// # Errors
    /// [`RelayError::NoAddress`].
    pub(crate) fn of(message: &MailMessage) -> Result<Self, RelayError> {
        let (from, sender) = read(&message.from)?;
        let (to, recipient) = read(&message.to)?;
        // Unique, and naming neither the machine nor when it was made.
        let id = format!("<{}@{}>", Uuid::new_v4(), from.domain());
        let built = Message::builder()
            .from(sender)
            .to(recipient)
            .subject(one_line(&message.subject))
            .date(date(message.at_unix_ms))
            .message_id(Some(id))
            .raw_header(auto_submitted())
            .multipart(parts(message))
            .map_err(|_| RelayError::NoAddress)?;
        Ok(Self {
            from,
            to,
            bytes: built.formatted(),
        })
    }

    /// One of the addresses has a name outside of ASCII.
    pub(crate) fn needs_utf8(&self) -> bool {
        [&self.from, &self.to]
            .iter()
            .any(|address| !AsRef::<str>::as_ref(*address).is_ascii())
    }
}

fn read(who: &Correspondent) -> Result<(Address, Mailbox), RelayError> {
    let address = address::parse(&who.address).ok_or(RelayError::NoAddress)?;
    let name = who.name.as_deref().map(one_line);
    let mailbox = Mailbox::new(name.filter(|name| !name.is_empty()), address.clone());
    Ok((address, mailbox))
}

/// What stands in a header stays in it.
fn one_line(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.chars()
        .map(plain)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn date(unix_ms: i64) -> SystemTime {
    let ms = unix_ms.clamp(0, LAST_MS);
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms.unsigned_abs())
}

fn auto_submitted() -> HeaderValue {
    let (name, value) = AUTO_SUBMITTED;
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn parts(message: &MailMessage) -> MultiPart {
    let text = SinglePart::plain(message.text.clone());
    let html = SinglePart::html(message.html.clone());
    let both = MultiPart::alternative().singlepart(text);
    let Some(png) = ContentType::parse("image/png").ok() else {
        return both.singlepart(html);
    };
    if message.pictures.is_empty() {
        return both.singlepart(html);
    }
    let shown = MultiPart::related().singlepart(html);
    let shown = message.pictures.iter().fold(shown, |shown, picture| {
        let id = plain_id(&picture.content_id);
        let attached = Attachment::new_inline(id).body(picture.png.clone(), png.clone());
        shown.singlepart(attached)
    });
    both.multipart(shown)
}

/// What of an id can stand in a header.
fn plain_id(id: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || ".-_@".contains(*c);
    id.chars().filter(plain).collect()
}
