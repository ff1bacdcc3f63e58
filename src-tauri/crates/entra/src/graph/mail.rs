//! A mail from the operator's mailbox or a shared one: one question, and which answer is believed.
//!
//! It is sent as JSON: only there a request can say that nothing is to be kept among the sent items. What it says is
//! therefore HTML alone, with its pictures attached.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use super::call::Priority;
use super::refusal::{self, ErrorBody};
use crate::error::{GraphError, SupportInfo};
use crate::http::{Answer, ConnectionPolicy, Trace, TransportFault};
use crate::session::Session;

const OWN: &str = "/me/sendMail";
const SHARED: &str = "/users/{id}/sendMail";
/// The documented answer to a mail that was taken.
const HANDED_OVER: u16 = 202;

/// Whose mailbox a mail is sent from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailbox {
    /// The operator's. Wants `Mail.Send`.
    Own,
    /// A shared one, by its sign-in name, which it is sent from. Wants `Mail.Send.Shared`, and in Exchange that the
    /// operator may send as it and has full access to it.
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireOrder<'a> {
    message: WireMessage<'a>,
    save_to_sent_items: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireMessage<'a> {
    subject: &'a str,
    body: WireBody<'a>,
    to_recipients: [WireWho<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<WirePicture<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireBody<'a> {
    content_type: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireWho<'a> {
    email_address: WireAddress<'a>,
}

#[derive(Serialize)]
struct WireAddress<'a> {
    address: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WirePicture<'a> {
    #[serde(rename = "@odata.type")]
    kind: &'static str,
    name: String,
    content_type: &'static str,
    content_id: &'a str,
    is_inline: bool,
    content_bytes: String,
}

impl Session {
    /// Hands a mail over, exactly once. Nothing of it is kept among the sent items, unless an administrator wants every
    /// mail of a shared mailbox kept there.
    ///
    /// # Errors
    /// [`MailError`]. After [`MailError::Uncertain`] it may have been handed over.
    pub async fn send_mail(
        &self,
        from: &Mailbox,
        mail: &GraphMail,
        client_request_id: &str,
    ) -> Result<(), MailError> {
        let id = client_request_id;
        let call = match from {
            Mailbox::Own => self.call_to(OWN, &[]),
            Mailbox::Shared(address) => self.call_to(SHARED, &[address]),
        };
        let call = call.map_err(MailError::NotSent)?;
        let token = self.token(id).await.map_err(MailError::NotSent)?;
        let mut post = self
            .request(
                Method::POST,
                &call.address,
                &token,
                Priority::High,
                false,
                id,
            )
            .map_err(MailError::NotSent)?;
        let json = HeaderValue::from_static("application/json");
        post.headers_mut().insert(CONTENT_TYPE, json);
        *post.body_mut() = Some(order(mail).into());
        let trace = Trace {
            path: call.path,
            client_request_id: id,
        };
        let http = &self.tenant().http;
        let sent = http.send(post, ConnectionPolicy::SingleUse, &trace).await;
        let answer = sent.map_err(|fault| self.mail_unanswered(fault, id))?;
        if refusal::rejects_token(&answer) {
            self.reject(&token);
        }
        // Other successes are none: to a mail that was too large one came without a mail having been sent.
        if answer.status == HANDED_OVER && answer.in_between().is_none() {
            return Ok(());
        }
        Err(self.mail_refused(&answer, id))
    }

    fn mail_unanswered(&self, fault: TransportFault, id: &str) -> MailError {
        let uncertain = fault.kind.uncertain().is_some();
        let error = self.not_answered(fault, id);
        match uncertain {
            true => MailError::Uncertain {
                support: error.support,
            },
            false => MailError::NotSent(error),
        }
    }

    /// Only the service's own words are a no: what stands between may have let the mail through.
    fn mail_refused(&self, answer: &Answer, id: &str) -> MailError {
        let error = self.refused(answer, id);
        let body = ErrorBody::read(answer);
        let told = answer.status == 429 || (answer.status == 401 && answer.bearer_challenge);
        if answer.in_between().is_some() || !is_a_no(answer.status) || (body.is_none() && !told) {
            return MailError::Uncertain {
                support: error.support,
            };
        }
        let (code, inner) = body.map_or_else(Default::default, |body| (body.code, body.inner));
        let support = error.support.clone();
        match reason(answer.status, &code, &inner) {
            Some(Reason::NoMailbox) => MailError::NoMailbox { support },
            Some(Reason::SendAsDenied) => MailError::SendAsDenied { support },
            Some(Reason::NotPermitted) if answer.claims.is_none() => {
                MailError::NotPermitted { support }
            }
            Some(Reason::LimitReached) => MailError::LimitReached { support },
            Some(Reason::Throttled) => MailError::Throttled {
                retry_after: answer.retry_after,
                support,
            },
            Some(Reason::InvalidRecipient) => MailError::InvalidRecipient { support },
            Some(Reason::TooLarge) => MailError::TooLarge { support },
            Some(Reason::NotPermitted) | None => MailError::NotSent(error),
        }
    }
}

/// What the service did nothing for; it has no room (507), or what was asked is wrong. In other trouble it may have sent.
fn is_a_no(status: u16) -> bool {
    (400..500).contains(&status) || status == 507
}

fn order(mail: &GraphMail) -> Vec<u8> {
    let who = |address| WireWho {
        email_address: WireAddress { address },
    };
    let order = WireOrder {
        message: WireMessage {
            subject: &mail.subject,
            body: WireBody {
                content_type: "HTML",
                content: &mail.html,
            },
            to_recipients: [who(&mail.to)],
            attachments: mail.pictures.iter().map(attached).collect(),
        },
        save_to_sent_items: false,
    };
    // Texts and numbers alone: that cannot fail.
    serde_json::to_vec(&order).unwrap_or_default()
}

fn attached(picture: &AttachedPicture) -> WirePicture<'_> {
    WirePicture {
        kind: "#microsoft.graph.fileAttachment",
        name: format!("{}.png", picture.content_id),
        content_type: "image/png",
        content_id: &picture.content_id,
        is_inline: true,
        content_bytes: STANDARD.encode(&picture.png),
    }
}

/// What the service says no for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    NoMailbox,
    SendAsDenied,
    NotPermitted,
    LimitReached,
    Throttled,
    InvalidRecipient,
    TooLarge,
}

/// The code inside counts before the one outside, which is the more general of the two.
fn reason(status: u16, code: &str, inner: &str) -> Option<Reason> {
    let named = [inner, code].into_iter().find_map(named);
    named.or(match status {
        403 => Some(Reason::NotPermitted),
        404 => Some(Reason::NoMailbox),
        413 => Some(Reason::TooLarge),
        429 => Some(Reason::Throttled),
        _ => None,
    })
}

fn named(code: &str) -> Option<Reason> {
    const NAMES: &[(Reason, &[&str])] = &[
        (
            Reason::NoMailbox,
            &[
                "MailboxNotEnabledForRESTAPI",
                "MailboxNotSupportedForRESTAPI",
                "ErrorNonExistentMailbox",
                "ErrorMissingEmailAddress",
                "ResourceNotFound",
                "Request_ResourceNotFound",
                "ErrorInvalidUser",
            ],
        ),
        (Reason::SendAsDenied, &["ErrorSendAsDenied"]),
        (
            Reason::LimitReached,
            &[
                "ErrorExceededMessageLimit",
                "ErrorExceededHourlyMessageLimit",
                "ErrorQuotaExceeded",
                "ErrorMessageSubmissionBlocked",
                "ErrorAccountSuspend",
            ],
        ),
        (
            Reason::Throttled,
            &["ApplicationThrottled", "ErrorServerBusy", "TooManyRequests"],
        ),
        (
            Reason::InvalidRecipient,
            &["ErrorInvalidRecipients", "ErrorInvalidRecipientAddress"],
        ),
        (
            Reason::TooLarge,
            &[
                "ErrorMessageSizeExceeded",
                "ErrorAttachmentSizeLimitExceeded",
                "RequestEntityTooLarge",
            ],
        ),
    ];
    let is_it = |name: &&str| name.eq_ignore_ascii_case(code);
    let found = NAMES.iter().find(|(_, names)| names.iter().any(is_it));
    found.map(|(reason, _)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_code_means_n20() {
        use Reason::{
            InvalidRecipient, LimitReached, NoMailbox, NotPermitted, SendAsDenied, Throttled,
            TooLarge,
        };
        for (status, code, inner, meant) in [
            (404, "MailboxNotEnabledForRESTAPI", "", Some(NoMailbox)),
            (404, "ResourceNotFound", "", Some(NoMailbox)),
            (
                403,
                "ErrorAccessDenied",
                "MailboxNotEnabledForRESTAPI",
                Some(NoMailbox),
            ),
            (403, "MailboxNotEnabledForRESTAPI", "", Some(NoMailbox)),
            (404, "", "", Some(NoMailbox)),
            (403, "ErrorSendAsDenied", "", Some(SendAsDenied)),
            (403, "errorsendasdenied", "", Some(SendAsDenied)),
            (403, "ErrorAccessDenied", "", Some(NotPermitted)),
            (403, "", "", Some(NotPermitted)),
            (403, "ErrorExceededMessageLimit", "", Some(LimitReached)),
            (400, "ErrorExceededMessageLimit", "", Some(LimitReached)),
            (429, "ErrorExceededMessageLimit", "", Some(LimitReached)),
            (507, "ErrorQuotaExceeded", "", Some(LimitReached)),
            (429, "ApplicationThrottled", "", Some(Throttled)),
            (429, "", "", Some(Throttled)),
            (400, "ErrorInvalidRecipients", "", Some(InvalidRecipient)),
            (400, "ErrorMessageSizeExceeded", "", Some(TooLarge)),
            (413, "", "", Some(TooLarge)),
            (400, "ErrorInvalidRequest", "", None),
        ] {
            assert_eq!(
                reason(status, code, inner),
                meant,
                "{status} {code} {inner}"
            );
        }
    }
}
