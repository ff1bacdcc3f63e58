//! A mail handed over to the site's SMTP relay, over TLS alone.
//!
//! A [`Relay`] is what the site configured. [`Relay::send`] opens a connection of its own, says who sends, and hands the
//! mail over; nothing is kept open and nothing is tried again. Where the relay offers no TLS, it is greeted and told
//! nothing else. What comes back is a yes, a no with the relay's number, or that nobody knows.
//!
//! In floors, each importing from below only: `error`, `message`, `setup`; `address`; `mime`, `stream`; `conversation`; `relay`.
//!
//! Never in an error, a `Debug` text or a log line: an address, a password, a word of the mail or of what the relay wrote.

mod address;
mod conversation;
mod error;
mod message;
mod mime;
mod relay;
mod setup;
mod stream;

pub use error::{RelayError, Reply};
pub use message::{Correspondent, MailMessage, MailPicture};
pub use relay::Relay;
pub use setup::{Encryption, RelayCredentials, RelayFlaw, RelaySetup};
