//! The behaviour flags of mail: whether it arrives, and how a mailbox refuses.

use serde::{Deserialize, Serialize};

/// How Graph says that it reaches no mailbox. All three are seen in the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NoMailboxSaid {
    /// 404 `MailboxNotEnabledForRESTAPI`.
    NotEnabled,
    /// 404 `ResourceNotFound`.
    NotFound,
    /// 403 `ErrorAccessDenied`, and the truth inside.
    Inside,
}

/// With which status a mailbox says that it has sent as much as it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MailLimit {
    #[serde(rename = "none")]
    None,
    #[serde(rename = "403")]
    Forbidden,
    #[serde(rename = "429")]
    TooMany,
}

/// These flags with their present values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct MailFlags {
    pub(crate) mail_goes_astray: bool,
    pub(crate) mail_lag_s: u32,
    pub(crate) no_mailbox_said: NoMailboxSaid,
    pub(crate) mail_limit: MailLimit,
    pub(crate) mail_size_max: u32,
}

impl Default for MailFlags {
    fn default() -> Self {
        Self {
            mail_goes_astray: false,
            mail_lag_s: 0,
            no_mailbox_said: NoMailboxSaid::NotEnabled,
            mail_limit: MailLimit::None,
            mail_size_max: 1_500_000,
        }
    }
}

/// What each of them means.
pub(crate) const MEANINGS: &[(&str, &str)] = &[
    ("mail_goes_astray", "Mail is accepted and never arrives."),
    (
        "mail_lag_s",
        "How long a mail is on its way, in seconds of the tenant's clock.",
    ),
    (
        "no_mailbox_said",
        "How a mailbox that cannot be reached is said: not_enabled, not_found (404 both) or inside (403).",
    ),
    (
        "mail_limit",
        "A mailbox has sent as much as it may: \"none\", or refused with \"403\" or \"429\".",
    ),
    (
        "mail_size_max",
        "Most bytes of a mail's body and attachments; more is refused.",
    ),
];
