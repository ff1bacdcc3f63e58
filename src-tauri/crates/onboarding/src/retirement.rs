//! Whether a person still needs the password, and what becomes of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::language::Words;
use crate::last_run::RunSource;
use crate::sign_in_test::TestProof;

/// What the person answers to a question on where the password is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UseAnswer {
    Yes,
    No,
    /// Changes nothing. After a registration that is a yes: the password stays in use. Where it is asked whether one is
    /// needed again, that is a no: nobody leaves the roll.
    DontKnow,
}

/// The questions, in order. A yes to one ends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UseQuestion {
    /// Signing in to a Windows computer of the organisation.
    Windows,
    /// The site's list of other places.
    Others,
}

/// The words of a question.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UseWords {
    /// The site's question; none for the list, which the page asks about itself.
    pub words: Option<Words>,
    /// What counts as well.
    pub also: Option<Words>,
    pub others: Vec<Words>,
}

/// Why a "no" holds though the directory shows a Windows sign-in of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DespiteReason {
    /// It is the person's own computer.
    OwnComputer,
    /// It was given back or is not used any more.
    NotUsedAnyMore,
}

/// What must have been shown before a password is taken out of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedsProof {
    Word,
    Seen,
    Token,
}

impl NeedsProof {
    pub(crate) fn is_met_by(self, proof: TestProof) -> bool {
        let needed = match self {
            Self::Word => TestProof::Word,
            Self::Seen => TestProof::Seen,
            Self::Token => TestProof::Token,
        };
        proof >= needed
    }
}

/// How a station takes passwords out of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordWay {
    /// Not at all.
    Off,
    /// The person joins the group whose passwords an unattended job changes.
    Roll,
    /// The counter makes the first change, by the person's profile.
    Patch,
    /// The counter makes it by a reset, after which the password is to be changed at the next sign-in.
    Reset,
}

/// A site's rules on passwords.
#[derive(Clone, Debug)]
pub struct PasswordRules {
    pub way: PasswordWay,
    /// The object id of the roll that people join, where there is one.
    pub roll: Option<String>,
    pub needs_proof: NeedsProof,
    /// What is asked, in the site's words.
    pub windows_question: Words,
    /// What counts as well, in the site's words: remote and virtual Windows.
    pub windows_also: Option<Words>,
    /// Once a password is out of use, its age is of no account.
    pub never_expires: bool,
    /// Where it is read when the job that changes passwords last ran; without it nobody can tell that it runs.
    pub last_run: Option<RunSource>,
    /// Other places where a password may be used; without any, nothing further is asked.
    pub other_uses: Vec<Words>,
}

impl PasswordRules {
    /// What is read with a question: the site's words for Windows, its list for what else there is.
    pub(crate) fn asks(&self, question: UseQuestion) -> UseWords {
        match question {
            UseQuestion::Windows => UseWords {
                words: Some(self.windows_question.clone()),
                also: self.windows_also.clone(),
                others: Vec::new(),
            },
            UseQuestion::Others => UseWords {
                words: None,
                also: None,
                others: self.other_uses.clone(),
            },
        }
    }

    /// Whether the counter makes the first change itself.
    pub(crate) fn changes(&self) -> bool {
        match self.way {
            PasswordWay::Off | PasswordWay::Roll => false,
            PasswordWay::Patch | PasswordWay::Reset => true,
        }
    }
}

/// Why a person's password is never taken out of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NeverReason {
    Disabled,
    Guest,
    /// A directory role is held.
    Role,
    /// The account is under restricted management.
    Restricted,
    /// The password is another system's: a federated domain.
    Federated,
    /// The password is checked on premises.
    PassThrough,
    /// The domain could not be read, so nobody can tell whose password it is.
    DomainUnread,
    /// The site's own list: emergency, service, shared and room accounts; and every operator of the station.
    Listed,
    /// The password is kept on premises, where the site's way does not reach.
    Synced,
    /// The account could not be read wholly, so nobody can tell whether it is an ordinary one.
    Unread,
}

/// Whether a person's password may be taken out of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RollFit {
    May,
    Never(NeverReason),
    /// Is on it already.
    IsMember,
}

/// What came of joining the roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RollJoined {
    /// The membership was read back.
    ReadBack,
    /// The directory said yes and does not show it yet.
    NotYetSeen,
}

/// Why a password stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "why", content = "reason", rename_all = "snake_case")]
pub enum StaysBecause {
    /// It is still used, or nobody knows.
    StillUsed,
    /// No test showed well enough that it is not needed.
    NotProven,
    /// This site takes no passwords out of use.
    Off,
    Never(NeverReason),
    /// The operator did not do it today.
    NotToday,
    /// Joining the roll, or the change, failed.
    Failed,
    /// It was changed, and is still asked for at the sign-in, or nothing shows that it is not.
    MustChange,
    /// Nobody knows whether it is needed by somebody who is on the roll, or may be: they stay on it.
    NotKnown,
    /// One is needed again by somebody whose password was taken out of use, or may have been.
    NeededAgain(AgainStep),
}

/// Why somebody is to leave the roll again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeavesBecause {
    /// What the job would change is asked for at the sign-in.
    MustChange,
    NeededAgain,
}

/// What is known, where somebody came who may need a password again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgainStep {
    /// No answer needs one.
    NotNeeded,
    /// The same, and to one of the questions nobody knew the answer.
    NotKnown,
    /// One is needed, and this site has no roll.
    NoRoll,
    /// One is needed, and the person is on no roll: neither when they were found nor once the desk had asked.
    NotOnRoll,
    /// The desk takes the person off the roll.
    Leaving,
    /// The person is off it, as was read back.
    Left,
    /// That did not succeed: the desk goes on trying.
    NotLeft,
}

impl AgainStep {
    /// A password is set only once nothing would change it.
    #[must_use]
    pub fn is_to_wait(self) -> bool {
        match self {
            Self::Leaving | Self::NotLeft => true,
            Self::NotNeeded | Self::NotKnown | Self::NoRoll | Self::NotOnRoll | Self::Left => false,
        }
    }
}

/// What both sides are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AgainTold {
    pub step: AgainStep,
    /// The person has the phone that signs in, as far as is known.
    pub phone_works: bool,
    /// Nothing was changed, and yet the person is taken off the roll for an earlier visit.
    pub owed: bool,
}

/// What became of the password in this visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "password", rename_all = "snake_case")]
pub enum PasswordFate {
    /// It stays as it is.
    Stays { because: StaysBecause },
    /// The person is on the roll of those whose passwords are changed for them.
    OnRoll {
        /// The membership was read back.
        read_back: bool,
        afterwards: Afterwards,
    },
    /// It was changed here, and nobody knows it.
    Changed {
        /// The change was read back.
        read_back: bool,
        /// The person is on the roll as well, and whether that was read back.
        roll: Option<bool>,
        afterwards: Afterwards,
    },
    /// It may have been changed: no answer came.
    Unclear,
}

/// What may be said of the three-month change from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    /// Nothing shows that anything changes: it stays in force.
    AsBefore,
    /// The job that changes passwords runs, and has this one: it is no longer needed.
    ByItself,
    /// Its age is of no account for this person, as was read back: it is no longer needed.
    NeverExpires,
}

/// What came of making a password's age of no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpirySet {
    ReadBack,
    /// The directory said yes and does not show it yet.
    NotYetSeen,
}
