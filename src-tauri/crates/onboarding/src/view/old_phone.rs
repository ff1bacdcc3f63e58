//! What the operator sees of the phone that was registered before.

use serde::Serialize;
use ts_rs::TS;

use super::parts::TroubleView;
use crate::earlier_phone::EarlierPhone;
use crate::ids::VisitId;
use crate::person::uninvited_kind::UninvitedKind;
use crate::time::ServiceTime;

/// Whose it is, and what is to be said or decided.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OldPhoneView {
    pub visit: VisitId,
    #[serde(flatten)]
    pub step: OldPhoneStep,
}

/// What is to be said or decided.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum OldPhoneStep {
    /// What becomes of it can be said, before the identity check; nobody has to.
    Question { said: Option<EarlierPhone> },
    /// Somebody else may have it: it is taken out of use before the pass.
    Block {
        methods: Vec<OldMethodView>,
        /// What may lie on the same phone and is not removed from here: telephone numbers, apps that show codes.
        beside: Vec<UninvitedKind>,
        sessions: Box<SessionsView>,
        busy: bool,
        /// A press does something: the rights reach at least a part of it.
        may: bool,
    },
    /// The new phone passed the test: what was there before is retired one by one.
    Retire {
        methods: Vec<OldMethodView>,
        busy: bool,
    },
}

/// A method of an earlier phone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OldMethodView {
    pub method: String,
    pub kind: UninvitedKind,
    pub name: Option<String>,
    /// When it was registered, where the directory says so.
    pub since: Option<ServiceTime>,
    /// This kind's right was granted.
    pub may_remove: bool,
    pub state: OldMethodState,
    /// Why it could not be removed.
    pub trouble: Option<TroubleView>,
}

/// How far the decision on it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OldMethodState {
    There,
    Removing,
    Removed,
    /// The operator leaves it with the person.
    Left,
}

/// Whether whoever is signed in as the person stays so.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SessionsView {
    pub may_end: bool,
    pub ending: bool,
    pub ended: bool,
    pub trouble: Option<TroubleView>,
}
