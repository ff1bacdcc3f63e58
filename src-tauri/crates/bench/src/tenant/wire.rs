//! HTTP/1.1 by hand on one kept connection: the driver costs as little as it can, and sees what is sent.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A kept connection to a server on loopback.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Status line and headers.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's value, empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    /// All headers in their order.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
    }
}

impl Connection {
    /// Connects to `authority` (`127.0.0.1:port`).
    pub(crate) async fn open(authority: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(authority).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(16 * 1024),
        })
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer> {
        let head = self.answer(request).await?;
        let text = String::from_utf8_lossy(&self.buffer[..head]).into_owned();
        Ok(Answer {
            status: status(&self.buffer),
            head: text,
            body: self.buffer[head..].to_vec(),
        })
    }

    /// Sends a request and says whether the answer is 200 with exactly this body.
    pub(crate) async fn is_answered_with(
        &mut self,
        request: &[u8],
        body: &[u8],
    ) -> io::Result<bool> {
        let head = self.answer(request).await?;
        Ok(status(&self.buffer) == 200 && &self.buffer[head..] == body)
    }

    /// Fills the buffer with one answer; the result is the length of its head.
    async fn answer(&mut self, request: &[u8]) -> io::Result<usize> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut head = None;
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if head.is_none() {
                head = head_length(&self.buffer);
            }
            let Some(head) = head else { continue };
            let body = content_length(&self.buffer[..head]).ok_or(io::ErrorKind::InvalidData)?;
            if self.buffer.len() >= head + body {
                return Ok(head);
            }
        }
    }
}

fn head_length(buffer: &[u8]) -> Option<usize> {
    const END: &[u8] = b"\r\n\r\n";
    let at = buffer.windows(END.len()).position(|window| window == END)?;
    Some(at + END.len())
}

fn status(buffer: &[u8]) -> u16 {
    let digits = buffer
        .get(9..12)
        .and_then(|digits| std::str::from_utf8(digits).ok());
    digits
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default()
}

fn content_length(head: &[u8]) -> Option<usize> {
    let line = head
        .split(|byte| *byte == b'\n')
        .find(|line| line.len() > 15 && line[..15].eq_ignore_ascii_case(b"content-length:"))?;
    std::str::from_utf8(&line[15..]).ok()?.trim().parse().ok()
}
