//! Whether what was removed is gone: an answer alone is not believed. Two looks in a row that no longer show it are,
//! and a copy of the directory that is behind has a minute. They go on when the visit is over.

use std::collections::BTreeMap;

use super::MethodEnd;
use crate::effect::{Effect, EffectFailure, EffectId, Reading};
use crate::ids::Subject;
use crate::person::directory::MethodRead;
use crate::person::uninvited_kind::UninvitedKind;
use crate::policy::Scopes;
use crate::quota::rate_limit::RateLimit;
use crate::reading::MethodQuery;
use crate::record::{Event, PhoneEvent, RegisteredKind};
use crate::registration::identity::id;
use crate::time::Mono;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Board, Context};

/// Looks in a row that must agree.
const AGREEING: u8 = 2;
/// What a copy of the directory may be behind by.
const LAG_S: u64 = 60;
/// Between two looks while it is still shown.
const EVERY_MS: u64 = 5_000;

/// The looks for what was removed.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    removed: BTreeMap<String, Trace>,
    due: Option<Mono>,
    in_flight: Option<InFlight>,
}

/// What was removed and is not seen to be gone, of a visit that is over.
#[derive(Debug)]
pub(crate) struct RemovedLook {
    pub(crate) subject: Subject,
    pub(crate) looks: Looks,
}

/// A look that is on its way.
#[derive(Debug)]
struct InFlight {
    effect: EffectId,
    asked: MethodQuery,
    sent: Mono,
}

/// What a look shows of what was removed.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// These are gone.
    gone: Vec<String>,
    /// These are there though their time is over, or nobody could say in it; and why.
    there: Vec<String>,
    why: Option<TroubleCode>,
}

impl Shown {
    /// What is written down of it.
    pub(crate) fn events(&self) -> impl Iterator<Item = Event> {
        let gone = self.gone.iter().cloned();
        let gone = gone.map(|method| PhoneEvent::EarlierMethodGone { method });
        let code = self.why.unwrap_or(TroubleCode::MethodStillThere);
        let there = self.there.iter().cloned();
        let there = there.map(move |method| PhoneEvent::EarlierMethodNotRemoved { method, code });
        gone.chain(there).map(Event::Phone)
    }
}

/// What the looks show of one of them.
#[derive(Debug)]
struct Trace {
    kind: UninvitedKind,
    /// Looks in a row without it.
    without: u8,
    gone: bool,
    /// Until when it may only be a copy that is behind.
    until: Mono,
}

impl Looks {
    /// Something was removed, by the service's own word.
    pub(crate) fn seek(&mut self, method: &str, kind: UninvitedKind, now: Mono) {
        let trace = Trace {
            kind,
            without: 0,
            gone: false,
            until: now.after_s(LAG_S),
        };
        self.removed.insert(method.to_owned(), trace);
        self.due = Some(now);
    }

    /// Something is not known to be gone.
    pub(crate) fn seeks(&self) -> bool {
        self.removed.values().any(|trace| !trace.gone)
    }

    pub(crate) fn due(&self, rate_limit: &RateLimit) -> Option<Mono> {
        let due = self.due.filter(|_| self.in_flight.is_none())?;
        Some(rate_limit.asked_slot(due))
    }

    /// The next question: one list shows everything, and with narrow scopes each kind has its own.
    fn question(&self, scopes: Scopes) -> Option<MethodQuery> {
        let sought = self.removed.values().find(|trace| !trace.gone)?;
        Some(match (scopes, registered(sought.kind)) {
            (Scopes::Wide, _) => MethodQuery::Everything,
            (Scopes::Narrow, RegisteredKind::PhoneSignIn) => MethodQuery::Authenticators,
            (Scopes::Narrow, RegisteredKind::Passkey) => MethodQuery::Passkeys,
        })
    }

    /// The visit is over: the looks begin anew, each with the time that it had.
    pub(crate) fn go_on(mut self, now: Mono) -> Option<Self> {
        self.in_flight = None;
        self.due = Some(now);
        self.seeks().then_some(self)
    }

    /// The question to send now, where one is due and there is a place for it.
    pub(crate) fn next(
        &mut self,
        scopes: Scopes,
        now: Mono,
        rate_limit: &mut RateLimit,
    ) -> Option<MethodQuery> {
        let Some(wants) = self.question(scopes) else {
            self.due = None;
            return None;
        };
        let due = self.due.is_some_and(|due| due <= now) && self.in_flight.is_none();
        (due && rate_limit.try_spend_asked(now).is_ok()).then_some(wants)
    }

    pub(crate) fn sent(&mut self, effect: EffectId, asked: MethodQuery, sent: Mono) {
        self.in_flight = Some(InFlight {
            effect,
            asked,
            sent,
        });
    }

    /// What was asked and when, where this is its answer.
    pub(crate) fn answered(&mut self, of: EffectId) -> Option<(MethodQuery, Mono)> {
        let look = self.in_flight.take_if(|look| look.effect == of)?;
        Some((look.asked, look.sent))
    }

    /// What such an answer shows, and when to look again.
    pub(crate) fn take(
        &mut self,
        answer: &Result<Reading, EffectFailure>,
        asked: &MethodQuery,
        now: Mono,
    ) -> Shown {
        let shown = match answer {
            Ok(Reading::Methods(read)) => self.see(read, asked, now),
            Ok(Reading::Devices(_)) => Shown::default(),
            Err(failure) => Shown {
                gone: Vec::new(),
                there: self.unseen(now),
                why: Some(failure.trouble.code),
            },
        };
        self.plan(answer.is_err(), now);
        shown
    }

    /// What one look shows.
    fn see(&mut self, read: &MethodRead, asked: &MethodQuery, now: Mono) -> Shown {
        let mut shown = Shown::default();
        for (method, trace) in &mut self.removed {
            if !asked.shows(registered(trace.kind)) {
                continue;
            }
            if read.methods.iter().any(|listed| id(listed) == Some(method)) {
                trace.without = 0;
                // Whichever copy says so: copies that say one thing and the other in turn end here as well.
                if now >= trace.until {
                    shown.there.push(method.clone());
                }
            } else {
                trace.without = trace.without.saturating_add(1);
                if trace.without >= AGREEING && !std::mem::replace(&mut trace.gone, true) {
                    shown.gone.push(method.clone());
                }
            }
        }
        shown.there.iter().for_each(|method| {
            self.removed.remove(method);
        });
        shown
    }

    /// Nobody could say in its time whether these are gone.
    fn unseen(&mut self, now: Mono) -> Vec<String> {
        let over = |_: &String, trace: &mut Trace| !trace.gone && now >= trace.until;
        let over = self.removed.extract_if(.., over);
        over.map(|(method, _)| method).collect()
    }

    /// When to look again: the second of two agreeing looks comes at once.
    fn plan(&mut self, failed: bool, now: Mono) {
        let mut sought = self.removed.values().filter(|trace| !trace.gone);
        let again = !failed && sought.clone().any(|trace| trace.without > 0);
        let next = if again { now } else { now.after_ms(EVERY_MS) };
        self.due = sought.next().map(|_| next);
    }
}

fn registered(kind: UninvitedKind) -> RegisteredKind {
    match kind == UninvitedKind::AuthenticatorPasskey {
        true => RegisteredKind::Passkey,
        false => RegisteredKind::PhoneSignIn,
    }
}

impl Board {
    /// One of them was removed, as the service says: from now on it is looked for.
    pub(super) fn seek_removed(&mut self, method: &str, cx: &Context<'_>) {
        if let Some(kind) = self.kind_of(method) {
            self.old_phone.looks.seek(method, kind, cx.now.mono);
        }
    }

    /// Looks for what was removed, where that is due and somebody may look.
    pub(in crate::visit) fn look_for_removed(&mut self, cx: &mut Context<'_>) -> bool {
        let now = cx.now.mono;
        if !cx.may_look {
            return false;
        }
        let looks = &mut self.old_phone.looks;
        let Some(wants) = looks.next(cx.policy.scopes, now, cx.rate_limit) else {
            return false;
        };
        let effect = cx.push(Effect::ReadMethods {
            user: self.person.id.clone(),
            asked_for: true,
            wants: wants.clone(),
        });
        self.old_phone.looks.sent(effect, wants, now);
        true
    }

    /// Whether this is the answer to such a look, and what it shows.
    pub(in crate::visit) fn on_removed_looked_for(
        &mut self,
        of: EffectId,
        answer: &Result<Reading, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> bool {
        let Some((asked, sent)) = self.old_phone.looks.answered(of) else {
            return false;
        };
        if let Ok(read) = answer {
            self.notice(read, &asked, sent, cx);
        }
        let looks = &mut self.old_phone.looks;
        let shown = looks.take(answer, &asked, cx.now.mono);
        self.open_again(shown, cx);
        self.look_for_removed(cx);
        true
    }

    /// What any look at the person's methods shows of what was removed.
    pub(in crate::visit) fn see_removed(
        &mut self,
        read: &MethodRead,
        asked: &MethodQuery,
        cx: &mut Context<'_>,
    ) {
        let shown = self.old_phone.looks.see(read, asked, cx.now.mono);
        self.open_again(shown, cx);
    }

    /// What is there after all is told, and can be removed again.
    fn open_again(&mut self, shown: Shown, cx: &mut Context<'_>) {
        shown.events().for_each(|event| {
            cx.record(event);
        });
        let code = shown.why.unwrap_or(TroubleCode::MethodStillThere);
        for method in shown.there {
            let end = MethodEnd::NotRemoved(Trouble::new(code));
            self.old_phone.ends.insert(method, end);
        }
    }

    /// When the next of these looks is due.
    pub(in crate::visit) fn removed_due(&self, rate_limit: &RateLimit) -> Option<Mono> {
        self.old_phone.looks.due(rate_limit)
    }
}
