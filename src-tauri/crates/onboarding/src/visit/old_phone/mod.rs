//! The phone that was registered before the visit: what the operator says of it, and how its methods are removed, each
//! time with a yes, an intent that is on the disk, and what came of it.

mod looking;
mod retiring;
mod taking_out;
mod views;

use std::collections::BTreeMap;

pub(crate) use looking::{Looks, RemovedLook};
pub(crate) use taking_out::{Unheard, method_event, sessions_event};

use super::{Board, Context, illegal_in_state, sign_in_again};
use crate::action::OldPhoneAction;
use crate::earlier_phone::EarlierPhone;
use crate::effect::EffectId;
use crate::person::directory::{Method, MethodRead, Operator};
use crate::person::uninvited_kind::UninvitedKind;
use crate::record::{Event, PhoneEvent};
use crate::registration::identity::id;
use crate::trouble::{Trouble, TroubleCode};

/// What was said of it and done so far.
#[derive(Debug, Default)]
pub(crate) struct OldPhone {
    pub(super) said: Option<EarlierPhone>,
    /// What came of each of its methods that somebody decided on, by id.
    ends: BTreeMap<String, MethodEnd>,
    /// Whether the person's sessions were ended, once that was tried.
    sessions: Option<Result<(), Trouble>>,
    step: Step,
    /// For what was removed.
    looks: looking::Looks,
    /// The operator goes on to the pass though not everything was taken out of use.
    went_on: bool,
}

/// What came of one of its methods.
#[derive(Debug)]
enum MethodEnd {
    Removed,
    NotRemoved(Trouble),
    /// The operator leaves it with the person.
    Left,
}

/// What is on its way: one thing at a time.
#[derive(Debug, Default)]
enum Step {
    #[default]
    Nothing,
    /// What is about to be done is being written down.
    Writing {
        effect: EffectId,
        methods: Vec<String>,
        sessions: bool,
    },
    /// By the question that removes it.
    Removing {
        methods: BTreeMap<EffectId, String>,
        sessions: bool,
    },
    EndingSessions {
        effect: EffectId,
    },
}

impl OldPhone {
    pub(super) fn said(said: Option<EarlierPhone>) -> Self {
        Self {
            said,
            ..Self::default()
        }
    }

    fn is_busy(&self) -> bool {
        match self.step {
            Step::Nothing => false,
            Step::Writing { .. } | Step::Removing { .. } | Step::EndingSessions { .. } => true,
        }
    }

    fn is_removed(&self, method: &str) -> bool {
        matches!(self.ends.get(method), Some(MethodEnd::Removed))
    }

    /// Nobody has to decide on it any more.
    fn is_decided(&self, method: &str) -> bool {
        match self.ends.get(method) {
            Some(MethodEnd::Removed | MethodEnd::Left) => true,
            Some(MethodEnd::NotRemoved(_)) | None => false,
        }
    }
}

/// What of a phone may be registered: its Authenticator, and a passkey in it.
pub(super) fn kind(method: &Method) -> Option<UninvitedKind> {
    match method {
        Method::Authenticator { .. } => Some(UninvitedKind::Authenticator),
        Method::Passkey {
            in_authenticator: true,
            ..
        } => Some(UninvitedKind::AuthenticatorPasskey),
        Method::Passkey { .. } | Method::Pass(_) | Method::Password | Method::Other { .. } => None,
    }
}

/// Whether the directory shows a phone of the person's.
pub(super) fn has_phone(read: &MethodRead) -> bool {
    read.methods.iter().any(|method| kind(method).is_some())
}

/// What the operator said is written down with the choice of the person.
pub(super) fn record_said(said: Option<EarlierPhone>, cx: &mut Context<'_>) {
    if let Some(earlier) = said {
        cx.record(Event::Phone(PhoneEvent::EarlierPhoneSaid { earlier }));
    }
}

impl Board {
    /// The operator wants something of it.
    pub(super) fn act_old_phone(
        &mut self,
        action: &OldPhoneAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        match action {
            OldPhoneAction::BlockEarlierPhone => self.block(cx),
            OldPhoneAction::GoOnUnblocked => self.go_on_unblocked(cx),
            OldPhoneAction::RetireMethod { method } => self.retire_method(method, cx),
            OldPhoneAction::LeaveMethod { method } => self.leave_method(method, cx),
            // Before the identity check it is only said.
            OldPhoneAction::SayEarlierPhone { .. } => Err(illegal_in_state()),
        }
    }

    /// The methods of phones that were there before, without those that this visit registered or set up again.
    fn earlier_methods(&self) -> impl Iterator<Item = (&str, UninvitedKind, &Method)> {
        let registered = self.evidence.registered_entry.as_deref();
        self.baseline.methods.iter().filter_map(move |method| {
            let (id, kind) = (id(method)?, kind(method)?);
            let set_up = Some(id) == registered || self.evidence.entries.contains_key(id);
            (!set_up).then_some((id, kind, method))
        })
    }

    /// What somebody else may have is to be taken out of use before the pass, and was not.
    pub(super) fn waits_for_block(&self) -> bool {
        let old = &self.old_phone;
        let lost = old.said == Some(EarlierPhone::LostToOthers);
        lost && !old.went_on && !self.is_blocked()
    }

    fn is_blocked(&self) -> bool {
        let old = &self.old_phone;
        let gone = self
            .earlier_methods()
            .all(|(method, ..)| old.is_removed(method));
        gone && !old.looks.seeks() && matches!(old.sessions, Some(Ok(())))
    }

    /// A pass may come, the first or another one.
    fn before_a_pass(&self) -> bool {
        self.may_issue() || self.may_renew()
    }

    /// Something is on its way, or was removed and is not seen to be gone.
    fn is_blocking(&self) -> bool {
        self.old_phone.is_busy() || self.old_phone.looks.seeks()
    }

    /// No pass before a phone that somebody else may have is out of use, and none while that is on its way.
    pub(super) fn refuse_unblocked(&self) -> Result<(), Trouble> {
        match self.waits_for_block() || self.old_phone.is_busy() {
            true => Err(Trouble::new(TroubleCode::LostPhoneFirst)),
            false => Ok(()),
        }
    }

    /// Nobody gets a password back around a phone that somebody else may have, also where the operator went on to a pass,
    /// nor while it is open whose a phone is that was registered since.
    pub(super) fn refuse_lost_phone(&self) -> Result<(), Trouble> {
        let lost = self.old_phone.said == Some(EarlierPhone::LostToOthers);
        match lost && (!self.is_blocked() || self.evidence.strays.are_open()) {
            true => Err(Trouble::new(TroubleCode::AgainLostPhone)),
            false => Ok(()),
        }
    }

    /// Somebody else may have had the lost phone until just now: what was registered meanwhile is decided on first.
    pub(super) fn refuse_phone_since(&self, read: &MethodRead) -> Result<(), Trouble> {
        let old = &self.old_phone;
        let lost = old.said == Some(EarlierPhone::LostToOthers) && !old.went_on;
        match lost && self.evidence.strays.open_in(read) {
            true => Err(Trouble::new(TroubleCode::PhoneSince)),
            false => Ok(()),
        }
    }

    /// One yes for all of it: what the operator's rights reach is removed, and then the sessions are ended.
    fn block(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        if !self.waits_for_block() || !self.before_a_pass() || self.is_blocking() {
            return Err(illegal_in_state());
        }
        // Who the person is has to hold for this as it has for a pass.
        self.refuse_blocked(cx)?;
        self.check
            .permit(&self.person.id, &operator.oid, cx.now.mono)?;
        let (methods, sessions) = self.may_block(operator);
        if methods.is_empty() && !sessions {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        self.take_out((methods, sessions), operator, cx);
        Ok(())
    }

    /// What of it this operator can still do.
    fn may_block(&self, operator: &Operator) -> (Vec<String>, bool) {
        let old = &self.old_phone;
        let methods = self
            .earlier_methods()
            .filter(|(method, kind, _)| {
                operator.may_remove.contains(kind) && !old.is_removed(method)
            })
            .map(|(method, ..)| method.to_owned())
            .collect();
        let ended = matches!(old.sessions, Some(Ok(())));
        (methods, operator.may_end_sessions() && !ended)
    }

    /// Somebody else sees to the rest, or nobody can.
    fn go_on_unblocked(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?.oid.clone();
        if !self.waits_for_block() || self.is_blocking() {
            return Err(illegal_in_state());
        }
        self.old_phone.went_on = true;
        cx.record(Event::Phone(PhoneEvent::WentOnUnblocked { operator }));
        Ok(())
    }
}
