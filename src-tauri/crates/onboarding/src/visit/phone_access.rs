//! Whether this person's phone will be let in, asked once the operator said who it is (N22). Nobody waits for it.

use super::route::aimed;
use super::{Context, Glance, Stage, Visit, VisitEffects};
use crate::display::sanitize_for_display;
use crate::effect::{Effect, EffectFailure, EffectId};
use crate::ids::UserId;
use crate::phone_access::{AccessPolicy, AccessQuestion, Gate, Judged, PhoneStep, ShutBy};
use crate::policy::{AccessPlaces, DoneLight, PhoneOs, Policy};
use crate::time::Mono;
use crate::trouble::Message;
use crate::view::{WarningView, WarningWeight};
use crate::walkthrough::pack::Route;

/// The service takes one such question a second for the whole tenant: so many of one visit, and so far apart.
const QUESTIONS: u8 = 3;
const APART_MS: u64 = 1_200;
const JITTER_MS: u64 = 800;

/// What was asked of Conditional Access in this visit, and what it said.
#[derive(Debug, Default)]
pub(crate) struct PhoneAccess {
    sent: u8,
    /// No further question before, whoever it is about.
    next: Option<Mono>,
    /// A question was refused or got no answer: nothing more is asked in this visit.
    given_up: bool,
    /// About whom; none where the site does not ask, and while nobody is confirmed.
    of: Option<Asked>,
}

#[derive(Debug)]
struct Asked {
    user: UserId,
    os: Option<PhoneOs>,
    waiting: Option<(EffectId, About)>,
    here: Option<Judged>,
    mobile: Option<Judged>,
    device: Option<Judged>,
}

/// What one question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Here,
    Mobile,
    Device,
}

/// What becomes of the phone.
#[derive(Debug, PartialEq, Eq)]
enum Will {
    Asking,
    Work,
    /// From here; nobody asked about another place, and it may be otherwise there.
    WorkHere,
    WorkOnlyHere,
    WorkOnlyOnMobileData,
    BeStopped(ShutBy),
    CannotTell,
}

impl PhoneAccess {
    /// The first question, right after the operator said that this is the person.
    pub(super) fn begin(&mut self, user: &UserId, os: Option<PhoneOs>, cx: &mut Context<'_>) {
        self.of = cx.policy.access.map(|_| Asked {
            user: user.clone(),
            os,
            waiting: None,
            here: None,
            mobile: None,
            device: None,
        });
        self.ask(cx);
    }

    /// It was somebody else after all.
    pub(super) fn forget(&mut self) {
        self.of = None;
    }

    /// The next question, where one is due; says whether it was asked.
    fn ask(&mut self, cx: &mut Context<'_>) -> bool {
        let due = self.due(cx.policy, cx.pack.route);
        let is_due = cx.may_look && due.is_some_and(|due| due <= cx.now.mono);
        let wants = self.wants(cx.policy, cx.pack.route);
        let (Some(places), Some(about), Some(of)) = (cx.policy.access, wants, &mut self.of) else {
            return false;
        };
        if is_due {
            let (user, question) = (of.user.clone(), of.question(about, places));
            of.waiting = Some((cx.push(Effect::AskAccess { user, question }), about));
            self.sent += 1;
            self.rest(cx);
        }
        is_due
    }

    /// The next question is a while off, whoever it will be about.
    fn rest(&mut self, cx: &mut Context<'_>) {
        let apart = APART_MS + cx.ids.up_to(JITTER_MS);
        self.next = Some(cx.now.mono.after_ms(apart));
    }

    /// When the next question leaves, where there is one.
    fn due(&self, policy: &Policy, route: Route) -> Option<Mono> {
        let next = self.next.unwrap_or(Mono(0));
        self.wants(policy, route).map(|_| next)
    }

    /// What is still to be asked.
    fn wants(&self, policy: &Policy, route: Route) -> Option<About> {
        if self.given_up || self.sent >= QUESTIONS {
            return None;
        }
        let of = self.of.as_ref()?;
        of.wants(policy.access?, registers_device(policy, route))
    }

    /// An answer; one to another question is none of ours.
    fn answered(
        &mut self,
        id: EffectId,
        answer: &Result<Vec<AccessPolicy>, EffectFailure>,
        cx: &mut Context<'_>,
    ) {
        let Some(of) = &mut self.of else { return };
        let Some((_, about)) = of.waiting.take_if(|(waiting, _)| *waiting == id) else {
            return;
        };
        let Ok(policies) = answer else {
            self.given_up = true;
            return;
        };
        let once = cx.policy.pass.once || cx.granted.is_some_and(|it| it.once_forced);
        let judged = Some(Judged::of(policies, once));
        match about {
            About::Here => of.here = judged,
            About::Mobile => of.mobile = judged,
            About::Device => of.device = judged,
        }
        // The service may have counted a slow question only just now.
        self.rest(cx);
    }

    /// What the operator reads; none where the site does not ask.
    pub(super) fn view(&self, cx: &Glance<'_>) -> Option<WarningView> {
        use WarningWeight::{Blocks, Tells, Warns};
        cx.policy.access?;
        let of = self.of.as_ref()?;
        let (weight, message) = match self.will(of, cx) {
            Will::Asking => (Tells, Message::new("warn-access-asking")),
            Will::Work => (Tells, Message::new("warn-access-works")),
            Will::WorkHere => (Warns, Message::new("warn-access-works-here")),
            Will::WorkOnlyHere => match &cx.site.wifi {
                Some(wifi) => {
                    let only = Message::new("warn-access-only-wifi");
                    (Warns, only.text("ssid", sanitize_for_display(&wifi.ssid)))
                }
                None => (Warns, Message::new("warn-access-only-here")),
            },
            Will::WorkOnlyOnMobileData => (Warns, Message::new("warn-access-only-mobile")),
            Will::BeStopped(by) => (Blocks, stopped(&by)),
            Will::CannotTell => (Tells, Message::new("warn-access-cannot-tell")),
        };
        Some(WarningView { weight, message })
    }

    fn will(&self, of: &Asked, cx: &Glance<'_>) -> Will {
        let registers_device = registers_device(cx.policy, cx.pack.route);
        if self.given_up {
            return Will::CannotTell;
        }
        if of.waiting.is_some() || self.wants(cx.policy, cx.pack.route).is_some() {
            return Will::Asking;
        }
        of.will(registers_device)
    }

    /// The same on the board, where only what is in the way is said.
    pub(super) fn note(&self, cx: &Glance<'_>) -> Option<Message> {
        let said = self.view(cx)?;
        (said.weight != WarningWeight::Tells).then_some(said.message)
    }
}

impl Asked {
    /// What is still to be asked.
    fn wants(&self, places: AccessPlaces, registers_device: bool) -> Option<About> {
        if self.waiting.is_some() {
            return None;
        }
        let Some(here) = &self.here else {
            return Some(About::Here);
        };
        if here.gate == Gate::CannotTell {
            return None;
        }
        if here.by_place && places.mobile.is_some() && self.mobile.is_none() {
            return Some(About::Mobile);
        }
        let named = registers_device && here.names_devices;
        let let_in = self.lets_in();
        (named && let_in && self.device.is_none()).then_some(About::Device)
    }

    /// Somewhere the method itself can be registered.
    fn lets_in(&self) -> bool {
        let open = |it: &Option<Judged>| it.as_ref().is_some_and(|it| it.gate == Gate::Open);
        open(&self.here) || open(&self.mobile)
    }

    fn question(&self, about: About, places: AccessPlaces) -> AccessQuestion {
        let shut_here = matches!(&self.here, Some(here) if here.gate != Gate::Open);
        let mobile = places.mobile.unwrap_or(places.here);
        let (step, from) = match about {
            About::Here => (PhoneStep::RegisterMethod, places.here),
            About::Mobile => (PhoneStep::RegisterMethod, mobile),
            About::Device if shut_here => (PhoneStep::RegisterDevice, mobile),
            About::Device => (PhoneStep::RegisterDevice, places.here),
        };
        AccessQuestion {
            step,
            from,
            os: self.os,
        }
    }

    fn will(&self, registers_device: bool) -> Will {
        let gate = |it: &Option<Judged>| it.as_ref().map(|it| it.gate.clone());
        let (here, mobile) = (gate(&self.here), gate(&self.mobile));
        match gate(&self.device).filter(|_| registers_device) {
            Some(Gate::Shut(by)) => return Will::BeStopped(by),
            Some(Gate::CannotTell) => return Will::CannotTell,
            Some(Gate::Open) | None => {}
        }
        let by_place = |it: &Option<Judged>| it.as_ref().is_some_and(|it| it.by_place);
        // What registers the device is asked about from one place alone, which is here where it can be.
        let device_by_place = registers_device && by_place(&self.device);
        match (here, mobile) {
            (Some(Gate::Open), Some(Gate::Shut(_))) => Will::WorkOnlyHere,
            (Some(Gate::Open), None) if by_place(&self.here) => Will::WorkHere,
            (Some(Gate::Open), Some(Gate::Open) | None) if device_by_place => Will::WorkHere,
            (Some(Gate::Open), Some(Gate::Open) | None) => Will::Work,
            (Some(Gate::Shut(_)), Some(Gate::Open)) => Will::WorkOnlyOnMobileData,
            (Some(Gate::Shut(by)), Some(Gate::Shut(_)) | None) => Will::BeStopped(by),
            (Some(Gate::CannotTell) | None, _) | (_, Some(Gate::CannotTell)) => Will::CannotTell,
        }
    }
}

/// Whether the route leads to phone sign-in, for which the phone registers itself.
fn registers_device(policy: &Policy, route: Route) -> bool {
    match aimed(route, policy.done) {
        DoneLight::Either | DoneLight::PhoneSignIn => true,
        DoneLight::Passkey => false,
    }
}

fn stopped(by: &ShutBy) -> Message {
    match by {
        ShutBy::Policy { policy } => {
            Message::new("warn-access-stopped").text("policy", sanitize_for_display(policy))
        }
        ShutBy::Strength { policy, strength } => Message::new("warn-access-no-pass")
            .text("policy", sanitize_for_display(policy))
            .text("strength", sanitize_for_display(strength)),
    }
}

impl Visit {
    /// Conditional Access answered, or did not.
    pub(crate) fn on_access(
        &mut self,
        id: EffectId,
        answer: &Result<Vec<AccessPolicy>, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.access.answered(id, answer, cx);
        VisitEffects::default()
    }

    /// Asks what is due; says whether anything was.
    pub(super) fn ask_access(&mut self, cx: &mut Context<'_>) -> bool {
        self.is_before_the_end() && self.access.ask(cx)
    }

    /// When the next question leaves.
    pub(crate) fn access_due(&self, policy: &Policy) -> Option<Mono> {
        let due = self.access.due(policy, self.route);
        due.filter(|_| self.is_before_the_end())
    }

    fn is_before_the_end(&self) -> bool {
        match self.stage {
            Stage::Checking(_) | Stage::HandingOver(_) => true,
            Stage::Finding(_) | Stage::Found(_) | Stage::Ending(_) | Stage::Ended(_) => false,
        }
    }
}
