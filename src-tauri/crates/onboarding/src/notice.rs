//! Mail to the person: the site's rules, the address that was declared, and what becomes of a letter (S21–S23, N20).

mod address;
mod trouble;

pub use address::{AddressFlaw, DeclaredAddress};
pub use trouble::MailTrouble;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a letter leaves. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MailWay {
    /// From the mailbox of whoever is signed in.
    OwnMailbox,
    /// From one that the site shares.
    SharedMailbox,
    /// Over the site's own mail server.
    Relay,
}

/// What a letter is for. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// What happens and how, to the address that the person declared.
    Guide,
    /// The same, and the pass.
    Pass,
    /// That a pass was issued, to the address that the directory holds.
    Security,
    /// The same, to whom the directory names as the person's manager.
    Manager,
}

/// What became of a letter. The names are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    Arrived,
    NotArrived,
    NotAsked,
}

/// Whoever sends it took the letter. Nothing is said of its arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedOver {
    pub way: MailWay,
}

/// What speaks against an address: the person cannot read it yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AddressWarning {
    /// It is the sign-in name.
    IsSignInName,
    /// This very sign-in opens the mailbox.
    OpenedBySignIn,
}

/// Why no pass goes by mail. The names are those of their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoPassByMail {
    NoPass,
    /// It can be used more than once, or for longer than an hour.
    TooGood,
    NotReadBack,
    /// Neither the directory knows the address nor the site its domain.
    AddressUnknown,
    /// The sign-in name would stand in the same letter.
    IsSignInName,
    /// The identity check has ended.
    CheckOver,
}

/// A pass that goes by mail ends after so many minutes at the latest.
pub const LETTER_PASS_MINUTES: u32 = 60;

/// The site's rules for letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRules {
    /// Whoever is at the counter may have one, too.
    pub at_counter: bool,
    /// It may carry the pass.
    pub carries_pass: bool,
    /// Domains of addresses it may carry one to, beside what the directory knows.
    pub domains: Vec<String>,
    /// The security notice where somebody calls, and where they are at the counter.
    pub security_telephone: bool,
    pub security_counter: bool,
    /// It goes to the manager as well.
    pub manager_too: bool,
}
