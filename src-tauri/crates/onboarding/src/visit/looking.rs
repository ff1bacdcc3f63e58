//! The live check: when to look, and what a look changes on the board.

use super::held::PassState;
use super::{Board, Context, sign_in_again};
use crate::effect::{Effect, Outcome, RecordEntry};
use crate::ids::VisitId;
use crate::live::{Light, News};
use crate::time::{Mono, Now};
use crate::trouble::Trouble;

/// Milliseconds between looks while the pass is on its way into the phone, and before.
pub(super) const LOOK_SOON_MS: u64 = 2_500;
const LOOK_LATER_MS: u64 = 5_000;
/// The second of two agreeing reads comes at once.
const CONFIRM_MS: u64 = 700;
const RETRY_MS: u64 = 4_000;

impl Board {
    fn waits_for_registration(&self, now: Now) -> bool {
        self.live.registered.is_none()
            && match &self.pass {
                PassState::Held(held) => {
                    held.entered_at.is_some()
                        || now.mono < held.ends_at.after_s(super::board::FINISH_S)
                }
                PassState::None
                | PassState::Listing { .. }
                | PassState::WritingIntent { .. }
                | PassState::Asking { .. }
                | PassState::MakingRoom { .. }
                | PassState::WritingIssued { .. }
                | PassState::Uncertain { .. } => false,
            }
    }

    pub(super) fn look(&mut self, visit: VisitId, cx: &mut Context<'_>) -> bool {
        if cx.operator.is_none() {
            // The look stays due: it is made up for when somebody is signed in again.
            return false;
        }
        if self.live.looking.is_some() || !self.waits_for_registration(cx.now) {
            self.live.next_look = None;
            return false;
        }
        match cx.budget.try_spend(cx.now.mono) {
            Ok(()) => {
                self.live.next_look = None;
                let user = self.person.id.clone();
                self.live.looking = Some(cx.effects.push(Effect::ReadMethods {
                    visit,
                    user,
                    asked_for: false,
                }));
                true
            }
            Err(later) => {
                self.live.next_look = Some(later);
                false
            }
        }
    }

    pub(super) fn look_now(&mut self, visit: VisitId, cx: &mut Context<'_>) -> Result<(), Trouble> {
        cx.operator.ok_or_else(sign_in_again)?;
        if let PassState::Uncertain { reconcile, .. } = &mut self.pass {
            reconcile.look_now(cx.now.mono);
            return Ok(());
        }
        if self.live.looking.is_none() && self.live.registered.is_none() {
            match cx.budget.try_spend_asked(cx.now.mono) {
                Ok(()) => {
                    let user = self.person.id.clone();
                    self.live.looking = Some(cx.effects.push(Effect::ReadMethods {
                        visit,
                        user,
                        asked_for: true,
                    }));
                }
                Err(later) => self.live.next_look = Some(later),
            }
        }
        Ok(())
    }

    pub(super) fn look_soon(&mut self, now: Mono, ms: u64) {
        if self
            .live
            .next_look
            .is_some_and(|due| due > now.after_ms(ms))
        {
            self.live.next_look = Some(now.after_ms(ms));
        }
    }

    pub(super) fn on_look(
        &mut self,
        visit: VisitId,
        outcome: Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let now = cx.now.mono;
        let soon = self.at_pass_row(cx.pack);
        let mut pause = if soon { LOOK_SOON_MS } else { LOOK_LATER_MS };
        let mut trouble = None;
        match outcome {
            Outcome::Methods { read } => {
                self.live.paused_since = None;
                let id = match &self.pass {
                    PassState::Held(held) => Some(held.id.clone()).filter(|_| !held.ended(cx.now)),
                    PassState::None
                    | PassState::Listing { .. }
                    | PassState::WritingIntent { .. }
                    | PassState::Asking { .. }
                    | PassState::MakingRoom { .. }
                    | PassState::WritingIssued { .. }
                    | PassState::Uncertain { .. } => None,
                };
                let news = self
                    .live
                    .weigh(&read, &self.baseline, id.as_ref(), cx.policy.done);
                self.on_news(visit, &news, cx);
                if self.live.confirming.is_some() {
                    pause = CONFIRM_MS;
                }
            }
            Outcome::Failed {
                trouble: failed,
                retry_after_s,
            } => {
                self.live.paused_since.get_or_insert(cx.now.service);
                if let Some(seconds) = retry_after_s {
                    cx.budget.close_for(seconds, now);
                }
                pause = RETRY_MS;
                trouble = Some(failed);
            }
            Outcome::SignedIn { .. }
            | Outcome::SignInFailed { .. }
            | Outcome::Policies { .. }
            | Outcome::Found { .. }
            | Outcome::FindFailed { .. }
            | Outcome::Recorded
            | Outcome::RecordFailed
            | Outcome::Issued { .. }
            | Outcome::IssueRefused { .. }
            | Outcome::IssueNotSent { .. }
            | Outcome::IssueUncertain { .. }
            | Outcome::PassRemoved => {}
        }
        self.live.next_look = self
            .waits_for_registration(cx.now)
            .then(|| now.after_ms(pause));
        trouble
    }

    fn on_news(&mut self, visit: VisitId, news: &News, cx: &mut Context<'_>) {
        for light in &news.lights {
            self.advance_past(*light, cx.pack);
        }
        if news.lights.contains(&Light::PassEntered)
            && let PassState::Held(held) = &mut self.pass
            && held.entered_at.is_none()
        {
            held.entered(cx.now.mono);
            let entry = RecordEntry::PassEntered {
                pass: held.id.clone(),
            };
            cx.effects.push(Effect::Record {
                visit: Some(visit),
                entry,
            });
        }
        if self.live.spent
            && let PassState::Held(held) = &mut self.pass
        {
            held.spend();
        }
        if let Some(kind) = news.registered {
            let method = self.live.method.clone().unwrap_or_default();
            let device_name = self.live.device_name.clone();
            let entry = RecordEntry::Registered {
                kind,
                device_name,
                method,
            };
            cx.effects.push(Effect::Record {
                visit: Some(visit),
                entry,
            });
            self.hide();
        }
    }
}
