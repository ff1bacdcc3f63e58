//! Sign-in to Microsoft Entra ID and the part of Microsoft Graph this app uses, over HTTP.
//!
//! A [`Client`] knows one tenant of one cloud. [`Client::begin_sign_in`] opens a loopback listener
//! and hands out the address for the system browser; [`PendingSignIn::finish`] waits for the answer
//! and gives a [`Session`], which holds the tokens in memory and makes the Graph calls. Every address
//! is data, so every cloud and the simulated tenant run the same code.
//!
//! In floors, each importing from below only: `cloud`, `error`, `secret`, `new_password`, `time`; `roots`; `registration`, `keys`, `app_key`; `http`, `refusal`;
//! `tenant`; `token`; `session`; `client`, `graph`; `sign_in`. A further Graph call is a file in `graph` and two
//! lines in its list.
//!
//! No token, code, verifier, claims challenge, pass or password is ever part of an error, of a `Debug` text or of
//! a log line: logs carry method, path template, status, request ids and duration.

mod app_key;
mod client;
mod cloud;
mod error;
mod graph;
mod http;
mod keys;
mod new_password;
mod refusal;
mod registration;
mod roots;
mod secret;
mod session;
mod sign_in;
mod tenant;
mod time;
mod token;

pub use app_key::{AppKey, AppKeyFlaw};
pub use client::Client;
pub use cloud::KnownCloud;
pub use error::{
    ChangeError, ClaimsChallenge, GraphError, GraphErrorKind, IssueError, IssueRefusal,
    RefusalInfo, SignInError, SignInErrorKind, SupportInfo, TokenFlaw, UncertainCause,
};
pub use graph::*;
pub use new_password::{NewPassword, NoRandomness};
pub use registration::{AppRegistration, Endpoints, Prompt, Proxy, RedirectHost, SetupError};
pub use roots::{RootFlaw, check_roots, read_roots};
pub use secret::{PassValue, ProxyCredentials};
pub use session::Session;
pub use sign_in::{OperatorIdentity, PendingSignIn, SignedIn};
pub use time::{ServiceDate, Uptime};
