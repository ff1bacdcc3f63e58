//! The calls this app makes of Microsoft Graph: a file for each subject, with its types, its path templates and
//! its methods of [`crate::Session`]. What is exported here is exported by the crate.

mod authenticator_policy;
mod call;
mod devices;
mod domains;
mod expiry;
mod groups;
mod mail;
mod manager;
mod methods;
mod odata;
mod pass;
mod passkey_policy;
mod password;
mod policies;
mod proof;
mod refusal;
mod removal;
mod roles;
mod roll;
mod telephones;
mod users;
mod what_if;
mod whose;

pub use call::Priority;
pub use domains::{DomainAuthentication, DomainPasswords};
pub use mail::{AttachedPicture, GraphMail, MailError, Mailbox};
pub use methods::{EntryDevice, Method, MethodKind, PassMethod, PassReason};
pub use pass::{IssuedPass, PassRequest, Removal};
pub use passkey_policy::{Campaign, PasskeyPolicy, PasskeyProfile, PasskeyTarget};
pub use password::{PasswordState, ResetOperation, ResetStatus};
pub use policies::PassPolicy;
pub use proof::{FirstStep, LastUse, LoggedSignIn};
pub use removal::MethodFamily;
pub use roles::{DirectoryRole, UserRoles};
pub use roll::{GroupKind, MembersPage, NextPage, Registration, RegistrationsPage};
pub use telephones::Telephones;
pub use users::{User, UserKind};
pub use what_if::{DevicePlatform, Grant, JudgedPolicy, Strength, SupposedAction, UserAction};
