//! A passkey is created within five minutes of the sign-in, or the phone has to sign in once more (N25). The person is
//! not hurried: how long is left stands on the operator's side alone. Whatever walk-through the sign-in was on, the
//! time goes on where another one leads to a passkey.

use super::route::reachable;
use super::rows::pass_row;
use super::{Board, Glance};
use crate::light::Light;
use crate::person::passkey_rules::PasskeyGate;
use crate::policy::DoneLight;
use crate::time::Mono;
use crate::trouble::Message;
use crate::walkthrough::pack::{Detour, Pack, Route};

/// Microsoft's own figure.
const PASSKEY_S: u64 = 300;

/// Since when the sign-in counts, and whether its time is over.
#[derive(Clone, Copy, Debug)]
pub(super) struct PasskeyClock {
    since: Mono,
    over: bool,
}

impl PasskeyClock {
    fn ends(self) -> Mono {
        self.since.after_s(PASSKEY_S)
    }

    /// When something changes by itself.
    pub(super) fn due(self) -> Option<Mono> {
        (!self.over).then(|| self.ends())
    }
}

impl Board {
    /// Begins where the row of the pass is left behind, as it is by itself once the pass was seen used, and anew with
    /// another sign-in. Says whether the time has just run out.
    pub(super) fn passkey_clock_goes(&mut self, pack: &Pack, cx: &Glance<'_>) -> bool {
        let before = self.passkey_clock;
        let behind = pass_row(pack).is_some_and(|pass| self.row > pass);
        let signed_in = behind || (before.is_some() && self.pass_used_up());
        let counts = signed_in && !self.passkey_made(pack);
        self.passkey_clock = counts.then(|| {
            let since = before.map_or(cx.now.mono, |clock| clock.since);
            let over = since.after_s(PASSKEY_S) <= cx.now.mono;
            PasskeyClock { since, over }
        });
        let was_over = before.is_some_and(|clock| clock.over);
        self.passkey_clock.is_some_and(|clock| clock.over) && !was_over
    }

    /// A pass that worked once does not sign in again.
    fn pass_used_up(&self) -> bool {
        self.held()
            .is_some_and(|held| held.once && held.entered_at.is_some())
    }

    /// The directory shows it, or the phone did: the row that waits for it is behind.
    fn passkey_made(&self, pack: &Pack) -> bool {
        let ready = Light::PasskeyReady;
        let waits = pack.rows.iter().position(|row| row.light == Some(ready));
        self.evidence.registered.is_some()
            || self.evidence.lit.contains(&ready)
            || waits.is_some_and(|waits| self.row > waits)
    }

    /// How many seconds are left, for the operator.
    pub(super) fn passkey_left(&self, cx: &Glance<'_>) -> Option<u32> {
        let clock = self.passkey_clock.filter(|clock| !clock.over)?;
        self.may_lead_to_passkey(cx)
            .then(|| cx.now.mono.seconds_until(clock.ends()))
    }

    /// Whether a passkey is what comes of this walk-through, or may: others know screens that lead to one.
    fn may_lead_to_passkey(&self, cx: &Glance<'_>) -> bool {
        let gate = PasskeyGate::of(cx.passkeys, &self.person, None);
        let rows = cx.pack.rows.iter();
        let known = rows.flat_map(|row| &row.detours).any(leads_to_passkey);
        let wanted = reachable(cx.policy.done, gate) != DoneLight::PhoneSignIn;
        cx.pack.route == Route::CreatePasskey || (known && wanted)
    }

    /// Whether one is being created, as far as anybody said, or nothing else will do. Who goes on to phone sign-in has
    /// nothing to do again.
    fn passkey_in_hand(&self, cx: &Glance<'_>) -> bool {
        let shown = self.other_screen();
        let row = cx.pack.rows.get(self.row);
        let detours = row.into_iter().flat_map(|row| &row.detours);
        let mut leading = detours.filter(|detour| leads_to_passkey(detour));
        let only = cx.policy.done == DoneLight::Passkey;
        cx.pack.route == Route::CreatePasskey
            || (self.may_lead_to_passkey(cx)
                && (only || leading.any(|detour| shown == Some(detour.screen.as_str()))))
    }

    /// What is done once the time is over.
    pub(super) fn passkey_over_note(&self, cx: &Glance<'_>) -> Option<Message> {
        if !self.passkey_in_hand(cx) {
            return None;
        }
        let key = match self.pass_used_up() {
            true => "note-passkey-over-new-pass",
            false => "note-passkey-over",
        };
        self.passkey_over(key, cx)
    }

    /// What the person reads instead of `said`, where that is about the way and not about what was found.
    pub(super) fn passkey_line(&self, said: &str, cx: &Glance<'_>) -> Option<Message> {
        const OF_THE_WAY: [&str; 6] = [
            "live-steps",
            "live-not-started",
            "live-waiting-pass",
            "live-pass-entered",
            "live-waiting-registration",
            "live-push-only",
        ];
        let here = cx.pack.route == Route::CreatePasskey && OF_THE_WAY.contains(&said);
        let clock = self.passkey_clock.filter(|_| here)?;
        match clock.over {
            true => self.passkey_over("live-passkey-again", cx),
            false => Some(Message::new("live-passkey-time")),
        }
    }

    fn passkey_over(&self, key: &str, cx: &Glance<'_>) -> Option<Message> {
        self.passkey_clock.filter(|clock| clock.over)?;
        let row = cx.pack.rows.get(pass_row(cx.pack)?)?;
        let number = u32::from(row.number.unwrap_or_default());
        Some(Message::new(key).number("row", number))
    }
}

fn leads_to_passkey(detour: &Detour) -> bool {
    detour.offers == Some(Route::CreatePasskey)
}
