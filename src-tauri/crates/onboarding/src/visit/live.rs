//! What the screens show of the live check: its lights, one line, and what else is to be said.

use super::phone_access::PhoneAccess;
use super::route::aimed;
use super::rows::pass_row;
use super::{Board, Glance, Prefs, Sight};
use crate::display::sanitize_for_display;
use crate::light::Light;
use crate::pass::state::PassState;
use crate::policy::{DoneLight, Scopes};
use crate::registration::agreement::Agreement;
use crate::registration::evidence::{Also, Phone};
use crate::trouble::Message;
use crate::view::{LightState, LightView, LiveView, PassStage};
use crate::walkthrough::pack::RowKind;

impl Board {
    pub(super) fn live_view(&self, cx: &Sight<'_>) -> LiveView {
        LiveView {
            lights: self.lights(cx),
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

    /// The same for the operator, with what keeps the phone out while that still matters.
    pub(super) fn operator_live(
        &self,
        prefs: &Prefs,
        access: &PhoneAccess,
        cx: &Sight<'_>,
    ) -> LiveView {
        let mut live = self.live_view(cx);
        let open = self.evidence.registered.is_none();
        live.notes.extend(self.passkey_over_note(cx));
        live.notes
            .extend(self.passkey_note(prefs, cx).filter(|_| open));
        live.notes.extend(access.note(cx).filter(|_| open));
        live
    }

    /// The same for the person, with a line that says what is true at the row in hand.
    pub(super) fn person_live(&self, cx: &Sight<'_>) -> LiveView {
        let mut live = self.live_view(cx);
        if let Some(key) = self.person_line(&live.line, cx) {
            live.line = Message::new(key);
        }
        if let Some(line) = self.passkey_line(&live.line.key, cx) {
            live.line = line;
        }
        live
    }

    /// Where what is said to both would contradict the row.
    fn person_line(&self, said: &Message, cx: &Glance<'_>) -> Option<&'static str> {
        let row = cx.pack.rows.get(self.row)?;
        let pass = pass_row(cx.pack)?;
        if self.waits_for_pass(cx) {
            let open = matches!(self.stage(cx.now), PassStage::None | PassStage::Settling);
            return (open || self.pass.held().is_none()).then_some("live-pass-coming");
        }
        match said.key.as_str() {
            "live-not-started" => Some("live-steps"),
            "live-waiting-pass" | "live-settling" if self.row < pass => Some("live-pass-ready")
                .filter(|_| self.stage(cx.now) == PassStage::Live)
                .or(Some("live-steps")),
            "live-waiting-pass" | "live-pass-entered" if row.kind == RowKind::Done => {
                Some("live-checking")
            }
            "live-waiting-pass" if self.row > pass => Some("live-waiting-registration"),
            "live-pass-entered" if row.kind == RowKind::Wait => Some("live-waiting-registration"),
            _ => None,
        }
    }

    /// Only what the site asks for on this route, and whatever was shown all the same.
    pub(super) fn lights(&self, cx: &Glance<'_>) -> Vec<LightView> {
        let aim = aimed(cx.pack.route, cx.policy.done);
        let lit = |light: &Light| self.evidence.lit.contains(light);
        let asked = |light: &Light| match (aim, light) {
            (DoneLight::PhoneSignIn, Light::PasskeyReady)
            | (DoneLight::Passkey, Light::DeviceRegistered | Light::PhoneSignInReady) => false,
            (DoneLight::PhoneSignIn | DoneLight::Passkey | DoneLight::Either, _) => true,
        };
        let open = self.evidence.registered.is_none();
        let shown = Light::ALL
            .into_iter()
            .filter(|light| lit(light) || (open && asked(light)));
        let next = shown
            .clone()
            .find(|light| !lit(light))
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
        shown.map(light).collect()
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
            PassStage::None if self.row < cx.pack.opened() => Message::new("live-install"),
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
