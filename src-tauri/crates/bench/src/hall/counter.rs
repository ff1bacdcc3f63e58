//! One counter: a desk, its operator, the person who sits there, and what the directory truly holds of the person.

use onboarding::{
    Desk, Effect, EffectId, FindBy, KnownPass, Method, MethodRead, OperatorAction, OperatorScreen,
    Outcome, PackError, PassId, PassReason, Person, ServiceTime, VisitAction,
};

use super::{service_ms, site};

/// What the directory holds of the person at a counter.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    pub(crate) person: Option<Person>,
    pub(crate) pass: Option<(PassId, ServiceTime)>,
    /// When the phone takes the pass.
    pub(crate) used_ms: Option<u64>,
    /// When the entry is there.
    pub(crate) entry_ms: Option<u64>,
}

/// A counter of the hall.
pub(crate) struct Counter {
    pub(crate) truth: Truth,
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
    pub(super) fn open(number: usize, seed: u64) -> Result<Self, PackError> {
        let mut counter = Self {
            truth: Truth::default(),
            desk: site::desk(seed, site::moment(0))?,
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
        self.truth = Truth {
            person: site::person(self.people),
            ..Truth::default()
        };
        self.want(&OperatorAction::StartVisit, now_ms);
        self.find(now_ms);
    }

    /// Looks for the person, again where that was refused.
    pub(crate) fn find(&mut self, now_ms: u64) {
        let text = format!("user-{}", self.people);
        self.act(
            VisitAction::Find {
                text,
                by: FindBy::Organisation,
            },
            now_ms,
        );
    }

    /// The person is who they say, and stands at the row that asks for the pass.
    pub(crate) fn check(&mut self, now_ms: u64) {
        self.checked = true;
        self.act(VisitAction::ConfirmPerson, now_ms);
        let check = "staff-card".to_owned();
        self.act(VisitAction::Tick { check, on: true }, now_ms);
        self.act(VisitAction::ConfirmPhone { on: true }, now_ms);
        self.act(VisitAction::ConfirmCheck, now_ms);
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

    /// Seconds the pass settles.
    pub(crate) fn settle_ms() -> u64 {
        u64::from(site::SETTLE_S) * 1_000
    }

    /// The time it asked for has come; one it no longer asks for is let go by.
    pub(super) fn wake(&mut self, now_ms: u64) {
        if self.asked_wake != Some(now_ms) {
            return;
        }
        self.asked_wake = None;
        self.desk.handle_timeout(site::moment(now_ms));
    }

    pub(super) fn hear(
        &mut self,
        id: EffectId,
        outcome: Outcome,
        percent: Option<u32>,
        now_ms: u64,
    ) {
        if let Some(percent) = percent {
            self.desk.handle_quota(percent, site::moment(now_ms));
        }
        self.desk.handle_outcome(id, outcome, site::moment(now_ms));
    }

    /// Whether the screen says for the first time that the registration is there.
    pub(super) fn registers(&mut self, now_ms: u64) -> bool {
        if self.registered || self.truth.entry_ms.is_none_or(|entry| entry > now_ms) {
            return false;
        }
        let view = self.desk.operator_view(site::moment(now_ms));
        self.registered = matches!(
            view.screen,
            OperatorScreen::Board {
                registered: Some(_),
                ..
            }
        );
        self.registered
    }

    /// What is to be done over the network; the rest is done here and now.
    pub(super) fn wishes(&mut self, now_ms: u64) -> Vec<(EffectId, Effect)> {
        let mut wishes = Vec::new();
        while let Some((id, effect)) = self.desk.poll_effect() {
            let outcome = match &effect {
                Effect::SignIn { .. } => Outcome::SignedIn {
                    operator: site::operator(),
                },
                Effect::ReadPolicies => Outcome::Policies { policy: None },
                Effect::Record { .. } => Outcome::Recorded,
                Effect::CancelSignIn
                | Effect::ForgetOperator
                | Effect::MakeHandOut { .. }
                | Effect::RebuildWindows { .. } => {
                    continue;
                }
                Effect::FindPerson { .. }
                | Effect::ReadPerson { .. }
                | Effect::ReadMethods { .. }
                | Effect::IssuePass { .. }
                | Effect::RemovePass { .. } => {
                    wishes.push((id, effect));
                    continue;
                }
            };
            self.desk.handle_outcome(id, outcome, site::moment(now_ms));
        }
        self.wake = self.desk.poll_timeout().map(|due| due.0);
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
        drop(self.desk.operator_act(action, site::moment(now_ms)));
    }
}

impl Truth {
    /// What a read shows that sees the directory as of this moment.
    pub(super) fn list(&self, seen_ms: u64) -> MethodRead {
        let by = |moment: Option<u64>| moment.is_some_and(|at| at <= seen_ms);
        let mut methods = vec![Method::Password];
        let pass = self
            .pass
            .as_ref()
            .filter(|(_, start)| *start <= service_ms(seen_ms));
        methods.extend(pass.map(|(id, start)| {
            let used = by(self.used_ms);
            Method::Pass(KnownPass {
                id: id.clone(),
                created: Some(*start),
                start: *start,
                lifetime_minutes: 30,
                usable: !used,
                reason: match used {
                    true => PassReason::Used,
                    false => PassReason::Enabled,
                },
            })
        }));
        methods.extend(self.phone(seen_ms, None));
        MethodRead { methods }
    }

    /// The same of the Authenticator entries alone, which say their devices.
    pub(super) fn entries(&self, seen_ms: u64) -> MethodRead {
        let device = Some("device".to_owned());
        MethodRead {
            methods: self.phone(seen_ms, device).into_iter().collect(),
        }
    }

    fn phone(&self, seen_ms: u64, device_id: Option<String>) -> Option<Method> {
        let entry_ms = self.entry_ms.filter(|entry_ms| *entry_ms <= seen_ms)?;
        Some(Method::Authenticator {
            id: "phone".into(),
            device_name: Some("Phone".into()),
            app_version: None,
            created: Some(service_ms(entry_ms)),
            device_id,
        })
    }
}
