//! What came of a phone that was there before, once the visit that asked is over: it is written down all the same, and
//! what was removed is looked for until it is seen to be gone.

use super::Desk;
use crate::effect::{Effect, EffectFailure, EffectId, PassRemoval, Reading};
use crate::ids::{Subject, VisitId};
use crate::record::{Event, PhoneEvent};
use crate::time::{Mono, Now};
use crate::visit::{Looks, RemovedLook, Unheard, method_event, sessions_event};

impl Desk {
    /// Whether this answer was one of them.
    pub(super) fn method_unheard(
        &mut self,
        id: EffectId,
        removed: &Result<PassRemoval, EffectFailure>,
        now: Now,
    ) -> bool {
        let heard = self.hear_late(id, |unheard| match unheard {
            Unheard::Method { method, .. } => Some(method_event(method, removed)),
            Unheard::Sessions { .. } => None,
        });
        match (heard, removed) {
            (Some((visit, unheard)), Ok(PassRemoval::Removed)) => {
                self.seek_unheard(visit, unheard, now);
                true
            }
            (heard, _) => heard.is_some(),
        }
    }

    /// It was removed, as the service says.
    fn seek_unheard(&mut self, visit: VisitId, unheard: Unheard, now: Now) {
        let Unheard::Method {
            method, kind, user, ..
        } = unheard
        else {
            return;
        };
        let known = self.removed.iter_mut();
        let mut known = known.filter(|look| look.subject.visit == visit);
        if let Some(look) = known.next() {
            return look.looks.seek(&method, kind, now.mono);
        }
        let mut looks = Looks::default();
        looks.seek(&method, kind, now.mono);
        self.removed.push(RemovedLook {
            subject: Subject { visit, user },
            looks,
        });
    }

    /// As [`Self::method_unheard`].
    pub(super) fn sessions_unheard(
        &mut self,
        id: EffectId,
        ended: &Result<(), EffectFailure>,
    ) -> bool {
        let heard = self.hear_late(id, |unheard| match unheard {
            Unheard::Sessions { .. } => Some(sessions_event(ended)),
            Unheard::Method { .. } => None,
        });
        heard.is_some()
    }

    fn hear_late(
        &mut self,
        id: EffectId,
        event: impl Fn(&Unheard) -> Option<PhoneEvent>,
    ) -> Option<(VisitId, Unheard)> {
        let of_id = |(_, unheard): &(_, Unheard)| unheard.effect() == id;
        let place = self.unheard.iter().position(of_id)?;
        let (visit, unheard) = self.unheard.swap_remove(place);
        if let Some(event) = event(&unheard) {
            self.effects.record(Some(visit), Event::Phone(event));
        }
        Some((visit, unheard))
    }

    /// When something that was removed is to be looked for again.
    pub(super) fn removed_due(&self) -> Option<Mono> {
        self.session.operator()?;
        let looks = self.removed.iter();
        let due = looks.filter_map(|look| look.looks.due(&self.rate_limit));
        due.min()
    }

    /// Without an operator nobody can look: the record says so, as it does of what nobody saw gone.
    pub(super) fn look_for_removed(&mut self, now: Now) -> bool {
        if self.session.operator().is_none() {
            return false;
        }
        let scopes = self.policy.scopes;
        let mut left = false;
        for look in &mut self.removed {
            let next = look.looks.next(scopes, now.mono, &mut self.rate_limit);
            let Some(wants) = next else { continue };
            let effect = Effect::ReadMethods {
                user: look.subject.user.clone(),
                asked_for: true,
                wants: wants.clone(),
            };
            let effect = self.effects.push(Some(look.subject.visit), effect);
            look.looks.sent(effect, wants, now.mono);
            left = true;
        }
        left
    }

    /// Whether one of these looks waited for this answer.
    pub(super) fn removed_looked_for(
        &mut self,
        id: EffectId,
        read: &Result<Reading, EffectFailure>,
        now: Now,
    ) -> bool {
        let mut looks = self.removed.iter_mut();
        let answered = looks.find_map(|look| look.looks.answered(id).map(|asked| (look, asked)));
        let Some((look, (asked, _))) = answered else {
            return false;
        };
        let shown = look.looks.take(read, &asked, now.mono);
        let visit = Some(look.subject.visit);
        for event in shown.events() {
            self.effects.record(visit, event);
        }
        self.removed.retain(|look| look.looks.seeks());
        self.look_for_removed(now);
        true
    }
}
