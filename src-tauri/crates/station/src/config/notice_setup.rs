//! What `[notice]` comes to: rules, the right to send, the way out.

use onboarding::NoticeRules;

use super::Config;
use super::notice::{
    EncryptionName, MailWayName, NoticeSection, RelayCredentialsName, RelaySection, SecurityName,
};

/// The way a letter leaves, with all that it needs.
#[derive(Clone, Debug)]
pub enum MailSetup {
    OwnMailbox,
    SharedMailbox(String),
    Relay {
        relay: Box<mail::RelaySetup>,
        from: String,
        /// What it is told lies in the credential store.
        told_from_store: bool,
    },
}

/// Rights to send; without them everything else works.
pub(super) const MAIL_SCOPES: [&str; 2] = ["Mail.Send", "Mail.Send.Shared"];

impl Config {
    /// The section in force; none where nothing goes by mail.
    fn notice_in_force(&self) -> Option<NoticeSection> {
        let by_default = || self.telephone.as_ref().map(|_| NoticeSection::default());
        self.notice.clone().or_else(by_default)
    }

    pub(super) fn notice_rules(&self) -> Option<NoticeRules> {
        let section = self.notice_in_force()?;
        Some(NoticeRules {
            at_counter: section.at_counter,
            carries_pass: section.carries_pass,
            domains: section.domains,
            security_telephone: section.security != SecurityName::Never,
            security_counter: section.security == SecurityName::Always,
            manager_too: section.manager_too,
        })
    }

    /// The right to send that the sign-in asks for, where one is needed.
    pub(super) fn mail_scope(&self) -> Option<&'static str> {
        match self.notice_in_force()?.way {
            MailWayName::OwnMailbox => Some(MAIL_SCOPES[0]),
            MailWayName::SharedMailbox => Some(MAIL_SCOPES[1]),
            MailWayName::Relay => None,
        }
    }

    /// How letters leave, with these roots beside the platform's.
    pub(super) fn mail_setup(&self, extra_roots: Vec<Vec<u8>>) -> Option<MailSetup> {
        let section = self.notice_in_force()?;
        Some(match (section.way, section.shared_mailbox, section.relay) {
            (MailWayName::SharedMailbox, Some(shared), _) => MailSetup::SharedMailbox(shared),
            (MailWayName::Relay, _, Some(relay)) => relay.setup(extra_roots),
            (MailWayName::OwnMailbox | MailWayName::SharedMailbox | MailWayName::Relay, _, _) => {
                MailSetup::OwnMailbox
            }
        })
    }
}

impl RelaySection {
    fn setup(self, extra_roots: Vec<Vec<u8>>) -> MailSetup {
        let (encryption, usual) = match self.encryption {
            EncryptionName::Starttls => (mail::Encryption::StartTls, 587),
            EncryptionName::Tls => (mail::Encryption::Tls, 465),
        };
        MailSetup::Relay {
            relay: Box::new(mail::RelaySetup {
                host: self.host,
                port: self.port.unwrap_or(usual),
                encryption,
                credentials: None,
                hello: None,
                extra_roots,
            }),
            from: self.from,
            told_from_store: self.credentials == RelayCredentialsName::Store,
        }
    }
}
