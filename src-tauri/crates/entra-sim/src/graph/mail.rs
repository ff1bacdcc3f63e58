//! `sendMail`: into a mailbox that can be read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::users::found;
use crate::graph::{GraphCall, GraphReply};
use crate::records::mail::{Address, Attachment, Mail};
use crate::state::{Inner, Tenant};

#[derive(Deserialize)]
struct Order {
    #[serde(alias = "Message")]
    message: Option<Message>,
    #[serde(
        default,
        alias = "SaveToSentItems",
        alias = "saveToSentItems",
        deserialize_with = "truth"
    )]
    save_to_sent_items: Option<bool>,
}

/// A truth, or one written as text: that is how the documentation's own examples send it.
fn truth<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    let written = match Value::deserialize(from)? {
        Value::Null => return Ok(None),
        Value::Bool(truth) => return Ok(Some(truth)),
        Value::String(text) => text.to_ascii_lowercase(),
        other @ (Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
    };
    let wrong = |_| D::Error::custom(format!("{written} is neither true nor false"));
    written.parse().map(Some).map_err(wrong)
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Message {
    subject: Option<String>,
    body: Option<Content>,
    to_recipients: Vec<Recipient>,
    cc_recipients: Vec<Recipient>,
    bcc_recipients: Vec<Recipient>,
    attachments: Vec<File>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Content {
    content_type: Option<String>,
    content: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: EmailAddress,
}

#[derive(Deserialize)]
struct EmailAddress {
    address: Option<String>,
    name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct File {
    name: Option<String>,
    content_type: Option<String>,
    content_bytes: Option<String>,
    is_inline: Option<bool>,
}

/// Sends as the caller. Others' mailboxes are out of reach of `Mail.Send` alone.
pub(crate) fn send(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let denied = || {
        let message = "Access is denied. Check credentials and try again.";
        ODataError::new(403, "ErrorAccessDenied", message)
    };
    caller.needs(&["Mail.Send", "Mail.Send.Shared"], denied)?;
    let user = found(state, key)?;
    if !caller.is(user) && !caller.is_app() {
        return Err(denied());
    }
    if user.mail.is_none() {
        let message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
        return Err(ODataError::new(404, "MailboxNotEnabledForRESTAPI", message));
    }
    let from = user.upn.clone();
    let order: Order = serde_json::from_slice(call.body).map_err(ODataError::unreadable)?;
    let message = order.message.ok_or_else(|| {
        ODataError::new(
            400,
            "ErrorInvalidRequest",
            "The message parameter is missing.",
        )
    })?;
    let mail = mail(from, message, order.save_to_sent_items.unwrap_or(true))?;
    let delivered = !state.flags.mail_goes_astray;
    state.post(tenant.now(), Mail { delivered, ..mail });
    Ok(GraphReply::Accepted)
}

fn mail(from: String, message: Message, in_sent_items: bool) -> Result<Mail, ODataError> {
    let body = message.body.unwrap_or_default();
    let is_html = body
        .content_type
        .is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    let mail = Mail {
        at: String::new(),
        from,
        to: addresses(message.to_recipients)?,
        cc: addresses(message.cc_recipients)?,
        bcc: addresses(message.bcc_recipients)?,
        subject: message.subject.unwrap_or_default(),
        kind: if is_html { "html" } else { "text" },
        body: body.content.unwrap_or_default(),
        attachments: message.attachments.into_iter().map(attachment).collect(),
        in_sent_items,
        delivered: true,
    };
    if mail.to.is_empty() && mail.cc.is_empty() && mail.bcc.is_empty() {
        return Err(invalid_recipients());
    }
    Ok(mail)
}

fn addresses(recipients: Vec<Recipient>) -> Result<Vec<Address>, ODataError> {
    let address = |recipient: Recipient| {
        let EmailAddress { address, name } = recipient.email_address;
        let address = address.filter(|address| {
            address
                .split_once('@')
                .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
        });
        let address = address.ok_or_else(invalid_recipients)?;
        Ok(Address { name, address })
    };
    recipients.into_iter().map(address).collect()
}

fn invalid_recipients() -> ODataError {
    let message = "At least one recipient isn't valid., A message can't be sent because it contains no recipients.";
    ODataError::new(400, "ErrorInvalidRecipients", message)
}

fn attachment(file: File) -> Attachment {
    let bytes = STANDARD.decode(file.content_bytes.unwrap_or_default());
    Attachment {
        name: file.name.unwrap_or_default(),
        content_type: file.content_type.unwrap_or_default(),
        bytes: bytes.map_or(0, |bytes| bytes.len()),
        inline: file.is_inline.unwrap_or(false),
    }
}
