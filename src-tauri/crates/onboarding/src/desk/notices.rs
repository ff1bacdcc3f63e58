//! Notices that a pass was issued and that nobody took so far: each is tried again at a falling pace, by whoever is signed
//! in.

use super::Desk;
use super::owed_notice::{At, FIRST_WAIT_S, LONGEST_WAIT_S, Notice};
use crate::effect::{Effect, EffectFailure, EffectId, NotRecorded};
use crate::ids::VisitId;
use crate::notice::{HandedOver, LetterKind};
use crate::record::{Event, LetterEvent, NoticeKey};
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::notice_again;
use crate::walkthrough::pack::Route;

impl Desk {
    /// Sends what is due, and gives up what was tried enough; says whether anything happened.
    pub(super) fn send_notices(&mut self, now: Now) -> bool {
        let gave_up = self.give_up_notices();
        let owed = &self.effects.notices;
        self.notices
            .retain(|key, it| owed.of(*key).is_some() || matches!(it.at, At::Sending { .. }));
        // What is under way without the desk is its visit's.
        for (key, _) in owed.owed().filter(|(_, owed)| !owed.under_way) {
            self.notices.entry(*key).or_insert(Notice {
                at: At::Waiting {
                    due: now.mono.after_s(FIRST_WAIT_S),
                },
                wait_s: FIRST_WAIT_S * 2,
            });
        }
        if self.session.operator().is_none() {
            // Whoever signs in next may be allowed to what this one was not.
            for it in self.notices.values_mut() {
                if let At::Waiting { due } = &mut it.at {
                    *due = now.mono;
                }
            }
            return gave_up;
        }
        let waiting = self
            .notices
            .iter()
            .filter_map(|(key, it)| Some((*key, it.due()?)));
        let due: Vec<_> = waiting.filter(|(_, due)| *due <= now.mono).collect();
        for (key, _) in &due {
            self.write_notice_intent(*key);
        }
        gave_up || !due.is_empty()
    }

    /// When the next of them is sent; nobody sends while nobody is signed in.
    pub(super) fn notices_due(&self) -> Option<Mono> {
        self.session.operator()?;
        self.notices.values().filter_map(Notice::due).min()
    }

    /// A visit is over, and what is on its way is heard here.
    pub(super) fn hears_notice(&mut self, key: NoticeKey, effect: EffectId) {
        let at = At::Sending { effect };
        let wait_s = FIRST_WAIT_S;
        self.notices.insert(key, Notice { at, wait_s });
    }

    fn give_up_notices(&mut self) -> bool {
        let mails = self.policy.notice.is_some();
        let now = self.effects.now;
        let over = self
            .effects
            .notices
            .owed()
            .filter(|(_, owed)| owed.is_over(now) || !(mails || owed.under_way));
        let over: Vec<_> = over.map(|(key, owed)| (*key, owed.code)).collect();
        for ((visit, letter), code) in &over {
            let (letter, code) = (*letter, code.unwrap_or(TroubleCode::MailUnclear));
            let entry = LetterEvent::NoticeGivenUp { letter, code };
            self.effects.record(Some(*visit), Event::Letter(entry));
        }
        !over.is_empty()
    }

    /// Each try has an intent: where the station stops in the middle of it, it counts as one that may have succeeded.
    fn write_notice_intent(&mut self, key: NoticeKey) {
        let Some(owed) = self.effects.notices.of(key).cloned() else {
            return;
        };
        let (visit, letter) = key;
        let effect = self.effects.record(
            Some(visit),
            Event::Letter(LetterEvent::NoticeIntent {
                letter,
                user: owed.user,
                pass: owed.pass,
                issued: owed.issued,
            }),
        );
        self.set_notice(key, At::Writing { effect });
    }

    fn set_notice(&mut self, key: NoticeKey, at: At) {
        if let Some(it) = self.notices.get_mut(&key) {
            it.at = at;
        }
    }

    fn notice_where(&self, stands: impl Fn(At) -> bool) -> Option<NoticeKey> {
        let found = self.notices.iter().find(|(_, it)| stands(it.at));
        found.map(|(key, _)| *key)
    }

    pub(super) fn on_notice_intent(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        now: Now,
    ) {
        let waits = |at: At| matches!(at, At::Writing { effect } if effect == id);
        let Some(key) = self.notice_where(waits) else {
            return;
        };
        let owed = self.effects.notices.of(key).cloned();
        let (Some(owed), Ok(())) = (owed, written) else {
            self.effects.notices.never_meant(key);
            return self.notice_waits(key, now);
        };
        let (visit, what) = key;
        let cx = self.glance((visit, Route::AddAccount), now, &[]);
        let letter = Box::new(notice_again(
            what,
            &owed.user,
            (&owed.name, owed.issued),
            &cx,
        ));
        let effect = self
            .effects
            .push(Some(visit), Effect::SendLetter { letter });
        self.set_notice(key, At::Sending { effect });
    }

    /// Whether the desk waits for this answer, and not a visit.
    pub(super) fn sends_notice(&self, id: EffectId) -> bool {
        let waits = |at: At| matches!(at, At::Sending { effect } if effect == id);
        self.notice_where(waits).is_some()
    }

    /// Somebody took it, or nobody did.
    pub(super) fn on_notice(
        &mut self,
        id: EffectId,
        answer: Result<HandedOver, EffectFailure>,
        now: Now,
    ) {
        let waits = |at: At| matches!(at, At::Sending { effect } if effect == id);
        let Some(key) = self.notice_where(waits) else {
            return;
        };
        let (visit, letter) = key;
        let entry = match &answer {
            Ok(handed) => {
                let way = handed.way;
                LetterEvent::LetterHandedOver { letter, way }
            }
            Err(failure) => {
                let code = failure.trouble.code;
                LetterEvent::LetterNotHandedOver { letter, code }
            }
        };
        self.effects.record(Some(visit), Event::Letter(entry));
        self.notice_waits(key, now);
        self.tell_notice(
            visit,
            letter,
            answer.err().map(|failure| failure.trouble),
            now,
        );
    }

    fn notice_waits(&mut self, key: NoticeKey, now: Now) {
        if self.effects.notices.of(key).is_none() {
            self.notices.remove(&key);
            return;
        }
        if let Some(it) = self.notices.get_mut(&key) {
            let due = now.mono.after_s(it.wait_s);
            it.at = At::Waiting { due };
            it.wait_s = (it.wait_s * 2).min(LONGEST_WAIT_S);
        }
    }

    /// A visit that still says what became of it says the last word.
    fn tell_notice(
        &mut self,
        visit: VisitId,
        letter: LetterKind,
        trouble: Option<Trouble>,
        now: Now,
    ) {
        // It may be over.
        let _told = self.with_visit(visit, now, |visit, _| visit.notice_sent(letter, trouble));
    }
}
