//! The live check: when to look, and what a look changes on the board.

use super::detour::PhoneScreenReport;
use super::watching::WATCH_MS;
use super::{Board, Context, sign_in_again};
use crate::effect::{Effect, EffectFailure, Reading};
use crate::ids::PassId;
use crate::light::Light;
use crate::pass::state::PassState;
use crate::person::directory::KnownPass;
use crate::quota::rate_limit::RateLimit;
use crate::reading::MethodQuery;
use crate::record::Event;
use crate::registration::evidence::{Aim, News, WaitedFor};
use crate::registration::poll_scope;
use crate::registration::polling::PollInFlight;
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};

/// After a look that failed, and was not refused for its number, was sent.
const RETRY_MS: u64 = 4_000;

impl Board {
    fn waits_for_registration(&self, now: Now) -> bool {
        self.evidence.registered.is_none()
            && self.held().is_some_and(|held| {
                held.entered_at.is_some()
                    || now.mono
                        < held
                            .ends_at
                            .after_s(crate::registration::poll_schedule::FINISH_S)
            })
    }

    fn looks_go_on(&self, now: Now) -> bool {
        self.waits_for_registration(now) || self.watch.goes_on(now)
    }

    /// When the next look leaves, as far as the rate limit can tell.
    pub(super) fn poll_due(&self, rate_limit: &RateLimit) -> Option<Mono> {
        let due = self.polling.due()?;
        Some(match self.polling.asked {
            true => rate_limit.asked_slot(due),
            false => rate_limit.poll_slot(due),
        })
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(due) = self.polling.next.filter(|_| cx.may_look) else {
            // The look stays due: it is made up for when somebody is signed in again.
            return false;
        };
        if self.polling.in_flight.is_some() || !(self.polling.asked || self.looks_go_on(cx.now)) {
            self.polling.next = None;
            return false;
        }
        let now = cx.now.mono;
        let asked = self.polling.asked;
        let free = match asked {
            true => cx.rate_limit.try_spend_asked(now),
            false => cx.rate_limit.try_poll(due, now),
        };
        if free.is_err() {
            return false;
        }
        let wants = self.wants(cx);
        let effect = cx.push(Effect::ReadMethods {
            user: self.person.id.clone(),
            asked_for: asked,
            wants: wants.clone(),
        });
        self.polling.sent(PollInFlight {
            effect,
            asked,
            wants,
            sent: now,
        });
        true
    }

    fn wants(&self, cx: &Context<'_>) -> MethodQuery {
        let question = self.evidence.ask_device_of.as_deref();
        if let Some(question) = question.and_then(|entry| self.evidence.routes.device(entry)) {
            return question;
        }
        let once = self.held().is_none_or(|held| held.once);
        let kind = poll_scope::next(&self.evidence, aim(cx).done, once, self.polling.count);
        self.evidence.routes.list(cx.policy.scopes, kind)
    }

    pub(super) fn poll_now(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        cx.operator.ok_or_else(sign_in_again)?;
        if let PassState::Uncertain(uncertain) = &mut self.pass {
            uncertain.reconcile.poll_now(cx.now.mono);
            return Ok(());
        }
        if self.polling.in_flight.is_none() && self.evidence.registered.is_none() {
            self.polling.ask(cx.now.mono);
            self.poll(cx);
        }
        Ok(())
    }

    /// A look that is due later comes sooner.
    pub(super) fn poll_by(&mut self, due: Mono) {
        self.polling.bring_forward(due);
    }

    pub(super) fn planned(&self, cx: &mut Context<'_>) -> Mono {
        if self.evidence.registered.is_some() {
            return cx.now.mono.after_ms(cx.rate_limit.about(WATCH_MS));
        }
        let at_pass = self.at_pass_row(cx.pack);
        self.polling
            .schedule
            .next(cx.now.mono, at_pass, |pace| cx.rate_limit.about(pace))
    }

    pub(super) fn on_poll(
        &mut self,
        poll: PollInFlight,
        answer: Result<Reading, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let mut trouble = None;
        let aim = aim(cx);
        if let Ok(Reading::Methods(read)) = &answer {
            self.note_strays(read, (&poll.wants, poll.sent), cx);
            self.see_removed(read, &poll.wants, cx);
        }
        if let Ok(read) = &answer {
            self.watch(read, &poll.wants, aim.passkey_counts());
        }
        let due = match answer {
            Ok(Reading::Methods(read)) => {
                let ours = waited_for(&self.pass, &self.own, cx.now);
                let news = self
                    .evidence
                    .evaluate(&read, &poll.wants, &self.baseline, ours, aim);
                let replaced = news.replaced_by.clone();
                trouble = replaced.map(|by| self.on_replaced(by, cx));
                self.on_poll_answered(&poll, &news, cx)
            }
            Ok(Reading::Devices(told)) => {
                let news = self
                    .evidence
                    .evaluate_devices(&told, &poll.wants, &self.baseline, aim);
                self.on_poll_answered(&poll, &news, cx)
            }
            Err(failure) => Some(self.on_poll_failed(&poll, failure, &mut trouble, cx)),
        };
        let due = due.unwrap_or_else(|| self.planned(cx));
        self.polling.next = self.looks_go_on(cx.now).then_some(due);
        self.poll(cx);
        trouble
    }

    /// When to look again after a look that failed. Nothing is said of it where another way still lists methods.
    fn on_poll_failed(
        &mut self,
        poll: &PollInFlight,
        failure: EffectFailure,
        trouble: &mut Option<Trouble>,
        cx: &mut Context<'_>,
    ) -> Mono {
        let EffectFailure {
            trouble: failed,
            retry_after_s,
        } = failure;
        let now = cx.now.mono;
        let refused = failed.code == TroubleCode::Throttled || retry_after_s.is_some();
        match refused {
            true if poll.asked => cx.rate_limit.quiet(retry_after_s, now),
            true => cx.rate_limit.refused(retry_after_s, now),
            false => {
                let took_ms = now.0.saturating_sub(poll.sent.0);
                let routes = &mut self.evidence.routes;
                routes.unanswered(&poll.wants, failed.code, took_ms);
            }
        }
        self.polling.asked = poll.asked;
        // Once the registration is there nobody waits for a look.
        if self.evidence.registered.is_none() && !self.evidence.routes.others_list(&poll.wants) {
            self.polling.paused_since.get_or_insert(cx.now.service);
            *trouble = Some(match self.evidence.routes.lists_disagree() {
                true => Trouble::new(TroubleCode::NothingLists).support(failed.support),
                false => failed,
            });
        }
        match refused {
            true => now,
            false => poll.sent.after_ms(RETRY_MS).max(now),
        }
    }

    /// What an answer changes besides the lights; says when to look again where that is not planned.
    fn on_poll_answered(
        &mut self,
        poll: &PollInFlight,
        news: &News,
        cx: &mut Context<'_>,
    ) -> Option<Mono> {
        if !poll.asked {
            cx.rate_limit.answered();
        }
        if news.elsewhere {
            return Some(cx.now.mono.after_ms(RETRY_MS));
        }
        self.polling.paused_since = None;
        let entered = self.evidence.lit.contains(&Light::PassEntered);
        if entered || poll.wants.shows_passes() {
            self.polling.schedule.saw(entered, poll.sent);
        }
        self.on_news(news, cx);
        // The second of two agreeing reads comes at once, in the place that is kept free for it.
        let again = (news.proven || news.doubted) && self.evidence.registered.is_none();
        self.polling.asked |= again;
        again.then_some(cx.now.mono)
    }

    /// The other pass of this read where that makes it certain that ours was replaced: said at once, and out of sight.
    fn on_replaced(&mut self, by: KnownPass, cx: &mut Context<'_>) -> Trouble {
        if let PassState::Held(held) = &mut self.pass {
            held.hide();
            cx.record(Event::PassReplaced {
                pass: held.id.clone(),
                by: by.id.clone(),
            });
            if held.question.may_have_made(&by) {
                self.replaced_by = Some(((*held.question).clone(), by));
            }
        }
        Trouble::new(TroubleCode::PassReplaced)
    }

    fn on_news(&mut self, news: &News, cx: &mut Context<'_>) {
        for light in &news.lights {
            self.advance_past(*light, cx.pack);
        }
        if news.lights.contains(&Light::AuthenticatorAdded) {
            // The rest of it comes with the next steps on the phone.
            self.polling.schedule.stepped(cx.now.mono);
        }
        if news.lights.contains(&Light::PassEntered)
            && let PassState::Held(held) = &mut self.pass
            && held.entered_at.is_none()
        {
            held.entered(cx.now.mono);
            cx.record(Event::PassEntered {
                pass: held.id.clone(),
            });
        }
        if self.evidence.pass.consumed
            && let PassState::Held(held) = &mut self.pass
        {
            held.consume();
        }
        if let Some(proof) = &news.registered {
            cx.record(Event::Registered {
                kind: proof.kind,
                device_name: self.evidence.device_name.clone(),
                method: proof.method.clone(),
            });
            self.watch_on(proof, cx);
            self.hide();
            // Whatever the person was looking up: now it is said that it worked.
            self.shows = PhoneScreenReport::Row;
        }
    }
}

/// The pass whose traces count: the one held, while it can be entered.
fn waited_for<'a>(pass: &'a PassState, own: &'a [PassId], now: Now) -> Option<WaitedFor<'a>> {
    let held = pass.held().filter(|held| !held.ended(now))?;
    Some(WaitedFor {
        pass: &held.id,
        start: held.start,
        of_visit: own,
    })
}

/// What the looks of a visit on this walk-through are for.
pub(super) fn aim<'a>(cx: &Context<'a>) -> Aim<'a> {
    Aim {
        done: super::route::aimed(cx.pack.route, cx.policy.done),
        old_apps: &cx.policy.old_apps,
    }
}
