//! A desk with its world and a clock that jumps. What must hold at every moment is checked after every step.

mod always;
mod ways;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use desk_world::{Kind, World, answer_name, entry_name, kind, sample};
use onboarding::{
    Answer, Desk, Effect, EffectId, InFront, KeptAtStart, Mono, Now, OperatorAction,
    OperatorScreen, OperatorView, PassId, PassStage, PassView, PendingIntent, PersonAction,
    PersonPass, PersonScreen, PersonView, Policy, ServiceTime, Start, Task, Trouble, UserId,
    VisitAction, VisitId, VisitIds, VisitScreen, record::KeptInRecord,
};

use crate::flying::describe;
use crate::old_phone_always;
use crate::transitions::Watch;

pub(crate) struct Rig {
    pub(crate) desk: Desk,
    pub(crate) policy: Policy,
    pub(crate) world: World,
    /// What the desk is told.
    pub(crate) now: Now,
    /// How far that is off, in milliseconds, while nobody confirms the time.
    off_ms: i64,
    /// Everything that was to be done, in order.
    pub(crate) log: Vec<String>,
    /// The visit started last.
    pub(crate) visit: VisitId,
    /// Kinds of effects that are not answered for now.
    pub(crate) held: BTreeSet<Kind>,
    pub(crate) flying: Vec<Task>,
    /// Questions that nothing comes back to, and when they are given up.
    silent: Vec<(Mono, Task)>,
    pub(crate) watch: Watch,
    /// Who each visit was started for, from the first effect that said so.
    pub(crate) users: BTreeMap<VisitId, UserId>,
    revision: u64,
}

impl Rig {
    pub(crate) fn new() -> Self {
        Self::with(sample::policy(), Vec::new())
    }

    pub(crate) fn with(policy: Policy, pending: Vec<PendingIntent>) -> Self {
        let now = sample::after_ms(0);
        Self::from(World::new(), policy, pending, VisitId(0), now)
    }

    /// A desk started in a world that was there before.
    pub(crate) fn from(
        world: World,
        policy: Policy,
        pending: Vec<PendingIntent>,
        last: VisitId,
        now: Now,
    ) -> Self {
        let mut in_record = KeptInRecord::default();
        for ((visit, entry), at) in world.record.iter().zip(&world.times) {
            in_record.take(*visit, *at, entry);
        }
        let found = world.kept.found();
        let site_rules = policy.clone();
        let start = Start {
            pending,
            kept: KeptAtStart { found, in_record },
            visit_ids: VisitIds::after(Some(last)),
            now,
            ..sample::start(policy).unwrap()
        };
        let desk = Desk::new(start);
        let mut rig = Self {
            desk,
            policy: site_rules,
            world,
            now,
            off_ms: 0,
            log: Vec::new(),
            visit: last,
            held: BTreeSet::new(),
            flying: Vec::new(),
            silent: Vec::new(),
            watch: Watch::default(),
            users: BTreeMap::new(),
            revision: 0,
        };
        rig.check("start");
        rig
    }

    // --- someone wants something ---------------------------------------------------------------

    pub(crate) fn act(&mut self, action: &OperatorAction) -> Result<(), Trouble> {
        if let OperatorAction::Visit { visit, .. } = action {
            self.bring_forward(*visit);
        }
        let agreed = old_phone_always::agreed(self, action);
        let result = self.desk.operator_act(action, self.now);
        if result.is_ok() {
            self.world.taken_out.agreed.extend(agreed.0);
            self.world.taken_out.agreed_sessions.extend(agreed.1);
            match action {
                OperatorAction::StartVisit
                | OperatorAction::StartTelephoneVisit
                | OperatorAction::ResumeKept { .. }
                | OperatorAction::Visit {
                    act: VisitAction::StartNext,
                    ..
                } => self.visit = self.desk.person_window(),
                OperatorAction::Visit {
                    visit,
                    act: VisitAction::IssuePass { replace: true },
                } => {
                    self.world.agreed.extend(self.users.get(visit).cloned());
                }
                _ => {}
            }
            let name = match action {
                OperatorAction::Visit { act, .. } => entry_name(act),
                _ => entry_name(action),
            };
            self.check(&name);
            self.run();
        }
        result
    }

    /// Acts are for the visit in front: brings it there, where it is open and aside.
    pub(crate) fn bring_forward(&mut self, visit: VisitId) {
        let aside = |card: &onboarding::VisitCard| card.visit == visit && !card.in_front;
        let list = self.view().list;
        if list.is_some_and(|list| list.visits.iter().any(aside)) {
            self.act(&OperatorAction::Resume { visit }).unwrap();
        }
    }

    pub(crate) fn want(&mut self, action: OperatorAction) {
        self.act(&action)
            .unwrap_or_else(|trouble| panic!("{action:?} was refused: {trouble:?}"));
    }

    /// The operator wants something of the visit started last.
    pub(crate) fn try_visit(&mut self, act: VisitAction) -> Result<(), Trouble> {
        self.act(&OperatorAction::Visit {
            visit: self.visit,
            act,
        })
    }

    pub(crate) fn visit(&mut self, act: VisitAction) {
        self.want(OperatorAction::Visit {
            visit: self.visit,
            act,
        });
    }

    pub(crate) fn person(&mut self, action: PersonAction) -> Result<(), Trouble> {
        let result = self.desk.person_act(Some(self.visit), &action, self.now);
        self.check(&format!("person {}", entry_name(&action)));
        self.run();
        result
    }

    // --- something happens ---------------------------------------------------------------------

    /// Does what is to be done and answers it, until nothing is left but what is held back.
    pub(crate) fn run(&mut self) {
        let mut answers: VecDeque<(EffectId, Answer, String)> = VecDeque::new();
        loop {
            while let Some(task) = self.desk.poll_effect() {
                self.emitted(&task);
                if self.held.contains(&kind(&task.effect)) {
                    self.flying.push(task);
                } else if let Some(until) = self.given_up_at(&task) {
                    self.silent.push((until, task));
                } else if let Some(answer) = self.world.answer(&task, self.truth()) {
                    answers.push_back((task.id, answer, describe(&task)));
                }
            }
            let Some((id, answer, of)) = answers.pop_front() else {
                return;
            };
            self.deliver(id, answer, &of);
        }
    }

    fn given_up_at(&self, task: &Task) -> Option<Mono> {
        let Effect::ReadMethods { wants, .. } = &task.effect else {
            return None;
        };
        let ms = self.world.route_faults.takes_ms(wants);
        (ms > 0).then(|| self.now.mono.after_ms(ms))
    }

    /// Answers what is given up by now.
    fn give_up(&mut self) {
        let now = self.now.mono;
        let over = self.silent.extract_if(.., |(until, _)| *until <= now);
        for (_, task) in over.collect::<Vec<_>>() {
            if let Some(answer) = self.world.answer(&task, self.truth()) {
                self.deliver(task.id, answer, &describe(&task));
            }
        }
    }

    /// Lets go of one kind: what was held back is answered now.
    pub(crate) fn release(&mut self, kind_: Kind) {
        self.held.remove(&kind_);
        let (due, stay) = std::mem::take(&mut self.flying)
            .into_iter()
            .partition(|f| kind(&f.effect) == kind_);
        self.flying = stay;
        let due: Vec<Task> = due;
        for flying in due {
            if let Some(answer) = self.world.answer(&flying, self.truth()) {
                self.deliver(flying.id, answer, &describe(&flying));
                self.run();
            }
        }
    }

    pub(crate) fn deliver(&mut self, id: EffectId, answer: Answer, of: &str) {
        let name = match &answer {
            Answer::Recorded(_) => {
                let entry = of.rsplit(' ').next().unwrap_or(of);
                format!("{} {entry}", answer_name(&answer))
            }
            _ => answer_name(&answer).to_owned(),
        };
        self.desk.handle_answer(id, answer, self.now);
        self.check(&name);
    }

    /// Lets time pass, waking the desk whenever it asks to be woken.
    pub(crate) fn wait_ms(&mut self, ms: u64) {
        let end = self.now.mono.after_ms(ms);
        let mut wakes = 0;
        while let Some(due) = self.next_wake().filter(|due| *due <= end) {
            self.clock_to(due.max(self.now.mono));
            self.give_up();
            self.tick();
            wakes += 1;
            assert!(wakes < 200 + ms / 100, "a busy loop");
        }
        self.clock_to(end);
        self.tick();
    }

    fn next_wake(&mut self) -> Option<Mono> {
        let given_up = self.silent.iter().map(|(until, _)| *until).min();
        [self.desk.poll_timeout(), given_up]
            .into_iter()
            .flatten()
            .min()
    }

    pub(crate) fn wait_s(&mut self, seconds: u64) {
        self.wait_ms(seconds * 1000);
    }

    pub(crate) fn tick(&mut self) {
        self.desk.handle_timeout(self.now);
        let due = self.desk.poll_timeout();
        assert!(
            due.is_none_or(|due| due > self.now.mono),
            "woken at {:?}, wants to be woken at {due:?}",
            self.now.mono
        );
        self.check("time");
        self.run();
    }

    /// The machine sleeps: time passes and nothing is woken.
    pub(crate) fn clock_to(&mut self, mono: Mono) {
        let passed = i64::try_from(mono.0 - self.now.mono.0).unwrap();
        self.now = Now {
            mono,
            service: ServiceTime(self.now.service.0 + passed),
            ..self.now
        };
        self.world.arrive(self.truth());
    }

    /// What time it is, whatever the desk is told.
    pub(crate) fn truth(&self) -> Now {
        Now {
            service: self.now.service.after_ms(-self.off_ms),
            confirmed: true,
            ..self.now
        }
    }

    /// How far the time is off that the desk is told; a crash changes nothing about that.
    pub(crate) fn off_by_ms(&self) -> i64 {
        self.off_ms
    }

    pub(crate) fn off_by(&mut self, off_ms: i64) {
        self.off_ms = off_ms;
    }

    /// Nobody confirms the time that the desk is told, which is so many hours off; none is the truth again.
    pub(crate) fn unconfirm(&mut self, hours: Option<i64>) {
        let service = self.truth().service;
        self.off_ms = hours.unwrap_or(0).saturating_mul(3_600_000);
        self.now = Now {
            service: service.after_ms(self.off_ms),
            confirmed: hours.is_none(),
            ..self.now
        };
    }

    /// Gives the operator's answer to the first question about a pass, if there is one.
    pub(crate) fn decide(&mut self, remove: bool) -> Option<PassId> {
        let asked = self.view().pass_questions.into_iter().next()?;
        let of_pass = |pass: &&desk_world::TruePass| pass.id == asked.pass;
        if remove {
            let user = self
                .world
                .passes
                .iter()
                .find(of_pass)
                .map(|pass| pass.user.clone());
            self.world.agreed.extend(user);
        }
        let action = OperatorAction::DecideOnPass {
            intent: asked.intent,
            pass: asked.pass.clone(),
            remove,
        };
        self.want(action);
        Some(asked.pass)
    }

    /// Gives the operator's answer to the first method that nobody was led to, if there is one.
    pub(crate) fn decide_on_method(&mut self, remove: bool) -> bool {
        let Some(told) = self
            .view()
            .uninvited
            .into_iter()
            .find(|told| !told.removing)
        else {
            return false;
        };
        if remove && let Some(user) = self.users.get(&told.which.visit) {
            let agreed = (user.clone(), told.which.method.clone());
            self.world.taken_out.agreed.push(agreed);
        }
        let action = OperatorAction::DecideOnMethod {
            which: told.which,
            remove: remove && told.may_remove,
        };
        self.want(action);
        true
    }

    // --- what is seen --------------------------------------------------------------------------

    pub(crate) fn view(&mut self) -> OperatorView {
        self.desk.operator_view(self.now)
    }

    pub(crate) fn person_view(&mut self) -> PersonView {
        self.desk
            .person_view(Some(self.visit), self.now)
            .ok()
            .unwrap()
    }

    /// Both panes as the windows get them, without the revision.
    pub(crate) fn panes(&mut self) -> String {
        let mut operator = self.view();
        operator.revision = 0;
        let mut person = self.desk.person_view(None, self.now).ok().unwrap();
        person.revision = 0;
        serde_json::to_string(&(operator, person)).unwrap()
    }

    pub(crate) fn pass(&mut self) -> PassView {
        match self.view().screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board { pass, .. },
                ..
            }) => pass,
            other => panic!("no board: {}", entry_name(&other)),
        }
    }

    pub(crate) fn stage(&mut self) -> PassStage {
        self.pass().stage
    }

    pub(crate) fn screen(&mut self) -> String {
        match self.view().screen {
            OperatorScreen::Visit(InFront { screen, .. }) => entry_name(&screen),
            screen => entry_name(&screen),
        }
    }

    pub(crate) fn person_pass(&mut self) -> &'static str {
        match self.person_view().screen {
            PersonScreen::Walk { pass, .. } => match pass {
                PersonPass::NotYet => "not yet",
                PersonPass::Coming => "coming",
                PersonPass::Settling { .. } => "settling",
                PersonPass::Hidden { .. } => "hidden",
                PersonPass::Shown { .. } => "shown",
                PersonPass::Entered { .. } => "entered",
                PersonPass::Expired => "expired",
                PersonPass::Replaced => "replaced",
                PersonPass::Uncertain => "uncertain",
            },
            PersonScreen::Registered { .. } => "registered",
            _ => "elsewhere",
        }
    }

    pub(crate) fn trouble(&mut self) -> Option<String> {
        self.view().trouble.map(|trouble| trouble.code)
    }

    /// What was logged since `from`, in order.
    pub(crate) fn since(&self, from: usize) -> Vec<&str> {
        self.log[from..].iter().map(String::as_str).collect()
    }
}
