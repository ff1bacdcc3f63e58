//! Letters on their way out: to whom, written, and handed over by the way that the site configured.

use onboarding::{
    EffectFailure, HandedOver, Letter, LetterKind, LetterWanted, MailTrouble, MailWay, Recipient,
    UserId,
};
use tokio::sync::{mpsc, oneshot};

use crate::config::MailSetup;
use crate::letter;
use crate::perform::signed_out;
use crate::ports::{RowPicture, RowPicturesWanted};
use crate::translate;

/// The way out for letters.
#[derive(Clone, Debug)]
pub(crate) enum MailOut {
    Mailbox(entra::Mailbox),
    Relay {
        relay: mail::Relay,
        from: String,
        /// What it is to be told did not lie in the credential store.
        lacks_password: bool,
    },
    /// What TLS needs of this machine cannot be had: without mail everything else works.
    Unusable,
}

impl MailOut {
    /// None where nothing goes by mail.
    ///
    /// # Errors
    /// What of the mail server's setup cannot work.
    pub(crate) fn of(setup: Option<MailSetup>) -> Result<Option<Self>, mail::RelayFlaw> {
        let Some(setup) = setup else { return Ok(None) };
        Ok(Some(match setup {
            MailSetup::OwnMailbox => Self::Mailbox(entra::Mailbox::Own),
            MailSetup::SharedMailbox(shared) => Self::Mailbox(entra::Mailbox::Shared(shared)),
            MailSetup::Relay {
                relay,
                from,
                told_from_store,
            } => {
                let lacks_password = told_from_store && relay.credentials.is_none();
                match mail::Relay::new(*relay) {
                    Ok(relay) => Self::Relay {
                        lacks_password,
                        relay,
                        from,
                    },
                    Err(mail::RelayFlaw::Tls) => {
                        tracing::error!(
                            "TLS to the mail server cannot be set up: nothing goes by mail"
                        );
                        Self::Unusable
                    }
                    Err(flaw @ (mail::RelayFlaw::Host | mail::RelayFlaw::Hello)) => {
                        return Err(flaw);
                    }
                }
            }
        }))
    }

    /// What is known before anything is written.
    fn can_send(&self) -> Result<(), MailTrouble> {
        match self {
            Self::Relay {
                lacks_password: true,
                ..
            } => Err(MailTrouble::RelayNoPassword),
            Self::Unusable => Err(MailTrouble::RelayUntrusted),
            Self::Mailbox(_) | Self::Relay { .. } => Ok(()),
        }
    }

    fn way(&self) -> MailWay {
        match self {
            Self::Mailbox(entra::Mailbox::Own) => MailWay::OwnMailbox,
            Self::Mailbox(entra::Mailbox::Shared(_)) => MailWay::SharedMailbox,
            Self::Relay { .. } | Self::Unusable => MailWay::Relay,
        }
    }
}

/// What sending a letter takes.
pub(crate) struct Sending {
    pub(crate) out: Option<MailOut>,
    pub(crate) session: Option<entra::Session>,
    /// Draws the rows, where something here can.
    pub(crate) draw: Option<mpsc::UnboundedSender<RowPicturesWanted>>,
    pub(crate) at_unix_ms: i64,
}

impl Sending {
    pub(crate) async fn send(&self, wanted: &LetterWanted) -> Result<HandedOver, EffectFailure> {
        let out = self
            .out
            .as_ref()
            .ok_or_else(|| told(MailTrouble::Refused))?;
        out.can_send().map_err(told)?;
        let to = self.address(&wanted.to).await?;
        let pictures = self.pictures(wanted).await;
        let letter = letter::write(wanted, &to, pictures).map_err(told)?;
        match out {
            MailOut::Mailbox(from) => self.by_graph(from, &letter).await?,
            MailOut::Unusable => return Err(told(MailTrouble::RelayUntrusted)),
            MailOut::Relay { relay, from, .. } => {
                let message = self.message(from, &letter);
                let sent = relay.send(&message).await;
                sent.map_err(|error| told(of_relay(error)))?;
            }
        }
        Ok(HandedOver { way: out.way() })
    }

    /// What the phone shows in each row. Where nothing draws them the letter goes without.
    async fn pictures(&self, wanted: &LetterWanted) -> Vec<RowPicture> {
        match wanted.what {
            LetterKind::Guide | LetterKind::Pass => {}
            LetterKind::Security | LetterKind::Manager => return Vec::new(),
        }
        let (answer, drawn) = oneshot::channel();
        let sheet = wanted.sheet.clone();
        let wanted = RowPicturesWanted { sheet, answer };
        match &self.draw {
            Some(ask) if ask.send(wanted).is_ok() => drawn.await.unwrap_or_default(),
            Some(_) | None => Vec::new(),
        }
    }

    async fn address(&self, to: &Recipient) -> Result<String, EffectFailure> {
        match to {
            Recipient::Declared(address) => Ok(address.as_str().to_owned()),
            Recipient::Directory(address) => Ok(address.clone()),
            Recipient::PersonOf(person) => self.person(person).await,
            Recipient::ManagerOf(person) => self.manager(person).await,
        }
    }

    /// As the directory has it by now: the record of an earlier try holds no address.
    async fn person(&self, of: &UserId) -> Result<String, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let person = session.user(&of.0).await;
        let person = person.map_err(|error| translate::failed(&error))?;
        let mail = person.mail.filter(|mail| !mail.trim().is_empty());
        mail.ok_or_else(|| told(MailTrouble::NoAddress))
    }

    /// Somebody whose account is switched off has left.
    async fn manager(&self, of: &UserId) -> Result<String, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let manager = session.manager_mail(&of.0).await;
        let manager = manager.map_err(|error| translate::failed(&error))?;
        manager.ok_or_else(|| told(MailTrouble::NoManager))
    }

    async fn by_graph(&self, from: &entra::Mailbox, letter: &Letter) -> Result<(), EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let pictures = letter.pictures().iter();
        let mail = entra::GraphMail {
            to: letter.to().to_owned(),
            subject: letter.subject().to_owned(),
            html: letter.html().to_owned(),
            pictures: pictures
                .map(|picture| entra::AttachedPicture {
                    content_id: picture.cid.clone(),
                    png: picture.png.clone(),
                })
                .collect(),
        };
        let request = uuid::Uuid::new_v4().to_string();
        let sent = session.send_mail(from, &mail, &request).await;
        sent.map_err(|error| of_graph(&error))
    }

    fn message(&self, from: &str, letter: &Letter) -> mail::MailMessage {
        let correspondent = |address: &str| mail::Correspondent {
            address: address.to_owned(),
            name: None,
        };
        let pictures = letter.pictures().iter();
        mail::MailMessage {
            from: correspondent(from),
            to: correspondent(letter.to()),
            subject: letter.subject().to_owned(),
            text: letter.text().to_owned(),
            html: letter.html().to_owned(),
            pictures: pictures
                .map(|picture| mail::MailPicture {
                    content_id: picture.cid.clone(),
                    png: picture.png.clone(),
                })
                .collect(),
            at_unix_ms: self.at_unix_ms,
        }
    }
}

fn told(trouble: MailTrouble) -> EffectFailure {
    onboarding::Trouble::from(trouble).into()
}

fn of_graph(error: &entra::MailError) -> EffectFailure {
    use entra::MailError::{
        InvalidRecipient, LimitReached, NoMailbox, NotPermitted, NotSent, SendAsDenied, Throttled,
        TooLarge, Uncertain,
    };
    let trouble = match error {
        NotSent(error) => return translate::failed(error),
        NoMailbox { .. } => MailTrouble::NoMailbox,
        SendAsDenied { .. } => MailTrouble::NotAsSender,
        NotPermitted { .. } => MailTrouble::NotPermitted,
        LimitReached { .. } => MailTrouble::TooMany,
        // Its own quota: what is asked of methods goes on meanwhile.
        Throttled { .. } => MailTrouble::Later,
        InvalidRecipient { .. } => MailTrouble::AddressRefused,
        TooLarge { .. } => MailTrouble::TooLarge,
        Uncertain { .. } => MailTrouble::Unclear,
    };
    let support = translate::support(error.support());
    onboarding::Trouble::from(trouble)
        .support(Some(support))
        .into()
}

fn of_relay(error: mail::RelayError) -> MailTrouble {
    use mail::RelayError::{
        AsciiOnly, Certificate, NoAddress, NoAnswer, NoSignIn, NotEncrypted, NotNow, NotReached,
        RecipientRefused, Refused, SenderRefused, SignInRefused, TooLarge, Uncertain,
    };
    match error {
        NoAddress | RecipientRefused(_) | AsciiOnly => MailTrouble::AddressRefused,
        NotReached => MailTrouble::RelayAway,
        NoAnswer => MailTrouble::RelaySilent,
        Certificate => MailTrouble::RelayUntrusted,
        NotEncrypted => MailTrouble::RelayPlain,
        NoSignIn => MailTrouble::RelayNoSignIn,
        SignInRefused(_) => MailTrouble::RelaySignIn,
        SenderRefused(_) => MailTrouble::RelaySender,
        TooLarge(_) => MailTrouble::TooLarge,
        NotNow(_) => MailTrouble::Later,
        Refused(_) => MailTrouble::Refused,
        Uncertain => MailTrouble::Unclear,
    }
}
