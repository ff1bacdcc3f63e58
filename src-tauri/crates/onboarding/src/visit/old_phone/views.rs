//! What the operator sees of the phone that was registered before.

use std::collections::BTreeSet;

use super::{MethodEnd, Step};
use crate::display::sanitize_for_display;
use crate::person::directory::{Method, OtherKind};
use crate::person::uninvited_kind::UninvitedKind;
use crate::trouble::Trouble;
use crate::view::{
    OldMethodState, OldMethodView, OldPhoneStep, OldPhoneView, SessionsView, TroubleView,
};
use crate::visit::{Board, Glance, Stage, Visit};

impl Visit {
    /// None where there is nothing to say or decide.
    pub(crate) fn old_phone_view(&self, cx: &Glance<'_>) -> Option<OldPhoneView> {
        cx.operator?;
        let step = match &self.stage {
            Stage::Found(found) => found.asks_of_phone().then_some(OldPhoneStep::Question {
                said: found.earlier,
            }),
            Stage::HandingOver(board) => board.old_phone_step(cx),
            Stage::Finding(_) | Stage::Checking(_) | Stage::Ending(_) | Stage::Ended(_) => None,
        };
        let visit = self.id;
        step.map(|step| OldPhoneView { visit, step })
    }
}

impl Board {
    fn old_phone_step(&self, cx: &Glance<'_>) -> Option<OldPhoneStep> {
        let busy = self.old_phone.is_busy();
        if self.offers_retiring() && (busy || self.undecided()) {
            return Some(OldPhoneStep::Retire {
                methods: self.old_methods(cx),
                busy,
            });
        }
        let blocks = self.waits_for_block() && self.before_a_pass();
        blocks.then(|| OldPhoneStep::Block {
            methods: self.old_methods(cx),
            beside: self.beside_the_phone(),
            sessions: Box::new(self.sessions_view(cx)),
            busy: self.is_blocking(),
            may: cx.operator.is_some_and(|operator| {
                let (methods, sessions) = self.may_block(operator);
                sessions || !methods.is_empty()
            }),
        })
    }

    fn old_methods(&self, cx: &Glance<'_>) -> Vec<OldMethodView> {
        let old = &self.old_phone;
        let on_its_way = |wanted: &str| match &old.step {
            Step::Nothing | Step::EndingSessions { .. } => false,
            Step::Writing { methods, .. } => methods.iter().any(|method| method == wanted),
            Step::Removing { methods, .. } => methods.values().any(|method| method == wanted),
        };
        self.earlier_methods()
            .map(|(id, kind, method)| OldMethodView {
                method: id.to_owned(),
                kind,
                name: name(method).map(sanitize_for_display),
                since: since(method),
                may_remove: cx
                    .operator
                    .is_some_and(|operator| operator.may_remove.contains(&kind)),
                state: match old.ends.get(id) {
                    _ if on_its_way(id) => OldMethodState::Removing,
                    Some(MethodEnd::Removed) => OldMethodState::Removed,
                    Some(MethodEnd::Left) => OldMethodState::Left,
                    Some(MethodEnd::NotRemoved(_)) | None => OldMethodState::There,
                },
                trouble: match old.ends.get(id) {
                    Some(MethodEnd::NotRemoved(trouble)) => shown(trouble, on_its_way(id)),
                    Some(MethodEnd::Removed | MethodEnd::Left) | None => None,
                },
            })
            .collect()
    }

    /// What may lie on the same phone, by kind: whoever has it can go on with these.
    fn beside_the_phone(&self) -> Vec<UninvitedKind> {
        let kinds = self.baseline.methods.iter().filter_map(|method| {
            let Method::Other { kind, .. } = method else {
                return None;
            };
            match kind {
                OtherKind::Phone => Some(UninvitedKind::Phone),
                OtherKind::Codes => Some(UninvitedKind::Codes),
                OtherKind::Email
                | OtherKind::WindowsHello
                | OtherKind::PlatformCredential
                | OtherKind::Unknown(_) => None,
            }
        });
        let kinds: BTreeSet<_> = kinds.collect();
        kinds.into_iter().collect()
    }

    fn sessions_view(&self, cx: &Glance<'_>) -> SessionsView {
        let old = &self.old_phone;
        let ending = match &old.step {
            Step::Nothing => false,
            Step::Writing { sessions, .. } | Step::Removing { sessions, .. } => *sessions,
            Step::EndingSessions { .. } => true,
        };
        SessionsView {
            may_end: cx
                .operator
                .is_some_and(|operator| operator.may_end_sessions()),
            ending,
            ended: matches!(old.sessions, Some(Ok(()))),
            trouble: match &old.sessions {
                Some(Err(trouble)) => shown(trouble, ending),
                Some(Ok(())) | None => None,
            },
        }
    }
}

/// What went wrong the last time is not said while it is tried again.
fn shown(trouble: &Trouble, again: bool) -> Option<TroubleView> {
    (!again).then(|| TroubleView::from(trouble))
}

fn name(method: &Method) -> Option<&str> {
    match method {
        Method::Authenticator { device_name, .. } => device_name.as_deref(),
        Method::Passkey { name, .. } => name.as_deref(),
        Method::Pass(_) | Method::Password | Method::Other { .. } => None,
    }
}

/// When it was registered, where the directory says so.
fn since(method: &Method) -> Option<crate::ServiceTime> {
    match method {
        Method::Authenticator { created, .. } | Method::Passkey { created, .. } => *created,
        Method::Pass(_) | Method::Password | Method::Other { .. } => None,
    }
}
