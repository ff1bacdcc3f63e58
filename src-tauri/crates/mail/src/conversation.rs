//! What is said to a relay, a sentence at a time, and what each of its answers means.

use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::error::{RelayError, Reply};
use crate::mime::Letter;
use crate::setup::{Encryption, RelayCredentials};
use crate::stream::LineByLine;

const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// All that is said before the mail itself.
const BEFORE_LIMIT: Duration = Duration::from_secs(30);
/// A relay that looks through a mail takes its time, and an answer that comes late is worth more than none.
const MAIL_LIMIT: Duration = Duration::from_secs(60);
const LEAVING_LIMIT: Duration = Duration::from_secs(2);

/// Where a relay is, and how it is met.
pub(crate) struct Way<'a> {
    pub(crate) host: &'a str,
    pub(crate) port: u16,
    pub(crate) encryption: Encryption,
    pub(crate) tls: TlsParameters,
    pub(crate) hello: ClientId,
}

/// Hands a letter over, once.
pub(crate) async fn hand_over(
    way: Way<'_>,
    credentials: Option<&RelayCredentials>,
    letter: &Letter,
) -> Result<(), RelayError> {
    let before = async {
        let mut line = connect(way).await?;
        let ready = introduce(&mut line, credentials, letter).await;
        if ready.is_err() {
            leave(&mut line).await;
        }
        ready.map(|()| line)
    };
    let mut line = timeout(BEFORE_LIMIT, before)
        .await
        .map_err(|_| RelayError::NoAnswer)??;
    // From here on the relay may have it, whatever is heard of that.
    let sent = match timeout(MAIL_LIMIT, line.message(&letter.bytes)).await {
        // The one documented yes (RFC 5321, 4.3.2).
        Ok(Ok(said)) if said.has_code(DONE) => Ok(()),
        Ok(Ok(_)) => Err(RelayError::Uncertain),
        Ok(Err(error)) => Err(refused(&error).map_or(RelayError::Uncertain, after_mail)),
        Err(_) => return Err(RelayError::Uncertain),
    };
    if sent != Err(RelayError::Uncertain) {
        leave(&mut line).await;
    }
    sent
}

/// The relay is told that this is all; what it says to that changes nothing.
async fn leave(line: &mut AsyncSmtpConnection) {
    let _ = timeout(LEAVING_LIMIT, line.quit()).await;
}

/// An encrypted connection, or none.
async fn connect(way: Way<'_>) -> Result<AsyncSmtpConnection, RelayError> {
    let Way {
        host,
        port,
        encryption,
        tls,
        hello,
    } = way;
    match encryption {
        Encryption::Tls => {
            let limit = Some(CONNECT_LIMIT);
            AsyncSmtpConnection::connect_tokio1((host, port), limit, &hello, Some(tls), None)
                .await
                .map_err(|error| unmet(&error))
        }
        Encryption::StartTls => {
            let stream = timeout(CONNECT_LIMIT, TcpStream::connect((host, port))).await;
            let stream = stream
                .map_err(|_| RelayError::NotReached)?
                .map_err(|_| RelayError::NotReached)?;
            let stream = Box::new(LineByLine::new(stream));
            let mut line = AsyncSmtpConnection::connect_with_transport(stream, &hello)
                .await
                .map_err(|error| unanswered(&error))?;
            if !line.can_starttls() {
                leave(&mut line).await;
                return Err(RelayError::NotEncrypted);
            }
            line.starttls(tls, &hello)
                .await
                .map_err(|error| unmet(&error))?;
            Ok(line)
        }
    }
}

/// Says who sends, from whom and to whom, until the relay waits for the mail.
async fn introduce(
    line: &mut AsyncSmtpConnection,
    credentials: Option<&RelayCredentials>,
    letter: &Letter,
) -> Result<(), RelayError> {
    debug_assert!(line.is_encrypted());
    if let Some(told) = credentials {
        sign_in(line, told).await?;
    }
    let offers = |what| line.server_info().supports_feature(what);
    let mut asked = Vec::new();
    if letter.needs_utf8() {
        if !offers(Extension::SmtpUtfEight) {
            return Err(RelayError::AsciiOnly);
        }
        asked.push(MailParameter::SmtpUtfEight);
        // Such an address stands in the mail's own head as well.
        asked.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    let sender = line.command(Mail::new(Some(letter.from.clone()), asked));
    sender.await.map_err(|error| meant(&error, to_sender))?;
    let recipient = line.command(Rcpt::new(letter.to.clone(), Vec::new()));
    recipient
        .await
        .map_err(|error| meant(&error, to_recipient))?;
    let mail = line.command(Data).await;
    let said = mail.map_err(|error| meant(&error, otherwise))?;
    // Whatever else it is, the mail would be taken for commands.
    match said.has_code(GO_ON) {
        true => Ok(()),
        false => Err(RelayError::NoAnswer),
    }
}

async fn sign_in(
    line: &mut AsyncSmtpConnection,
    told: &RelayCredentials,
) -> Result<(), RelayError> {
    let known = DEFAULT_MECHANISMS
        .iter()
        .any(|way| line.server_info().supports_auth_mechanism(*way));
    if !known {
        return Err(RelayError::NoSignIn);
    }
    let credentials = Credentials::new(told.user.to_string(), told.password.to_string());
    let answer = line.auth(DEFAULT_MECHANISMS, &credentials).await;
    answer
        .map_err(|error| meant(&error, RelayError::SignInRefused))
        .map(drop)
}

/// A clear no, as a number; none where no answer came or what came is no SMTP.
fn refused(error: &smtp::Error) -> Option<Reply> {
    let code: u16 = error.status()?.into();
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    Some(Reply {
        code,
        status: status(&words),
    })
}

/// `5.1.1` at the beginning of the words.
fn status(words: &str) -> Option<(u16, u16, u16)> {
    let first = words.split_whitespace().next()?;
    let mut parts = first.split('.').map(|part| part.parse::<u16>().ok());
    let status = (parts.next()??, parts.next()??, parts.next()??);
    let is_one = matches!(status.0, 2 | 4 | 5) && status.1 < 1000 && status.2 < 1000;
    (is_one && parts.next().is_none()).then_some(status)
}

/// Before the mail: later is later, and what is no answer is none.
fn meant(error: &smtp::Error, for_good: fn(Reply) -> RelayError) -> RelayError {
    match refused(error) {
        Some(reply) if reply.is_for_now() => RelayError::NotNow(reply),
        Some(reply) => for_good(reply),
        None => RelayError::NoAnswer,
    }
}

fn unanswered(error: &smtp::Error) -> RelayError {
    meant(error, RelayError::Refused)
}

/// Of what went wrong between the first byte and an encrypted greeting.
fn unmet(error: &smtp::Error) -> RelayError {
    match tls_fault(error) {
        Some(rustls::Error::InvalidCertificate(_)) => RelayError::Certificate,
        Some(_) => RelayError::NotEncrypted,
        None if error.is_response() || error.status().is_some() => unanswered(error),
        None if has_begun(error) => RelayError::NoAnswer,
        None => RelayError::NotReached,
    }
}

/// Whether somebody took the connection and then went away.
fn has_begun(error: &smtp::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    let gone = [
        BrokenPipe,
        ConnectionAborted,
        ConnectionReset,
        UnexpectedEof,
    ];
    causes(error).any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|io| gone.contains(&io.kind()))
    })
}

fn causes<'a>(
    error: &'a smtp::Error,
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    let first: &(dyn std::error::Error + 'static) = error;
    std::iter::successors(Some(first), |&error| error.source())
}

/// An `io::Error` holds an error without calling it its source.
fn tls_fault(error: &smtp::Error) -> Option<&rustls::Error> {
    causes(error).find_map(|cause| {
        let held = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        cause
            .downcast_ref()
            .or_else(|| held.and_then(|held| held.downcast_ref()))
    })
}

const GO_ON: u16 = 354;
const DONE: u16 = 250;
const SIGN_IN_WANTED: u16 = 530;
const TOO_LARGE: u16 = 552;

fn to_sender(reply: Reply) -> RelayError {
    match reply.code {
        SIGN_IN_WANTED => RelayError::SignInRefused(reply),
        TOO_LARGE => RelayError::TooLarge(reply),
        _ => RelayError::SenderRefused(reply),
    }
}

fn to_recipient(reply: Reply) -> RelayError {
    match reply.code {
        SIGN_IN_WANTED => RelayError::SignInRefused(reply),
        _ => RelayError::RecipientRefused(reply),
    }
}

fn otherwise(reply: Reply) -> RelayError {
    match reply.code {
        TOO_LARGE => RelayError::TooLarge(reply),
        _ => RelayError::Refused(reply),
    }
}

fn after_mail(reply: Reply) -> RelayError {
    match reply.is_for_now() {
        true => RelayError::NotNow(reply),
        false => otherwise(reply),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_where_one_stands_s21() {
        assert_eq!(status("5.1.1 no such user"), Some((5, 1, 1)));
        assert_eq!(status("4.7.1"), Some((4, 7, 1)));
        for none in ["", "no such user", "5.1", "5.1.1.1", "9.1.1 x", "a.b.c"] {
            assert_eq!(status(none), None, "{none}");
        }
    }
}
