//! What the screens show of the live check: its lights, one line, and what else is to be said.

use super::{Board, Glance, Sight};
use crate::display::sanitize_for_display;
use crate::light::Light;
use crate::pass::state::PassState;
use crate::policy::Scopes;
use crate::registration::agreement::Agreement;
use crate::registration::evidence::{Also, Phone};
use crate::trouble::Message;
use crate::view::{LightState, LightView, LiveView, PassStage};

impl Board {
    pub(super) fn live_view(&self, cx: &Sight<'_>) -> LiveView {
        LiveView {
            lights: self.lights(),
            line: self.live_line(cx),
            next_look_s: self
                .poll_due(cx.rate_limit)
                .filter(|_| self.evidence.registered.is_none())
                .map(|due| cx.now.mono.seconds_until(due)),
            looking: self.polling.in_flight.is_some() && self.evidence.registered.is_none(),
            paused_since: self.polling.paused_since,
            notes: self.live_notes(cx.policy.scopes),
        }
    }

    pub(super) fn lights(&self) -> Vec<LightView> {
        let next = Light::ALL
            .iter()
            .find(|light| !self.evidence.lit.contains(*light))
            .copied()
            .filter(|_| self.evidence.registered.is_none());
        let light = |light: Light| LightView {
            light,
            state: match self.evidence.lit.contains(&light) {
                true if light == Light::PassUsable && self.evidence.pass.replaced() => {
                    LightState::Lost
                }
                true => LightState::Lit,
                false if Some(light) == next && !matches!(self.pass, PassState::None) => {
                    LightState::Waiting
                }
                false => LightState::Off,
            },
            detail: (light == Light::AuthenticatorAdded)
                .then(|| {
                    self.evidence
                        .device_name
                        .as_deref()
                        .map(sanitize_for_display)
                })
                .flatten(),
        };
        Light::ALL.into_iter().map(light).collect()
    }

    fn live_notes(&self, scopes: Scopes) -> Vec<Message> {
        let waits = self.evidence.registered.is_none() && self.held().is_some();
        let slow = (scopes == Scopes::Narrow && waits).then(|| Message::new("live-note-narrow"));
        let again = self.evidence.pass.renewed && !self.evidence.lit.contains(&Light::PassEntered);
        let again = again.then(|| Message::new("live-note-new-pass"));
        let old_app = self.evidence.old_app.as_deref().map(|version| {
            let phone = self.evidence.device_name.as_deref().unwrap_or_default();
            Message::new("live-note-old-app")
                .text("phone", sanitize_for_display(phone))
                .text("version", sanitize_for_display(version))
        });
        let also = self.evidence.also.as_ref().map(|also| match also {
            Also::OtherPasskey(name) => {
                let name = name
                    .as_deref()
                    .map(sanitize_for_display)
                    .unwrap_or_default();
                Message::new("live-note-other-passkey").text("name", name)
            }
            Also::CodesOnly => Message::new("live-note-codes-only"),
        });
        [again, old_app, also, slow].into_iter().flatten().collect()
    }

    fn live_line(&self, cx: &Glance<'_>) -> Message {
        let phone = || {
            self.evidence
                .device_name
                .as_deref()
                .map(sanitize_for_display)
                .unwrap_or_default()
        };
        if let Some(kind) = self.evidence.registered {
            return match kind {
                crate::RegisteredKind::PhoneSignIn if !self.evidence.device_seen() => {
                    Message::new("live-ready-probably").text("phone", phone())
                }
                crate::RegisteredKind::PhoneSignIn => {
                    Message::new("live-ready-phone").text("phone", phone())
                }
                crate::RegisteredKind::Passkey => Message::new("live-ready-passkey"),
            };
        }
        if self.polling.paused_since.is_some() {
            return Message::new("live-paused");
        }
        match &self.evidence.agreement {
            Agreement::Once { .. } => return Message::new("live-confirming"),
            Agreement::NotAgain => return Message::new("live-not-again"),
            Agreement::Open => {}
        }
        if self.evidence.phone == Phone::Unprovable {
            return Message::new("live-not-provable").text("phone", phone());
        }
        if self.evidence.lit.contains(&Light::AuthenticatorAdded) {
            return Message::new("live-push-only").text("phone", phone());
        }
        match self.stage(cx.now) {
            PassStage::None if self.row < cx.pack.first_needed() => Message::new("live-install"),
            PassStage::None => Message::new("live-not-started"),
            PassStage::Issuing | PassStage::Renewing | PassStage::Settling => {
                Message::new("live-settling")
            }
            PassStage::Live => Message::new("live-waiting-pass"),
            PassStage::Entered => Message::new("live-pass-entered"),
            PassStage::Expired => Message::new("live-pass-expired"),
            PassStage::Replaced => Message::new("live-pass-replaced"),
            PassStage::Uncertain => Message::new("live-uncertain"),
        }
    }
}
