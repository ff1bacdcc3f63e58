//! Removing what was registered before: an intent on the disk, then each method, then the sessions.

use super::looking::RemovedLook;
use super::{MethodEnd, Step, kind};
use crate::effect::{Effect, EffectFailure, EffectId, NotRecorded, PassRemoval};
use crate::ids::UserId;
use crate::person::directory::Operator;
use crate::person::uninvited_kind::UninvitedKind;
use crate::record::{Event, PhoneEvent};
use crate::registration::identity::id;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Board, Context, VisitEffects, sign_in_again};

/// A question whose visit is over: what comes of it is written down all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unheard {
    Method {
        effect: EffectId,
        method: String,
        kind: UninvitedKind,
        user: UserId,
    },
    Sessions {
        effect: EffectId,
    },
}

impl Unheard {
    pub(crate) fn effect(&self) -> EffectId {
        match self {
            Self::Method { effect, .. } | Self::Sessions { effect } => *effect,
        }
    }
}

/// What is written down of a method's removal.
pub(crate) fn method_event(
    method: &str,
    removed: &Result<PassRemoval, EffectFailure>,
) -> PhoneEvent {
    let method = method.to_owned();
    match removed {
        Ok(PassRemoval::Removed) => PhoneEvent::EarlierMethodRemoved { method },
        // A copy of the directory that is behind says so, too.
        Ok(PassRemoval::NotThere) => PhoneEvent::EarlierMethodNotRemoved {
            method,
            code: TroubleCode::MethodNotThere,
        },
        Err(failure) => PhoneEvent::EarlierMethodNotRemoved {
            method,
            code: failure.trouble.code,
        },
    }
}

pub(crate) fn sessions_event(ended: &Result<(), EffectFailure>) -> PhoneEvent {
    match ended {
        Ok(()) => PhoneEvent::SessionsEnded,
        Err(failure) => PhoneEvent::SessionsNotEnded {
            code: failure.trouble.code,
        },
    }
}

/// Nothing of it was sent.
fn record_not_sent(methods: Vec<String>, sessions: bool, code: TroubleCode, cx: &mut Context<'_>) {
    for method in methods {
        cx.record(Event::Phone(PhoneEvent::EarlierMethodNotRemoved {
            method,
            code,
        }));
    }
    if sessions {
        cx.record(Event::Phone(PhoneEvent::SessionsNotEnded { code }));
    }
}

impl Board {
    /// The visit ends: what is on its way is heard by the desk, which goes on looking for what was removed, and what was
    /// not sent never is.
    pub(in crate::visit) fn close_old_phone(
        &mut self,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) {
        match std::mem::take(&mut self.old_phone.step) {
            Step::Nothing => {}
            Step::Writing {
                methods, sessions, ..
            } => record_not_sent(methods, sessions, TroubleCode::VisitGone, cx),
            Step::Removing { methods, sessions } => {
                record_not_sent(Vec::new(), sessions, TroubleCode::VisitGone, cx);
                let unheard = methods.into_iter().filter_map(|(effect, method)| {
                    let kind = self.kind_of(&method)?;
                    let user = self.person.id.clone();
                    Some(Unheard::Method {
                        effect,
                        method,
                        kind,
                        user,
                    })
                });
                after.unheard.extend(unheard);
            }
            Step::EndingSessions { effect } => after.unheard.push(Unheard::Sessions { effect }),
        }
        let looks = std::mem::take(&mut self.old_phone.looks);
        after.removed = looks.go_on(cx.now.mono).map(|looks| RemovedLook {
            subject: cx.subject(&self.person.id),
            looks,
        });
    }

    /// Which of the person's phones this is.
    pub(super) fn kind_of(&self, method: &str) -> Option<UninvitedKind> {
        let known = self.baseline.methods.iter();
        let mut known = known.filter(|known| id(known) == Some(method));
        known.find_map(kind)
    }

    /// The operator's yes: it is written down first.
    pub(super) fn take_out(
        &mut self,
        (methods, sessions): (Vec<String>, bool),
        operator: &Operator,
        cx: &mut Context<'_>,
    ) {
        let effect = cx.record(Event::Phone(PhoneEvent::EarlierMethodsIntent {
            operator: operator.oid.clone(),
            user: self.person.id.clone(),
            upn: self.person.upn.to_string(),
            methods: methods.clone(),
            sessions,
        }));
        self.old_phone.step = Step::Writing {
            effect,
            methods,
            sessions,
        };
    }

    /// The intent was written down, or could not be.
    pub(in crate::visit) fn on_old_phone_intent(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if !matches!(self.old_phone.step, Step::Writing { effect, .. } if effect == id) {
            return None;
        }
        let Step::Writing {
            methods, sessions, ..
        } = std::mem::take(&mut self.old_phone.step)
        else {
            return None;
        };
        let refused = match (written, cx.operator) {
            (Ok(()), Some(_)) => None,
            (Ok(()), None) => Some(sign_in_again()),
            (Err(NotRecorded), _) => Some(Trouble::new(TroubleCode::PhoneNotRecorded)),
        };
        match &refused {
            Some(trouble) => record_not_sent(methods, sessions, trouble.code, cx),
            None => self.remove(methods, sessions, cx),
        }
        refused
    }

    fn remove(&mut self, methods: Vec<String>, sessions: bool, cx: &mut Context<'_>) {
        let mut asked = std::collections::BTreeMap::new();
        for method in methods {
            let Some(kind) = self.kind_of(&method) else {
                continue;
            };
            cx.rate_limit.spend(cx.glance.now.mono);
            let effect = cx.push(Effect::RemoveMethod {
                user: self.person.id.clone(),
                kind,
                method: method.clone(),
            });
            asked.insert(effect, method);
        }
        self.old_phone.step = Step::Removing {
            methods: asked,
            sessions,
        };
        self.go_on_taking_out(cx);
    }

    /// Once every method has had its answer, the sessions are next: whoever has the phone must not sign in anew.
    fn go_on_taking_out(&mut self, cx: &mut Context<'_>) {
        if let Step::Removing { methods, sessions } = &self.old_phone.step
            && methods.is_empty()
        {
            self.old_phone.step = match sessions {
                true => Step::EndingSessions {
                    effect: cx.push(Effect::EndSessions {
                        user: self.person.id.clone(),
                    }),
                },
                false => Step::Nothing,
            };
        }
        if !self.old_phone.is_busy() {
            self.look_for_removed(cx);
        }
    }

    /// A method was removed, or could not be.
    pub(in crate::visit) fn on_old_method(
        &mut self,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
        cx: &mut Context<'_>,
    ) {
        let Step::Removing { methods, .. } = &mut self.old_phone.step else {
            return;
        };
        let Some(method) = methods.remove(&id) else {
            return;
        };
        cx.record(Event::Phone(method_event(&method, &removed)));
        let end = match removed {
            Ok(PassRemoval::Removed) => {
                self.seek_removed(&method, cx);
                MethodEnd::Removed
            }
            Ok(PassRemoval::NotThere) => {
                MethodEnd::NotRemoved(Trouble::new(TroubleCode::MethodNotThere))
            }
            Err(failure) => MethodEnd::NotRemoved(failure.trouble),
        };
        self.old_phone.ends.insert(method, end);
        self.go_on_taking_out(cx);
    }

    /// The person's sessions were ended, or could not be.
    pub(in crate::visit) fn on_sessions_ended(
        &mut self,
        id: EffectId,
        ended: Result<(), EffectFailure>,
        cx: &mut Context<'_>,
    ) {
        if !matches!(self.old_phone.step, Step::EndingSessions { effect } if effect == id) {
            return;
        }
        self.old_phone.step = Step::Nothing;
        cx.record(Event::Phone(sessions_event(&ended)));
        self.old_phone.sessions = Some(ended.map_err(|failure| failure.trouble));
        self.look_for_removed(cx);
    }
}
