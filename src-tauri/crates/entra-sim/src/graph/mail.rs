//! `sendMail`: into a mailbox that can be read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::clock::after_seconds;
use crate::directory::User;
use crate::flags::mail::{MailFlags, MailLimit, NoMailboxSaid};
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
    from: Option<Recipient>,
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
    content_id: Option<String>,
    is_inline: Option<bool>,
}

/// Sends from the caller's mailbox, or from another for which Exchange says that the caller may.
pub(crate) fn send(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = found(state, key)?;
    let own = caller.is(user);
    let right: &[&str] = match own || caller.is_app() {
        true => &["Mail.Send"],
        false => &["Mail.Send.Shared"],
    };
    caller.needs(right, denied)?;
    let granted = |to: &[String]| own || caller.is_app() || to.contains(&caller.user_id);
    if !granted(&user.mailbox.full_access) {
        return Err(denied());
    }
    if !user.has_mailbox() {
        return Err(no_mailbox(state.flags.mail.no_mailbox_said));
    }
    let order: Order = serde_json::from_slice(call.body).map_err(ODataError::unreadable)?;
    let message = order.message.ok_or_else(|| {
        ODataError::new(
            400,
            "ErrorInvalidRequest",
            "The message parameter is missing.",
        )
    })?;
    let from = from(state, caller, user, message.from.as_ref())?;
    let may_send =
        caller.is_app() || caller.is(from) || from.mailbox.send_as.contains(&caller.user_id);
    if !may_send {
        return Err(send_as_denied());
    }
    let mail = Mail {
        from: from.upn.clone(),
        sent_by: sender(state, caller).filter(|_| !caller.is(from)),
        ..mail(message, order.save_to_sent_items.unwrap_or(true))?
    };
    let flags = &state.flags.mail;
    within_limits(flags, &mail)?;
    let arrives = after_seconds(tenant.now(), i64::from(flags.mail_lag_s));
    let arrives = (!flags.mail_goes_astray).then_some(arrives);
    state.post(tenant.now(), Mail { arrives, ..mail });
    Ok(GraphReply::Accepted)
}

/// Whose the mail says it is from; without a word, the mailbox it is sent from.
fn from<'a>(
    state: &'a Inner,
    caller: &Caller,
    of: &'a User,
    wanted: Option<&Recipient>,
) -> Result<&'a User, ODataError> {
    let wanted = wanted.and_then(|wanted| wanted.email_address.address.as_deref());
    let Some(wanted) = wanted else {
        return Ok(of);
    };
    let from = state.directory.mailed_at(wanted);
    let from = from.ok_or_else(send_as_denied)?;
    if from.id != of.id {
        caller.needs(&["Mail.Send.Shared"], denied)?;
    }
    Ok(from)
}

fn sender(state: &Inner, caller: &Caller) -> Option<String> {
    let user = state.directory.user(&caller.user_id)?;
    Some(user.upn.clone())
}

fn within_limits(flags: &MailFlags, mail: &Mail) -> Result<(), ODataError> {
    let status = match flags.mail_limit {
        MailLimit::None => None,
        MailLimit::Forbidden => Some(403),
        MailLimit::TooMany => Some(429),
    };
    if let Some(status) = status {
        let message =
            "The message cannot be sent because the daily message limit of the mailbox is reached.";
        return Err(ODataError::new(
            status,
            "ErrorExceededMessageLimit",
            message,
        ));
    }
    let attached: usize = mail.attachments.iter().map(|file| file.bytes).sum();
    let size = u32::try_from(mail.body.len() + attached).unwrap_or(u32::MAX);
    if size > flags.mail_size_max {
        let message = "The message exceeds the maximum supported size.";
        return Err(ODataError::new(400, "ErrorMessageSizeExceeded", message));
    }
    Ok(())
}

fn denied() -> ODataError {
    let message = "Access is denied. Check credentials and try again.";
    ODataError::new(403, "ErrorAccessDenied", message)
}

fn send_as_denied() -> ODataError {
    let message = "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account. Cannot submit message.";
    ODataError::new(403, "ErrorSendAsDenied", message)
}

fn no_mailbox(said: NoMailboxSaid) -> ODataError {
    const CODE: &str = "MailboxNotEnabledForRESTAPI";
    match said {
        NoMailboxSaid::NotEnabled => {
            let message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
            ODataError::new(404, CODE, message)
        }
        NoMailboxSaid::NotFound => {
            ODataError::new(404, "ResourceNotFound", "Resource could not be discovered.")
        }
        NoMailboxSaid::Inside => ODataError {
            inner: Some(CODE),
            ..denied()
        },
    }
}

fn mail(message: Message, in_sent_items: bool) -> Result<Mail, ODataError> {
    let body = message.body.unwrap_or_default();
    let is_html = body
        .content_type
        .is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    let mail = Mail {
        at: String::new(),
        from: String::new(),
        sent_by: None,
        to: addresses(message.to_recipients)?,
        cc: addresses(message.cc_recipients)?,
        bcc: addresses(message.bcc_recipients)?,
        subject: message.subject.unwrap_or_default(),
        kind: if is_html { "html" } else { "text" },
        body: body.content.unwrap_or_default(),
        attachments: message.attachments.into_iter().map(attachment).collect(),
        in_sent_items,
        arrives: None,
    };
    if mail.recipients().next().is_none() {
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
    let content = file.content_bytes.unwrap_or_default();
    let bytes = STANDARD.decode(&content);
    Attachment {
        name: file.name.unwrap_or_default(),
        content_type: file.content_type.unwrap_or_default(),
        bytes: bytes.map_or(0, |bytes| bytes.len()),
        content,
        content_id: file.content_id,
        inline: file.is_inline.unwrap_or(false),
    }
}
