//! A browser's request as it comes in: what is ours of it is kept and counted, and what the browser adds of its own goes
//! by.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};
use zeroize::Zeroizing;

use super::redirect::NotTheAnswer;

/// Of what is ours in a request, its head and its body each.
pub(super) const REQUEST_CAP: usize = 8 * 1024;
/// The headers that say what a request is. All others are passed over, however long they are: a browser sends the
/// cookies of every program that ever answered at this host, whatever its port.
const OURS: [&[u8]; 4] = [
    b"host",
    b"content-length",
    b"content-type",
    b"transfer-encoding",
];
/// Headers of any name.
const MOST_HEADERS: usize = 100;
/// Bytes of a head with all that is passed over.
const HEAD_CAP: usize = 1024 * 1024;

/// What came of a request so far.
pub(super) struct Incoming {
    /// The request's line and our headers, in the form they came in.
    head: Zeroizing<Vec<u8>>,
    pub(super) body: Zeroizing<Vec<u8>>,
    /// Where the line in hand begins.
    line: usize,
    lines: usize,
    seen: usize,
    /// The header in hand is nobody's; the last byte of it.
    passing: Option<u8>,
    whole: bool,
}

impl Incoming {
    pub(super) fn new() -> Self {
        // Reserved at once: growing would leave copies of the code behind.
        let room = || Zeroizing::new(Vec::with_capacity(REQUEST_CAP));
        Self {
            head: room(),
            body: room(),
            line: 0,
            lines: 0,
            seen: 0,
            passing: None,
            whole: false,
        }
    }

    pub(super) fn head_is_whole(&self) -> bool {
        self.whole
    }

    /// The head without the blank line.
    pub(super) fn head(&self) -> &[u8] {
        let text = self.head.strip_suffix(b"\r\n").unwrap_or(&self.head);
        text.strip_suffix(b"\r\n").unwrap_or(text)
    }

    /// Reads once; an error when the peer is done.
    pub(super) async fn read(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
    ) -> io::Result<Result<(), NotTheAnswer>> {
        let mut chunk = Zeroizing::new([0_u8; 1024]);
        let room = match self.whole {
            true => REQUEST_CAP.saturating_sub(self.body.len()),
            false => chunk.len(),
        };
        let part = room.min(chunk.len());
        if part == 0 {
            return Ok(Err(NotTheAnswer::TooLarge));
        }
        match stream.read(&mut chunk[..part]).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            read => Ok(self.take(&chunk[..read])),
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), NotTheAnswer> {
        for (place, byte) in bytes.iter().enumerate() {
            if self.whole {
                self.body.extend_from_slice(&bytes[place..]);
                return Ok(());
            }
            self.take_of_head(*byte)?;
        }
        Ok(())
    }

    fn take_of_head(&mut self, byte: u8) -> Result<(), NotTheAnswer> {
        self.seen += 1;
        if self.seen > HEAD_CAP {
            return Err(NotTheAnswer::TooLarge);
        }
        if let Some(before) = self.passing {
            let ended = (before, byte) == (b'\r', b'\n');
            self.passing = (!ended).then_some(byte);
            return Ok(());
        }
        if self.head.len() == REQUEST_CAP {
            return Err(NotTheAnswer::TooLarge);
        }
        self.head.push(byte);
        let line = &self.head[self.line..];
        if let Some(text) = line.strip_suffix(b"\r\n") {
            self.whole = text.is_empty() && self.lines > 0;
            self.line = self.head.len();
            self.next_line()
        } else if self.lines > 0 && names_another(line) {
            self.head.truncate(self.line);
            self.passing = Some(byte);
            self.next_line()
        } else {
            Ok(())
        }
    }

    fn next_line(&mut self) -> Result<(), NotTheAnswer> {
        self.lines += 1;
        if self.lines > MOST_HEADERS + 2 {
            return Err(NotTheAnswer::TooLarge);
        }
        Ok(())
    }
}

/// Whether a line has come to the end of its name, which is nobody's here.
fn names_another(line: &[u8]) -> bool {
    line.strip_suffix(b":").is_some_and(|name| {
        let ours = OURS.iter().any(|ours| ours.eq_ignore_ascii_case(name));
        !ours && !name.contains(&b':')
    })
}

/// Reads what is left, and drops it.
pub(super) async fn drained(stream: &mut (impl AsyncRead + Unpin)) {
    let mut chunk = Zeroizing::new([0_u8; 1024]);
    while let Ok(1..) = stream.read(&mut chunk[..]).await {}
}
