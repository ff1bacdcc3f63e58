//! A mail on its way to a relay. Contents:
//!
//! - `server`: a real SMTP server on this machine (aiosmtpd), and what it was given
//! - `taken`: mails that it took, read back
//! - `refused`: what it refuses, and what is meant by that
//! - `misbehaving`: relays that say nothing, too much, or the wrong thing at the wrong time

#![expect(
    clippy::unwrap_used,
    reason = "these are tests outside of test functions too: a panic is a failure"
)]

mod misbehaving;
mod refused;
mod server;
mod taken;

use mail::{Correspondent, MailMessage, MailPicture};

/// 2026-11-30 04:00:00 UTC.
const AT: i64 = 1_796_011_200_000;
const HTML: &str = "<p>登録のお知らせ</p><p><img src=\"cid:row-1\"></p>";
const TEXT: &str = "登録のお知らせ\n\n.\n一行\n";

fn who(address: &str, name: Option<&str>) -> Correspondent {
    Correspondent {
        address: address.to_owned(),
        name: name.map(str::to_owned),
    }
}

/// A notice as a desk writes it.
fn notice(to: &str) -> MailMessage {
    let picture = |content_id: &str, bytes: &[u8]| MailPicture {
        content_id: content_id.to_owned(),
        png: [b"\x89PNG\r\n\x1a\n", bytes].concat(),
    };
    MailMessage {
        from: who("madoguchi@cable.example", Some("システム室 窓口")),
        to: who(to, None),
        subject:
            "パスワードレス登録のお知らせ(システム室からのご案内です。長い件名は折り返されます)"
                .to_owned(),
        text: TEXT.to_owned(),
        html: HTML.to_owned(),
        pictures: vec![picture("row-1", b"one\r\n.\r\n"), picture("row-2", b"two")],
        at_unix_ms: AT,
    }
}
