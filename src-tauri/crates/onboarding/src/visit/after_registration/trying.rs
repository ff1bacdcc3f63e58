//! The sign-in test: made ready, tried by the person, reported.

use super::password::Password;
use super::{AfterRegistration, Step, illegal, tested_event};
use crate::effect::{AfterEffect, Effect, EffectFailure, EffectId, PassRemoval};
use crate::effects::Effects;
use crate::ids::VisitId;
use crate::pass::state::PassState;
use crate::record::{Event, RemovalReason};
use crate::sign_in_test::{
    TestCause, TestPlace, TestProof, TestReport, TestResult, TestSight, Tested, TriedSignIn,
};
use crate::time::{Mono, Now, ServiceTime};
use crate::trouble::Trouble;
use crate::visit::{Board, Context, Glance, illegal_in_state, sign_in_again};
use crate::walkthrough::pack::Route;

/// A browser at the station is ended after this time, whatever it shows.
const STATION_LIMIT_S: u64 = 180;

/// A test under way.
#[derive(Debug)]
pub(super) struct Trying {
    pub(super) place: TestPlace,
    pub(super) sight: Option<TestSight>,
    /// What the person was helped with: "use the app instead" is one of the ways to pass.
    password_asked: bool,
    /// By the service's clock.
    began: ServiceTime,
    browser: Browser,
}

/// The browser at the station.
#[derive(Debug)]
enum Browser {
    /// There is none: the person uses the phone's.
    None,
    Open {
        effect: EffectId,
        until: Mono,
    },
    /// The person signed in, and the service vouches for it; the operator says whether a password was typed.
    Ended,
}

impl Trying {
    fn on_phone(now: Now) -> Self {
        Self {
            place: TestPlace::Phone,
            sight: None,
            password_asked: false,
            began: now.service,
            browser: Browser::None,
        }
    }

    fn at_station(effect: EffectId, now: Now) -> Self {
        Self {
            place: TestPlace::Station,
            sight: None,
            password_asked: false,
            began: now.service,
            browser: Browser::Open {
                effect,
                until: now.mono.after_s(STATION_LIMIT_S),
            },
        }
    }

    pub(super) fn shows(&mut self, sight: Option<TestSight>) -> Result<(), Trouble> {
        self.password_asked |= sight == Some(TestSight::PasswordAsked);
        self.sight = sight;
        Ok(())
    }

    pub(super) fn due(&self) -> Option<Mono> {
        match self.browser {
            Browser::Open { until, .. } => Some(until),
            Browser::None | Browser::Ended => None,
        }
    }

    /// Whether the station's browser is still open.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.browser, Browser::Open { .. })
    }

    /// Whether the person has signed in at the station.
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.browser, Browser::Ended)
    }

    pub(super) fn stop(&self, cx: &mut Context<'_>) {
        if self.is_open() {
            cx.push_after(AfterEffect::StopTrying);
        }
    }

    /// What the operator's or the person's word is worth here.
    fn proof(&self) -> TestProof {
        match self.place {
            TestPlace::Station => TestProof::Seen,
            TestPlace::Phone => TestProof::Word,
        }
    }
}

impl Board {
    pub(super) fn trying(&mut self) -> Result<&mut Trying, Trouble> {
        match self.after.as_mut().map(|after| &mut after.step) {
            Some(Step::Trying(trying)) => Ok(trying),
            Some(Step::MakingWay { .. } | Step::Asking(_) | Step::Password(_)) | None => {
                Err(illegal_in_state())
            }
        }
    }

    /// The places where this person can try, the one that is offered first in front.
    pub(crate) fn test_places(&self, cx: &Glance<'_>) -> Vec<TestPlace> {
        if self.by_telephone() {
            return Vec::new();
        }
        // A passkey on the phone would need Bluetooth between the station and it.
        let at_station = cx.policy.test_at_station && cx.pack.route != Route::CreatePasskey;
        let on_phone = cx.site.test_site.is_some();
        [
            at_station.then_some(TestPlace::Station),
            on_phone.then_some(TestPlace::Phone),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    pub(super) fn try_sign_in(
        &mut self,
        place: TestPlace,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let may = self.evidence.registered.is_some() && self.may_try();
        if !may || !self.test_places(cx).contains(&place) {
            return illegal();
        }
        if cx.operator.is_none() {
            return Err(sign_in_again());
        }
        let (user, pass) = match self.held() {
            Some(held) if !held.consumed && !held.ended(cx.now) => {
                (self.person.id.clone(), held.id.clone())
            }
            Some(_) | None => {
                self.begin_trying(place, cx);
                return Ok(());
            }
        };
        self.hide();
        cx.rate_limit.spend(cx.glance.now.mono);
        let effect = cx.push(Effect::RemovePass { user, pass });
        self.go_after(Step::MakingWay {
            effect,
            place,
            given_up: false,
        });
        Ok(())
    }

    /// No test yet, or one that did not pass.
    fn may_try(&self) -> bool {
        match &self.after {
            None => true,
            Some(after) => match &after.step {
                Step::Password(password) => {
                    let failed = after
                        .tested
                        .is_some_and(|tested| tested.may_be_made_again());
                    password.wants_test() || (!password.is_busy() && failed)
                }
                Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => false,
            },
        }
    }

    fn begin_trying(&mut self, place: TestPlace, cx: &mut Context<'_>) {
        let trying = match place {
            TestPlace::Phone => Trying::on_phone(cx.now),
            TestPlace::Station => {
                let effect = cx.push_after(AfterEffect::TrySignIn {
                    user: self.person.id.clone(),
                    upn: self.person.upn.clone(),
                });
                Trying::at_station(effect, cx.now)
            }
        };
        self.go_after(Step::Trying(trying));
    }

    fn go_after(&mut self, step: Step) {
        let before = self.after.take();
        let tested = before.as_ref().and_then(|after| after.tested);
        self.after = Some(AfterRegistration {
            step,
            tested,
            look: None,
            before: before.and_then(AfterRegistration::known_password),
        });
    }

    /// The pass that stood in the way was taken back, or could not be.
    pub(crate) fn on_removed_for_test(
        &mut self,
        id: EffectId,
        removed: &Result<PassRemoval, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Option<Trouble>> {
        let (place, given_up) = match self.after.as_ref().map(|after| &after.step) {
            Some(Step::MakingWay {
                effect,
                place,
                given_up,
            }) if *effect == id => (*place, *given_up),
            Some(
                Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) | Step::Password(_),
            )
            | None => return None,
        };
        match removed {
            Ok(PassRemoval::Removed) => {
                if let PassState::Held(held) = std::mem::take(&mut self.pass) {
                    self.watch.pass_removed(&held);
                    let (pass, why) = (held.id, RemovalReason::TestBegins);
                    cx.record(Event::PassRemoved { pass, why });
                }
                self.taken_back = true;
            }
            // What the directory does not have it does not ask for; the visit's end looks again.
            Ok(PassRemoval::NotThere) => {}
            Err(failure) => {
                self.give_up_trying();
                return Some(Some(failure.trouble.clone()));
            }
        }
        match given_up || cx.operator.is_none() {
            true => self.give_up_trying(),
            false => self.begin_trying(place, cx),
        }
        Some(None)
    }

    /// The station's browser came back with an answer, or without.
    pub(crate) fn on_tried(
        &mut self,
        id: EffectId,
        tried: Result<TriedSignIn, TestCause>,
        cx: &mut Context<'_>,
    ) {
        let Ok(trying) = self.trying() else { return };
        let waits = matches!(trying.browser, Browser::Open { effect, .. } if effect == id);
        if !waits {
            return;
        }
        trying.browser = Browser::Ended;
        match tried {
            Ok(TriedSignIn { context_met: true }) => {
                let instead = trying.password_asked;
                let tested = Tested::passed(TestPlace::Station, instead, TestProof::Token);
                self.settle_test(tested, cx);
            }
            // That somebody signed in says nothing of how: the operator saw it.
            Ok(TriedSignIn { context_met: false }) => trying.sight = None,
            Err(why) => self.settle_test(Tested::failed(TestPlace::Station, why), cx),
        }
    }

    pub(super) fn report_test(
        &mut self,
        report: TestReport,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let trying = self.trying()?;
        let place = trying.place;
        let tested = match report {
            // Nothing is believed of a sign-in at the station that the service does not vouch for.
            TestReport::Passed { .. } if trying.is_open() => return illegal(),
            TestReport::Passed { app_instead } => {
                Tested::passed(place, app_instead, trying.proof())
            }
            TestReport::Failed { why } if why.is_of_no_test() => return illegal(),
            TestReport::Failed { why } => Tested::failed(place, why),
        };
        trying.stop(cx);
        self.settle_test(tested, cx);
        Ok(())
    }

    pub(super) fn skip_test(
        &mut self,
        why: TestCause,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let registered = self.evidence.registered.is_some();
        let due = match &self.after {
            None => registered,
            Some(after) => after.waits_for_test(),
        };
        if !due || !why.is_of_no_test() {
            return illegal();
        }
        self.settle_test(Tested::not(why), cx);
        Ok(())
    }

    /// Nobody went on within the time.
    pub(super) fn gives_up_trying(&mut self, cx: &mut Context<'_>) -> bool {
        let Ok(trying) = self.trying() else {
            return false;
        };
        if trying.due().is_none_or(|due| due > cx.now.mono) {
            return false;
        }
        trying.stop(cx);
        self.settle_test(Tested::failed(TestPlace::Station, TestCause::TimedOut), cx);
        true
    }

    /// The operator went away: the browser at the station does not stay open behind a lock, and none opens there.
    pub(crate) fn lock_after(&mut self, visit: VisitId, effects: &mut Effects) {
        if let Some(Step::MakingWay { given_up, .. }) =
            self.after.as_mut().map(|after| &mut after.step)
        {
            *given_up = true;
        }
        if self.trying().is_ok_and(|trying| trying.is_open()) {
            effects.push(Some(visit), Effect::After(AfterEffect::StopTrying));
            self.give_up_trying();
        }
    }

    fn settle_test(&mut self, tested: Tested, cx: &mut Context<'_>) {
        cx.record_after(tested_event(&tested));
        let began = self.trying().ok().map(|trying| trying.began);
        let look = self.begin_proving(&tested, began, cx);
        let before = self.after.take();
        let first = before.as_ref().and_then(|after| after.tested);
        let before = before.and_then(AfterRegistration::known_password);
        let Some(changed) = before.filter(Password::wants_test) else {
            let step = self.after_test(&tested, cx);
            self.after = Some(AfterRegistration {
                look,
                ..AfterRegistration::at(step, Some(tested))
            });
            return;
        };
        // What is proven after the end of this test decides nothing: the proof before the change stands.
        let password = changed.after_another_test(&tested, cx);
        let made = tested.result != TestResult::NotTried;
        let last = if made {
            Some(tested.or_proof_of(first))
        } else {
            first
        };
        let out_of_use = password.is_seen_changed();
        self.after = Some(AfterRegistration::at(Step::Password(password), last));
        if out_of_use {
            self.begin_never_expires(cx);
        }
    }

    /// Nothing came of a test that was begun: what was decided before it stands.
    fn give_up_trying(&mut self) {
        let before = self.after.take();
        let tested = before.as_ref().and_then(|after| after.tested);
        let known = before.and_then(AfterRegistration::known_password);
        let again = |known| AfterRegistration::at(Step::Password(known), tested);
        self.after = known.map(again);
    }
}
