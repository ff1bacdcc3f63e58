//! One counter: a desk, its operator, the person who sits there, and the world around them.

use desk_world::{Kind, World, kind, sample};
use onboarding::{
    Answer, Desk, EffectId, InFront, Method, Mono, Operator, OperatorAction, OperatorScreen,
    PackError, Policy, Task, VisitAction, VisitScreen,
};

/// Longer than any run.
const FOR_EVER_S: u32 = 400_000_000;
/// The phone's entry in the directory, and the device it is on.
const PHONE: (&str, &str) = ("phone", "device");

/// A counter of the simulated world.
pub(crate) struct Counter {
    pub(super) world: World,
    /// When the entry is there.
    pub(crate) entry_ms: Option<u64>,
    desk: Desk,
    people: u64,
    step: bool,
    wake: Option<u64>,
    asked_wake: Option<u64>,
    registered: bool,
    waiting: bool,
    checked: bool,
}

impl Counter {
    /// The default rate limit; the operator signs in once and for the whole run.
    pub(super) fn open(number: usize, seed: u64) -> Result<Self, PackError> {
        let policy = Policy {
            idle_lock_s: FOR_EVER_S,
            passes_per_hour: u32::MAX,
            ..sample::policy()
        };
        let mut world = World::new();
        world.operator = Operator {
            token_until: Mono(u64::MAX),
            ..sample::operator("op-1")
        };
        let mut counter = Self {
            world,
            entry_ms: None,
            desk: Desk::new(sample::start(policy)?).seeded(seed),
            people: number as u64 * 1_000_000,
            step: false,
            wake: None,
            asked_wake: None,
            registered: false,
            waiting: false,
            checked: false,
        };
        counter.want(&OperatorAction::SignIn, 0);
        counter.wishes(0);
        Ok(counter)
    }

    /// The next person comes; they are looked for.
    pub(crate) fn begin(&mut self, now_ms: u64) {
        self.people += 1;
        self.registered = false;
        self.waiting = false;
        self.checked = false;
        self.entry_ms = None;
        self.world.holds_only(sample::person(&self.person()));
        self.want(&OperatorAction::StartVisit, now_ms);
        self.find(now_ms);
    }

    /// Looks for the person, again where that was refused.
    pub(crate) fn find(&mut self, now_ms: u64) {
        self.act(sample::find(&self.person()), now_ms);
    }

    /// The person is who they say, and stands at the row that asks for the pass.
    pub(crate) fn check(&mut self, now_ms: u64) {
        self.checked = true;
        self.act(VisitAction::ConfirmPerson, now_ms);
        for act in sample::checked() {
            self.act(act, now_ms);
        }
        self.go("a6", now_ms);
    }

    /// Asks once more for what was refused.
    pub(crate) fn again(&mut self, now_ms: u64) {
        match self.checked {
            true => self.issue(now_ms),
            false => self.find(now_ms),
        }
    }

    pub(crate) fn issue(&mut self, now_ms: u64) {
        self.act(VisitAction::IssuePass { replace: false }, now_ms);
    }

    pub(crate) fn reveal(&mut self, now_ms: u64) {
        self.waiting = true;
        self.act(VisitAction::Reveal, now_ms);
    }

    /// When the phone takes the pass, and when its entry is there, if ever.
    pub(crate) fn registers_at(&mut self, used_ms: u64, entry_ms: Option<u64>) {
        let user = sample::user(&self.person());
        self.world.use_pass(&user, sample::after_ms(used_ms));
        self.entry_ms = entry_ms;
        let Some(entry_ms) = entry_ms else { return };
        let from = sample::after_ms(entry_ms);
        let (id, device) = PHONE;
        let entry = Method::Authenticator {
            id: id.into(),
            device_name: Some("Phone".into()),
            app_version: None,
            created: Some(from.service),
            device_id: None,
        };
        self.world.devices.insert(id.into(), device.into());
        self.world.add_from(&user, from, entry);
    }

    /// Somebody goes on to a row that leads to the registration.
    pub(crate) fn step(&mut self, now_ms: u64) {
        self.step = !self.step;
        self.go(if self.step { "a8" } else { "a10" }, now_ms);
    }

    /// The visit ends, finished or not, and its receipt is put away.
    pub(crate) fn leave(&mut self, now_ms: u64) {
        let leave_pass = true;
        let end = match self.registered {
            true => VisitAction::Finish { leave_pass },
            false => VisitAction::LeaveUnfinished { leave_pass },
        };
        self.act(end, now_ms);
        self.wishes(now_ms);
        self.act(VisitAction::Close, now_ms);
    }

    /// Whether a pass was shown and its registration is waited for.
    pub(crate) fn waiting(&self) -> bool {
        self.waiting
    }

    /// Milliseconds the pass settles.
    pub(crate) fn settle_ms() -> u64 {
        u64::from(sample::SETTLE_S) * 1_000
    }

    /// The time it asked for has come; one it no longer asks for is let go by.
    pub(super) fn wake(&mut self, now_ms: u64) {
        if self.asked_wake != Some(now_ms) {
            return;
        }
        self.asked_wake = None;
        self.desk.handle_timeout(sample::after_ms(now_ms));
    }

    pub(super) fn hear(&mut self, id: EffectId, answer: Answer, percent: Option<u32>, now_ms: u64) {
        let now = sample::after_ms(now_ms);
        if let Some(percent) = percent {
            self.desk.handle_quota(percent, now);
        }
        self.desk.handle_answer(id, answer, now);
    }

    /// Whether the screen says for the first time that the registration is there.
    pub(super) fn registers(&mut self, now_ms: u64) -> bool {
        if self.registered || self.entry_ms.is_none_or(|entry| entry > now_ms) {
            return false;
        }
        let view = self.desk.operator_view(sample::after_ms(now_ms));
        self.registered = matches!(
            view.screen,
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board {
                    registered: Some(_),
                    ..
                },
                ..
            })
        );
        self.registered
    }

    /// What is to be done over the network; the rest is done here and now.
    pub(super) fn wishes(&mut self, now_ms: u64) -> Vec<Task> {
        let now = sample::after_ms(now_ms);
        let mut wishes = Vec::new();
        while let Some(task) = self.desk.poll_effect() {
            match kind(&task.effect) {
                Kind::Find | Kind::Methods | Kind::Issue | Kind::Remove | Kind::RemoveMethod => {
                    wishes.push(task);
                }
                Kind::SignIn
                | Kind::Policies
                | Kind::Passkeys
                | Kind::Renew
                | Kind::Record
                | Kind::Paper
                | Kind::Try
                | Kind::Roll
                | Kind::Proof
                | Kind::Change
                | Kind::Access
                | Kind::Belonging
                | Kind::Colleague
                | Kind::Job
                | Kind::Sessions
                | Kind::Numbers
                | Kind::Keep
                | Kind::Letter
                | Kind::Unanswered => {
                    if let Some(answer) = self.world.answer(&task, now) {
                        self.desk.handle_answer(task.id, answer, now);
                    }
                }
            }
        }
        self.wake = self.desk.poll_timeout().map(sample::passed_ms);
        wishes
    }

    /// When it wants to be woken, where nobody was told yet.
    pub(super) fn next_wake(&mut self) -> Option<u64> {
        let wake = self.wake?;
        if self.asked_wake.is_some_and(|asked| asked <= wake) {
            return None;
        }
        self.asked_wake = Some(wake);
        Some(wake)
    }

    fn person(&self) -> String {
        self.people.to_string()
    }

    fn go(&mut self, row: &str, now_ms: u64) {
        let row = row.to_owned();
        self.act(VisitAction::GoTo { row }, now_ms);
    }

    fn act(&mut self, act: VisitAction, now_ms: u64) {
        let visit = self.desk.person_window();
        self.want(&OperatorAction::Visit { visit, act }, now_ms);
    }

    /// What is not possible now is left: the figures would show it.
    fn want(&mut self, action: &OperatorAction, now_ms: u64) {
        drop(self.desk.operator_act(action, sample::after_ms(now_ms)));
    }
}
