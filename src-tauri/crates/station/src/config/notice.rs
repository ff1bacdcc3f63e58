//! The form of what goes by mail to the person, and of how it leaves.

use schemars::JsonSchema;
use serde::Deserialize;

/// What goes by mail to the person. Without this section nothing does at the counter; where callers are served, they may
/// have the way by mail, and are told that a pass was issued.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename = "Notice", deny_unknown_fields, default)]
pub struct NoticeSection {
    /// `own_mailbox` (the operator's, with `Mail.Send`), `shared_mailbox` (with `Mail.Send.Shared`) or `relay` (the site's own mail server).
    pub way: MailWayName,
    /// The address of the shared mailbox; only with `way = "shared_mailbox"`.
    pub shared_mailbox: Option<String>,
    /// Whoever is at the counter may have the way by mail, too.
    pub at_counter: bool,
    /// The letter may carry the pass: one that works once and for an hour at most, to an address that the directory knows or that lies in `domains`.
    pub carries_pass: bool,
    /// Domains a pass may be sent to, beside addresses that the directory knows: at most 20.
    pub domains: Vec<String>,
    /// Whom a notice without a pass tells that one was issued, at the address that the directory holds: `telephone` (those who call), `always` or `never`.
    pub security: SecurityName,
    /// The same notice goes to whom the directory names as manager.
    pub manager_too: bool,
    /// The site's mail server; only with `way = "relay"`.
    pub relay: Option<RelaySection>,
}

/// The site's mail server, which takes mail over TLS alone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename = "Relay", deny_unknown_fields)]
pub struct RelaySection {
    /// Its name, as its certificate has it.
    pub host: String,
    /// 1 to 65535; without it 587, or 465 with `tls`.
    pub port: Option<u16>,
    /// `starttls` (a greeting first) or `tls` (from the first byte).
    #[serde(default)]
    pub encryption: EncryptionName,
    /// The address that mail is from.
    pub from: String,
    /// `none`, or `store` for the name and password that lie in the system's credential store for the station's user.
    #[serde(default)]
    pub credentials: RelayCredentialsName,
}

/// How a letter leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailWayName {
    #[default]
    OwnMailbox,
    SharedMailbox,
    Relay,
}

/// Who is told that a pass was issued.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecurityName {
    Never,
    #[default]
    Telephone,
    Always,
}

/// How the way to the mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EncryptionName {
    #[default]
    Starttls,
    Tls,
}

/// What the mail server is told of who sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RelayCredentialsName {
    #[default]
    None,
    Store,
}
