//! The list beside the operator's screen: the visits that are open side by side, and who waits for a turn.

use serde::Serialize;
use ts_rs::TS;

use super::parts::LightView;
use crate::ids::VisitId;
use crate::time::ServiceTime;

/// What stands on the left where several visits can be open.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VisitList {
    pub max: u8,
    /// In the order they were started.
    pub visits: Vec<VisitCard>,
    /// In the order they are to be called; those who were not there come last.
    pub tickets: Vec<TicketCard>,
    /// Visits by telephone that are not open any more and were kept for a call back, in the order they were started.
    pub kept: Vec<KeptCard>,
    /// The number that is handed out next.
    pub next_ticket: u32,
}

/// One open visit in the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VisitCard {
    pub visit: VisitId,
    pub ticket: u32,
    /// Initials where the person beside can see the list, the whole name where only the operator can; none while
    /// nobody is found.
    pub name: Option<String>,
    pub state: VisitState,
    pub lights: Vec<LightView>,
    /// Seconds until the pass ends, or to finish on the phone.
    pub remaining_s: Option<u32>,
    pub in_front: bool,
    /// Something happened since it was put aside that the operator should know.
    pub news: bool,
    /// How far it outlives the app, where it waits for a call back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kept: Option<KeptSign>,
}

/// A visit by telephone that can be taken up again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeptCard {
    pub visit: VisitId,
    /// As in [`VisitCard`].
    pub name: String,
    /// When it was put aside.
    pub since: ServiceTime,
    pub kept: KeptSign,
}

/// Such a visit of the person whom another one found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WaitsAlready {
    pub kept_visit: VisitId,
    /// When it was put aside.
    pub since: ServiceTime,
}

/// How far what is needed to take it up again is kept over a restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct KeptSign {
    pub state: KeptState,
    /// When it is deleted; of what is not kept anywhere, now.
    pub until: ServiceTime,
}

/// Whether it is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeptState {
    /// It goes on after the app was closed.
    Kept,
    /// On its way there.
    Writing,
    /// It does not outlive the app.
    NotKept,
}

/// Where an open visit stands, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    Finding,
    Checking,
    Guiding,
    PassComing,
    PassReady,
    PassEntered,
    PassExpired,
    PassReplaced,
    PassUncertain,
    Registered,
    Ending,
    Ended,
}

impl VisitState {
    /// Whether the operator should look when a visit that was put aside comes here by itself.
    pub(crate) fn is_news(self) -> bool {
        match self {
            Self::PassEntered
            | Self::PassExpired
            | Self::PassReplaced
            | Self::PassUncertain
            | Self::Registered
            | Self::Ended => true,
            Self::Finding
            | Self::Checking
            | Self::Guiding
            | Self::PassComing
            | Self::PassReady
            | Self::Ending => false,
        }
    }
}

/// A number somebody holds who waits for a turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TicketCard {
    pub number: u32,
    pub state: TicketState,
}

/// Whether a number was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    Waiting,
    /// It stands on the person's screen.
    Called,
    /// It was called and nobody came.
    Missed,
}
