//! The loopback listener: open while a sign-in waits, taking one answer and surviving everything else.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use oauth2::CsrfToken;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use url::Url;

use super::incoming::{self, Incoming, REQUEST_CAP};
use super::redirect::{self, NotTheAnswer, RedirectAnswer};
use super::refused;
use super::start::Start;
use crate::registration::RedirectHost;

const REQUEST_LIMIT: Duration = Duration::from_secs(10);
const DRAIN_LIMIT: Duration = Duration::from_secs(1);
const CONNECTIONS: usize = 32;
const PORT_TRIES: usize = 16;
const PAGE: &str = include_str!("answered.html");
const TWICE: &str = include_str!("twice.html");
/// The letters of these pages, as `cargo xtask typeface` makes it: not every system has a Japanese font.
const TYPEFACE: &str = include_str!("typeface.base64");

/// Listens on 127.0.0.1, and on `::1` with the same port where the address says `localhost`.
pub(super) struct Listener {
    v4: TcpListener,
    v6: Option<TcpListener>,
    redirect_uri: Url,
}

/// What ends the wait.
pub(super) enum Waited {
    Answer(RedirectAnswer),
    /// The address the browser was started with was asked for once more: one of the two was not the browser.
    OpenedTwice,
}

/// What a request asked for.
enum Asked {
    Answer(RedirectAnswer),
    /// The way to the authority.
    Start,
}

/// What the connections share: the awaited `state`, and the one place an answer can go.
struct Awaited {
    host: String,
    state: CsrfToken,
    start: Start,
    /// Where the start leads to; taken by the first who asks.
    authority: Mutex<Option<Url>>,
    answer: Mutex<Option<oneshot::Sender<Waited>>>,
}

impl Listener {
    pub(super) async fn open(host: RedirectHost) -> io::Result<Self> {
        let mut last = None;
        for _ in 0..PORT_TRIES {
            match Self::open_once(host).await {
                Ok(listener) => return Ok(listener),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
    }

    async fn open_once(host: RedirectHost) -> io::Result<Self> {
        let v4 = TcpListener::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0)).await?;
        let port = v4.local_addr()?.port();
        let v6 = match host {
            RedirectHost::Loopback => None,
            RedirectHost::Localhost => {
                match TcpListener::bind(SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), port))
                    .await
                {
                    Ok(v6) => Some(v6),
                    // Somebody else has this port on ::1, where browsers go first: take another port.
                    Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
                    // No IPv6 on this machine.
                    Err(_) => None,
                }
            }
        };
        let redirect_uri = format!("http://{}:{port}/", host.name());
        let redirect_uri = Url::parse(&redirect_uri).map_err(io::Error::other)?;
        Ok(Self {
            v4,
            v6,
            redirect_uri,
        })
    }

    pub(super) fn redirect_uri(&self) -> &Url {
        &self.redirect_uri
    }

    /// Waits for the one request that bears `state`, and leads who asks for `start` to `authority` meanwhile. The
    /// port closes when this returns or is dropped.
    pub(super) async fn answer(
        self,
        state: CsrfToken,
        start: Start,
        authority: Url,
    ) -> io::Result<Waited> {
        let (sender, mut receiver) = oneshot::channel();
        let host = self.redirect_uri.authority().to_owned();
        let awaited = Arc::new(Awaited {
            host,
            state,
            start,
            authority: Mutex::new(Some(authority)),
            answer: Mutex::new(Some(sender)),
        });
        let mut connections = JoinSet::new();
        let mut oldest_first = VecDeque::new();
        loop {
            let accepted = tokio::select! {
                answer = &mut receiver => return answer.map_err(io::Error::other),
                accepted = self.v4.accept() => accepted,
                accepted = accept_if_any(self.v6.as_ref()) => accepted,
                Some(_done) = connections.join_next() => continue,
            };
            match accepted {
                Ok((stream, _)) => {
                    oldest_first.retain(|connection: &AbortHandle| !connection.is_finished());
                    // Idle connections may not keep the browser out: the oldest gives way.
                    if oldest_first.len() >= CONNECTIONS
                        && let Some(oldest) = oldest_first.pop_front()
                    {
                        oldest.abort();
                    }
                    oldest_first.push_back(connections.spawn(serve(stream, Arc::clone(&awaited))));
                }
                // One connection's trouble, or no file handles just now.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

async fn accept_if_any(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

/// Serves one request. The reply is written before the answer is handed on, because handing on closes
/// the port.
async fn serve(mut stream: TcpStream, awaited: Arc<Awaited>) {
    let read = tokio::time::timeout(REQUEST_LIMIT, read_request(&mut stream, &awaited)).await;
    let Ok(Ok(outcome)) = read else {
        return;
    };
    let (reply, ended) = match outcome {
        Ok(Asked::Answer(answer)) => match awaited.take_sender() {
            Some(sender) => (
                reply("200 OK", "", &in_letters(PAGE)),
                Some((sender, Waited::Answer(answer))),
            ),
            None => (refusing(NotTheAnswer::WrongState), None),
        },
        Ok(Asked::Start) => match awaited.take_authority() {
            Some(authority) => (leading_to(&authority), None),
            None => {
                let sender = awaited.take_sender();
                let ended = sender.map(|sender| (sender, Waited::OpenedTwice));
                (reply("410 Gone", "", &in_letters(TWICE)), ended)
            }
        },
        Err(refused) => (refusing(refused), None),
    };
    let write = async {
        stream.write_all(reply.as_bytes()).await?;
        stream.shutdown().await
    };
    let _written = tokio::time::timeout(REQUEST_LIMIT, write).await;
    match ended {
        Some((sender, waited)) => drop(sender.send(waited)),
        // Who still sends would lose the page with the connection.
        None => {
            let rest = incoming::drained(&mut stream);
            let _gone = tokio::time::timeout(DRAIN_LIMIT, rest).await;
        }
    }
}

async fn read_request(
    stream: &mut TcpStream,
    awaited: &Awaited,
) -> io::Result<Result<Asked, NotTheAnswer>> {
    let mut incoming = Incoming::new();
    while !incoming.head_is_whole() {
        if let Err(refused) = incoming.read(stream).await? {
            return Ok(Err(refused));
        }
    }
    let body_length = match redirect::read_head(incoming.head(), &awaited.host) {
        Ok(head) if head.path != "/" => {
            let start = awaited.start.is(head.path);
            return Ok(start.then_some(Asked::Start).ok_or(NotTheAnswer::WrongPath));
        }
        Ok(head) if head.body_length > REQUEST_CAP => return Ok(Err(NotTheAnswer::TooLarge)),
        Ok(head) => head.body_length,
        Err(refused) => return Ok(Err(refused)),
    };
    while incoming.body.len() < body_length {
        if let Err(refused) = incoming.read(stream).await? {
            return Ok(Err(refused));
        }
    }
    let body = &incoming.body[..body_length];
    let parameters = redirect::read_head(incoming.head(), &awaited.host)
        .and_then(|head| redirect::read_parameters(&head, body, &awaited.state));
    Ok(parameters.map(Asked::Answer))
}

impl Awaited {
    fn take_authority(&self) -> Option<Url> {
        self.authority
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    fn take_sender(&self) -> Option<oneshot::Sender<Waited>> {
        self.answer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

/// Sends the browser on to the authority.
fn leading_to(authority: &Url) -> String {
    reply("303 See Other", &format!("Location: {authority}\r\n"), "")
}

/// A page that says why, and what to do.
fn refusing(why: NotTheAnswer) -> String {
    reply(why.status_line(), "", &in_letters(&refused::page(why)))
}

/// The page with its typeface in it: the port closes with the answer, so a browser could ask for nothing more.
fn in_letters(page: &str) -> String {
    page.replace("{typeface}", TYPEFACE)
}

/// A fixed reply: nothing of the request is in it, nothing is kept, nothing is loaded.
fn reply(status: &str, more: &str, page: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n\
         Content-Type: text/html; charset=utf-8\r\n\
         Content-Length: {}\r\n\
         Cache-Control: no-store\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'\r\n\
         Referrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\n\
         {more}\
         Connection: close\r\n\r\n{page}",
        page.len(),
    )
}

#[cfg(test)]
mod tests {
    use super::{NotTheAnswer, PAGE, TWICE, TYPEFACE, in_letters, refused};

    /// `cargo xtask typeface` makes the typeface anew where this fails.
    #[test]
    fn every_page_brings_the_letters_it_is_written_in() {
        let has = include_str!("typeface.letters");
        let refused = [
            NotTheAnswer::Malformed,
            NotTheAnswer::WrongState,
            NotTheAnswer::WrongHost,
            NotTheAnswer::WrongPath,
            NotTheAnswer::WrongMethod,
            NotTheAnswer::TooLarge,
        ];
        let pages = [PAGE, TWICE].map(str::to_owned);
        for page in pages.into_iter().chain(refused.map(refused::page)) {
            let mut letters = page.chars().filter(|letter| !letter.is_ascii());
            assert_eq!(letters.find(|letter| !has.contains(*letter)), None);
            let whole = in_letters(&page);
            assert!(whole.contains(TYPEFACE) && !whole.contains("{typeface}"));
        }
        assert!(TYPEFACE.len() < 48 * 1024, "{}", TYPEFACE.len());
    }
}
