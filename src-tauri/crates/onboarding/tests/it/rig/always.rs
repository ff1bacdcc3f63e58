//! What must hold at every moment, looked at after every step.

use onboarding::record::{Event, TelephoneEvent};
use onboarding::{
    CallerWay, Effect, InFront, OperatorScreen, OperatorView, PersonPass, PersonScreen, Task,
    UserId, VisitId, VisitScreen,
};

use super::Rig;
use crate::flying::describe;
use crate::old_phone_always;
use crate::transitions::Seen;

impl Rig {
    pub(super) fn emitted(&mut self, task: &Task) {
        self.log.push(describe(task));
        let visit = task.visit;
        if let Effect::IssuePass { request, permit } = &task.effect {
            let for_user = permit.user();
            let of_user = |entry: &Event, wanted: &UserId| matches!(entry, Event::IdentityChecked { user, .. } if user == wanted);
            let proofed = self
                .world
                .record
                .iter()
                .any(|(of, entry)| *of == visit && of_user(entry, for_user));
            assert!(proofed, "asked for a pass without a durable identity check");
            let asking = |flying: &Task| matches!(&flying.effect, Effect::IssuePass { permit: other, .. } if other.user() == for_user);
            assert!(
                !self.flying.iter().any(asking),
                "two questions for one person at once"
            );
            let durable = self.world.record.iter().any(|(of, entry)| {
                *of == visit
                    && matches!(entry, Event::PassIntent { intent, user, client_request_id, .. }
                        if *intent == request.intent
                            && user == for_user
                            && *client_request_id == request.client_request_id)
            });
            assert!(
                durable,
                "I2: asked for a pass without a durable intent that names the request"
            );
            self.caller_is_proofed(visit);
        }
        old_phone_always::holds(self, task);
        let named = match (&task.effect, visit) {
            (
                Effect::Record {
                    entry: Event::PersonChosen { user, .. },
                },
                Some(visit),
            ) => {
                self.users.insert(visit, user.clone());
                None
            }
            (
                Effect::ReadMethods { user, .. }
                | Effect::RemovePass { user, .. }
                | Effect::RemoveMethod { user, .. }
                | Effect::EndSessions { user },
                Some(visit),
            ) => Some((visit, user)),
            (Effect::IssuePass { permit, .. }, Some(visit)) => Some((visit, permit.user())),
            _ => None,
        };
        if let Some((visit, user)) = named {
            assert!(
                self.users.get(&visit).is_none_or(|of| of == user),
                "an effect of another visit's person"
            );
        }
    }

    /// Looks at every view: revisions grow, no pass where it does not belong, none before its record is durable.
    pub(super) fn check(&mut self, trigger: &str) {
        let revision = self.desk.revision();
        assert!(revision >= self.revision, "the revision went back");
        let same = std::mem::replace(&mut self.revision, revision) == revision;
        if same && trigger == "time" {
            return;
        }
        let operator = self.view();
        let calls = self.read_out(&operator);
        self.leaks_nothing(&operator, calls, "the operator's view");
        let last = self.visit;
        for place in (1..=last.0 + 1).map(VisitId) {
            let Ok(view) = self.desk.person_view(Some(place), self.now) else {
                continue;
            };
            self.leaks_nothing(&view, Some(place), "a person's view");
            let front = self.desk.person_window() == place;
            assert!(
                front || matches!(view.screen, PersonScreen::Welcome { .. }),
                "a visit that is not in front is on a screen"
            );
            if let PersonScreen::Walk {
                pass: PersonPass::Shown { glyphs, .. },
                ..
            } = &view.screen
            {
                let shown: String = glyphs
                    .iter()
                    .filter_map(|glyph| char::from_u32(glyph.code))
                    .collect();
                self.may_show(&shown, place);
            }
        }
        let person = self.desk.person_view(Some(last), self.now).ok();
        self.watch
            .saw(&Seen::of(&operator, person.as_ref()), trigger);
    }

    /// N28: whoever called was proofed as the site wants, durably, and a colleague who was promised has spoken.
    fn caller_is_proofed(&self, visit: Option<VisitId>) {
        let of_visit = |(of, _): &&(Option<VisitId>, Event)| *of == visit;
        let entries = || self.world.record.iter().filter(of_visit).map(|(_, it)| it);
        let called = Event::Telephone(TelephoneEvent::VisitByTelephone);
        if !entries().any(|it| *it == called) {
            return;
        }
        let mut proofs = entries().filter_map(|it| match it {
            Event::IdentityChecked { caller, .. } => Some(caller.as_ref()),
            _ => None,
        });
        let proof = proofs.next_back().flatten().expect("no caller was proofed");
        assert!(proof.needs.met_by(&proof.ways), "too weak: {proof:?}");
        let mut confirmed = entries().filter_map(|it| match it {
            Event::PassIntent { confirmed_by, .. } => Some(confirmed_by.is_some()),
            _ => None,
        });
        let promised = proof.ways.contains(&CallerWay::Colleague);
        assert!(
            !promised || confirmed.next_back() == Some(true),
            "no colleague"
        );
    }

    /// The visit whose pass may stand on the operator's side; where it does, the record says so.
    fn read_out(&self, operator: &OperatorView) -> Option<VisitId> {
        let OperatorScreen::Visit(InFront {
            visit,
            by_telephone,
            letter: _,
            waits: _,
            screen,
        }) = &operator.screen
        else {
            return None;
        };
        if let VisitScreen::Board {
            caller: Some(board),
            ..
        } = screen
            && let Some(glyphs) = &board.glyphs
        {
            let shown: String = glyphs
                .iter()
                .filter_map(|it| char::from_u32(it.code))
                .collect();
            self.may_show(&shown, *visit);
            let mut passes = self.world.passes.iter();
            let id = passes.find(|it| it.value == shown).map(|it| &it.id);
            let said = |(of, it): &(Option<VisitId>, Event)| matches!(it, Event::Telephone(TelephoneEvent::PassReadOut { pass, .. }) if *of == Some(*visit) && Some(pass) == id);
            assert!(
                self.world.record.iter().any(said),
                "on the operator's side, and not recorded"
            );
        }
        by_telephone.and(Some(*visit))
    }

    /// I1: what is on a screen was durably recorded as issued, for this visit.
    fn may_show(&self, shown: &str, place: VisitId) {
        let pass = self
            .world
            .passes
            .iter()
            .find(|pass| pass.value == shown)
            .expect("nobody issued what is shown");
        assert_eq!(pass.visit, Some(place), "another visit's pass is shown");
        let recorded = |(_, entry): &(_, Event)| matches!(entry, Event::PassIssued { pass: id, .. } if *id == pass.id);
        assert!(
            self.world.record.iter().any(recorded),
            "I1: shown before it was recorded"
        );
    }

    fn leaks_nothing(&self, view: &impl serde::Serialize, place: Option<VisitId>, what: &str) {
        if self.world.passes.is_empty() {
            return;
        }
        let json = serde_json::to_string(view).unwrap();
        let codes: Vec<u32> = json
            .split("\"code\":")
            .skip(1)
            .filter_map(|rest| {
                rest.split(|c: char| !c.is_ascii_digit())
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        for pass in &self.world.passes {
            assert!(!json.contains(&pass.value), "{what} holds a pass as text");
            let value: Vec<u32> = pass.value.chars().map(u32::from).collect();
            let list = value
                .iter()
                .map(u32::to_string)
                .collect::<Vec<_>>()
                .join(",");
            assert!(!json.contains(&list), "{what} holds a pass as a list");
            if place.is_none() || pass.visit != place {
                assert!(
                    !codes.windows(value.len()).any(|window| window == value),
                    "{what} holds a pass"
                );
            }
        }
    }
}
