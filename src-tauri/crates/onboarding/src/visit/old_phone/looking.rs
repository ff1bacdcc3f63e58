//! Whether what was removed is gone: an answer alone is not believed. Two looks in a row that no longer show it are,
//! and a copy of the directory that is behind has a minute.

use std::collections::BTreeMap;

use super::{MethodEnd, kind};
use crate::effect::{Effect, EffectFailure, EffectId, Reading};
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
pub(super) struct Looks {
    removed: BTreeMap<String, Trace>,
    due: Option<Mono>,
    in_flight: Option<(EffectId, MethodQuery)>,
}

/// What the looks show of one of them.
#[derive(Debug)]
struct Trace {
    kind: UninvitedKind,
    /// Looks in a row without it, and with it.
    without: u8,
    with: u8,
    gone: bool,
    /// Until when it may only be a copy that is behind.
    until: Mono,
}

impl Looks {
    /// Something was removed, by the service's own word.
    pub(super) fn seek(&mut self, method: &str, kind: UninvitedKind, now: Mono) {
        let trace = Trace {
            kind,
            without: 0,
            with: 0,
            gone: false,
            until: now.after_s(LAG_S),
        };
        self.removed.insert(method.to_owned(), trace);
        self.due = Some(now);
    }

    /// Something is not known to be gone.
    pub(super) fn seeks(&self) -> bool {
        self.removed.values().any(|trace| !trace.gone)
    }

    pub(super) fn due(&self, rate_limit: &RateLimit) -> Option<Mono> {
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

    /// What one look shows; gives what still stands there though its time is over.
    fn see(&mut self, read: &MethodRead, asked: &MethodQuery, now: Mono) -> Vec<String> {
        let mut back = Vec::new();
        for (method, trace) in &mut self.removed {
            if !asked.shows(registered(trace.kind)) {
                continue;
            }
            if read.methods.iter().any(|listed| id(listed) == Some(method)) {
                trace.without = 0;
                trace.with = trace.with.saturating_add(1);
                if trace.with >= AGREEING && now >= trace.until {
                    back.push(method.clone());
                }
            } else {
                trace.with = 0;
                trace.without = trace.without.saturating_add(1);
                trace.gone |= trace.without >= AGREEING;
            }
        }
        back.iter().for_each(|method| {
            self.removed.remove(method);
        });
        back
    }

    /// Nobody could say in its time whether these are gone.
    fn unseen(&mut self, now: Mono) -> Vec<String> {
        let over = |_: &String, trace: &mut Trace| !trace.gone && now >= trace.until;
        let over = self.removed.extract_if(.., over);
        over.map(|(method, _)| method).collect()
    }

    /// When to look again: the second of two agreeing looks comes at once.
    fn plan(&mut self, now: Mono) {
        let mut sought = self.removed.values().filter(|trace| !trace.gone);
        let again = sought.clone().any(|trace| trace.without > 0);
        let next = if again { now } else { now.after_ms(EVERY_MS) };
        self.due = sought.next().map(|_| next);
    }
}

fn registered(kind: UninvitedKind) -> RegisteredKind {
    match kind {
        UninvitedKind::AuthenticatorPasskey => RegisteredKind::Passkey,
        UninvitedKind::Authenticator
        | UninvitedKind::Phone
        | UninvitedKind::Email
        | UninvitedKind::Codes
        | UninvitedKind::WindowsHello
        | UninvitedKind::PlatformCredential
        | UninvitedKind::SecurityKey
        | UninvitedKind::Other => RegisteredKind::PhoneSignIn,
    }
}

impl Board {
    /// One of them was removed, as the service says: from now on it is looked for.
    pub(super) fn seek_removed(&mut self, method: &str, cx: &Context<'_>) {
        let known = self.baseline.methods.iter();
        let mut known = known.filter(|known| id(known) == Some(method));
        if let Some(kind) = known.find_map(kind) {
            self.old_phone.looks.seek(method, kind, cx.now.mono);
        }
    }

    /// Looks for what was removed, where that is due and somebody may look.
    pub(in crate::visit) fn look_for_removed(&mut self, cx: &mut Context<'_>) -> bool {
        let now = cx.now.mono;
        let looks = &mut self.old_phone.looks;
        let due = looks.due.is_some_and(|due| due <= now) && looks.in_flight.is_none();
        let Some(wants) = looks.question(cx.policy.scopes) else {
            looks.due = None;
            return false;
        };
        if !due || !cx.may_look || cx.rate_limit.try_spend_asked(now).is_err() {
            return false;
        }
        let effect = cx.push(Effect::ReadMethods {
            user: self.person.id.clone(),
            asked_for: true,
            wants: wants.clone(),
        });
        self.old_phone.looks.in_flight = Some((effect, wants));
        true
    }

    /// Whether this is the answer to such a look, and what it shows.
    pub(in crate::visit) fn on_removed_looked_for(
        &mut self,
        of: EffectId,
        answer: &Result<Reading, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> bool {
        let looks = &mut self.old_phone.looks;
        let Some((_, asked)) = looks.in_flight.take_if(|(effect, _)| *effect == of) else {
            return false;
        };
        match answer {
            Ok(Reading::Methods(read)) => self.see_removed(read, &asked, cx),
            Ok(Reading::Devices(_)) => {}
            Err(failure) => {
                let over = looks.unseen(cx.now.mono);
                self.open_again(over, failure.trouble.code, cx);
            }
        }
        self.old_phone.looks.plan(cx.now.mono);
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
        let back = self.old_phone.looks.see(read, asked, cx.now.mono);
        self.open_again(back, TroubleCode::MethodStillThere, cx);
    }

    /// It is there after all: it is told, and can be removed again.
    fn open_again(&mut self, methods: Vec<String>, code: TroubleCode, cx: &mut Context<'_>) {
        for method in methods {
            let end = MethodEnd::NotRemoved(Trouble::new(code));
            self.old_phone.ends.insert(method.clone(), end);
            cx.record(Event::Phone(PhoneEvent::EarlierMethodNotRemoved {
                method,
                code,
            }));
        }
    }

    /// When the next of these looks is due.
    pub(in crate::visit) fn removed_due(&self, rate_limit: &RateLimit) -> Option<Mono> {
        self.old_phone.looks.due(rate_limit)
    }
}
