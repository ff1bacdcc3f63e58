//! A hand-made HTTP server on loopback that answers exactly what a test orders, byte for byte.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Service time in every answer, far from any machine's clock.
pub(crate) const DATE: &str = "Sun, 22 Nov 2043 07:00:00 GMT";
pub(crate) const DATE_S: i64 = 2_331_788_400;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// What to do with a request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// These bytes, then the connection ends.
    Bytes(Vec<u8>),
    /// The connection ends without an answer.
    Cut,
    /// These bytes, then silence; the test's virtual time starts to run.
    Stall(Vec<u8>),
}

pub(crate) type Answers = dyn Fn(&Seen) -> Reply + Send + Sync;

pub(crate) struct Fake {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Fake {
    pub(crate) async fn start(answers: Arc<Answers>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&answers), Arc::clone(&log)));
            }
        });
        Self { port, seen, task }
    }

    pub(crate) fn root(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests whose path contains `part`, in order.
    pub(crate) fn seen(&self, part: &str) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap();
        seen.iter()
            .filter(|seen| seen.target.contains(part))
            .cloned()
            .collect()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut named = self
            .headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.as_str())
    }

    pub(crate) fn form(&self, name: &str) -> Option<String> {
        let mut pairs = url::form_urlencoded::parse(self.body.as_bytes());
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl ToString) -> Self {
        Self::with(
            status,
            &[
                ("Content-Type", "application/json; odata.metadata=minimal"),
                ID,
            ],
            body.to_string(),
        )
    }

    pub(crate) fn with(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes =
            format!("HTTP/1.1 {status} X\r\nDate: {DATE}\r\nConnection: close\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend(format!("{name}: {value}\r\n").bytes());
        }
        bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
        bytes.extend(body);
        Self::Bytes(bytes)
    }

    /// The same answer without its last `bytes`.
    pub(crate) fn short_by(self, missing: usize) -> Self {
        match self {
            Self::Bytes(mut bytes) => {
                bytes.truncate(bytes.len() - missing);
                Self::Bytes(bytes)
            }
            Self::Cut | Self::Stall(_) => self,
        }
    }

    /// Graph's error envelope.
    pub(crate) fn error(status: u16, code: &str, message: &str) -> Self {
        let inner = serde_json::json!({"date": "2043-11-22T07:00:00", "request-id": "inner-id"});
        Self::json(
            status,
            serde_json::json!({"error": {"code": code, "message": message, "innerError": inner}}),
        )
    }

    pub(crate) fn html(status: u16) -> Self {
        Self::with(
            status,
            &[("Content-Type", "text/html; charset=utf-8")],
            "<html>planted-portal</html>",
        )
    }
}

pub(crate) const ID: (&str, &str) = ("request-id", "11111111-2222-3333-4444-555555555555");

async fn serve(mut stream: TcpStream, answers: Arc<Answers>, log: Arc<Mutex<Vec<Seen>>>) {
    let Some(seen) = read(&mut stream).await else {
        return;
    };
    log.lock().unwrap().push(seen.clone());
    match answers(&seen) {
        Reply::Cut => {}
        Reply::Bytes(bytes) => {
            let _sent = stream.write_all(&bytes).await;
            let _ended = stream.shutdown().await;
        }
        Reply::Stall(bytes) => {
            let _sent = stream.write_all(&bytes).await;
            tokio::time::pause();
            // Until the client gives up.
            let _gone = stream.read(&mut [0]).await;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        read_more(stream, &mut bytes).await?;
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).ok()?;
    let mut lines = head.split("\r\n");
    let mut request = lines.next()?.split(' ');
    let (method, target) = (request.next()?.to_owned(), request.next()?.to_owned());
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    while bytes.len() < head_end + 4 + length {
        read_more(stream, &mut bytes).await?;
    }
    let body = String::from_utf8(bytes[head_end + 4..].to_vec()).ok()?;
    Some(Seen {
        method,
        target,
        headers,
        body,
    })
}

async fn read_more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 4096];
    let read = stream.read(&mut chunk).await.ok()?;
    bytes.extend_from_slice(&chunk[..read]);
    (read > 0).then_some(())
}
