//! Why a letter was not handed over, each with its own sentence.

use crate::trouble::{Trouble, TroubleCode};

/// What kept a letter from being handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTrouble {
    /// Whoever is signed in, or the shared address, has no mailbox.
    NoMailbox,
    /// The right to send was not granted.
    NotPermitted,
    /// The shared mailbox may not be sent from.
    NotAsSender,
    /// The address was not taken.
    AddressRefused,
    /// The mailbox sent as much as it may, or is full.
    TooMany,
    TooLarge,
    /// Nobody takes mail now.
    Later,
    /// Refused in another way.
    Refused,
    /// Nothing came back: it may be on its way.
    Unclear,
    /// The mail server cannot be reached.
    RelayAway,
    /// It answers nothing, or nothing that a mail server would.
    RelaySilent,
    /// Its certificate is not trusted.
    RelayUntrusted,
    /// It offers no encryption.
    RelayPlain,
    /// It knows no way to be told who sends.
    RelayNoSignIn,
    /// It does not take what it is told, or wants to know and nothing is configured.
    RelaySignIn,
    /// What it is told does not lie in the credential store.
    RelayNoPassword,
    /// It takes no mail from this sender.
    RelaySender,
    /// The directory holds no address.
    NoAddress,
    /// The directory names no manager, or none with an address.
    NoManager,
    /// The sign-in name would have stood beside the pass.
    NameInLetter,
}

impl MailTrouble {
    fn code(self) -> TroubleCode {
        match self {
            Self::NoMailbox => TroubleCode::MailNoMailbox,
            Self::NotPermitted => TroubleCode::MailNotPermitted,
            Self::NotAsSender => TroubleCode::MailNotAsSender,
            Self::AddressRefused => TroubleCode::MailAddressRefused,
            Self::TooMany => TroubleCode::MailTooMany,
            Self::TooLarge => TroubleCode::MailTooLarge,
            Self::Later => TroubleCode::MailLater,
            Self::Refused => TroubleCode::MailRefused,
            Self::Unclear => TroubleCode::MailUnclear,
            Self::RelayAway => TroubleCode::RelayAway,
            Self::RelaySilent => TroubleCode::RelaySilent,
            Self::RelayUntrusted => TroubleCode::RelayUntrusted,
            Self::RelayPlain => TroubleCode::RelayPlain,
            Self::RelayNoSignIn => TroubleCode::RelayNoSignIn,
            Self::RelaySignIn => TroubleCode::RelaySignIn,
            Self::RelayNoPassword => TroubleCode::RelayNoPassword,
            Self::RelaySender => TroubleCode::RelaySender,
            Self::NoAddress => TroubleCode::MailNoAddress,
            Self::NoManager => TroubleCode::MailNoManager,
            Self::NameInLetter => TroubleCode::MailNameInLetter,
        }
    }
}

impl From<MailTrouble> for Trouble {
    fn from(trouble: MailTrouble) -> Self {
        Self::new(trouble.code())
    }
}
