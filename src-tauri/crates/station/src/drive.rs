//! The one task: actions and answers in, effects out, sleep until the next deadline.

use std::path::Path;
use std::time::Duration;

use onboarding::{
    Answer, Desk, Effect, EffectId, HealthView, NotRecorded, Operator, OperatorAction,
    OperatorView, PersonAction, PersonView, Scopes, Start, Task, Trouble, VisitId, record::Event,
};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::clock::ServiceClock;
use crate::config::Setup;
use crate::perform::GraphEffects;
use crate::ports::Ports;
use crate::{Change, StartError, record};

const HEALTH_EVERY: Duration = Duration::from_secs(30);

/// What a window asks of the driver.
pub(crate) enum Command {
    OperatorAct(OperatorAction, oneshot::Sender<Result<(), Trouble>>),
    PersonAct(
        Option<VisitId>,
        Option<VisitId>,
        PersonAction,
        oneshot::Sender<Result<(), Trouble>>,
    ),
    OperatorView(oneshot::Sender<OperatorView>),
    PersonView(
        Option<VisitId>,
        oneshot::Sender<Result<PersonView, Trouble>>,
    ),
    SetPersonPane(bool, oneshot::Sender<()>),
    RefuseClose(oneshot::Sender<()>),
}

/// A finished sign-in: who, and the way into Graph.
pub(crate) struct SignInDone {
    pub(crate) effect: EffectId,
    pub(crate) result: Result<(Operator, entra::Session), Trouble>,
}

pub(crate) struct Driver {
    desk: Desk,
    clock: ServiceClock,
    ports: Ports,
    client: entra::Client,
    scopes: Vec<String>,
    reads: Scopes,
    session: Option<entra::Session>,
    /// The sign-in under way, and how to give it up.
    sign_in: Option<(EffectId, CancellationToken)>,
    commands: mpsc::Receiver<Command>,
    lines: mpsc::UnboundedSender<record::Line>,
    answers: mpsc::UnboundedReceiver<(EffectId, Answer)>,
    report: mpsc::UnboundedSender<(EffectId, Answer)>,
    signed_in: mpsc::UnboundedReceiver<SignInDone>,
    report_sign_in: mpsc::UnboundedSender<SignInDone>,
    changes: watch::Sender<Change>,
    /// How often the windows were to be built anew.
    rebuilds: u64,
    /// The site's packs in force, and what of its folder is not used.
    packs: (Vec<String>, Vec<String>),
}

impl Driver {
    pub(crate) fn new(
        setup: Setup,
        ports: Ports,
        commands: mpsc::Receiver<Command>,
    ) -> Result<(Self, watch::Receiver<Change>), StartError> {
        let scopes = setup.app.scopes.clone();
        let reads = setup.policy.scopes;
        let client = entra::Client::behind(setup.proxy, setup.endpoints, setup.app)?;
        let clock = ServiceClock::new(ports.clock.clone());
        let (report, answers) = mpsc::unbounded_channel();
        let (report_sign_in, signed_in) = mpsc::unbounded_channel();
        let mut started = vec![Event::StationStarted {
            version: setup.site.version.clone(),
            config_sha256: ports.config_sha256.clone(),
        }];
        started.extend(ports.at_start.iter().cloned());
        let path: &Path = &ports.record;
        let (lines, earlier) = record::open(path, started, clock.now().service, report.clone())?;
        let mut desk = Desk::new(Start {
            policy: setup.policy,
            site: setup.site,
            packs: setup.packs.packs,
            next_visit: earlier.next_visit,
            pending: earlier.pending,
            person_pane: ports.person_pane,
            now: clock.now(),
        })
        .seeded(uuid::Uuid::new_v4().as_u64_pair().0);
        let told = (setup.packs.in_force, setup.packs.problems);
        desk.set_health(with_packs((ports.health)(), &told));
        let change = Change {
            revision: desk.revision(),
            rebuilds: 0,
            person: desk.person_window(),
            visit_open: false,
        };
        let (changes, watcher) = watch::channel(change);
        let driver = Self {
            desk,
            clock,
            ports,
            client,
            scopes,
            reads,
            session: None,
            sign_in: None,
            commands,
            lines,
            answers,
            report,
            signed_in,
            report_sign_in,
            changes,
            rebuilds: 0,
            packs: told,
        };
        Ok((driver, watcher))
    }

    pub(crate) async fn run(mut self) {
        let mut health = tokio::time::interval(HEALTH_EVERY);
        loop {
            let deadline = self.deadline();
            tokio::select! {
                command = self.commands.recv() => match command {
                    // What fell due while the machine slept comes before what is wanted now.
                    Some(command) => {
                        self.desk.handle_timeout(self.clock.now());
                        self.answer(command);
                    }
                    None => break,
                },
                Some((id, answer)) = self.answers.recv() => {
                    self.clock.learn(self.client.last_service_date());
                    let now = self.clock.now();
                    if let Some(percent) = self.client.take_limit_percent() {
                        self.desk.handle_quota(percent, now);
                    }
                    self.desk.handle_answer(id, answer, now);
                }
                Some(done) = self.signed_in.recv() => self.on_sign_in(done),
                () = sleep(deadline) => {}
                _ = health.tick() => self.look_at_health(),
            }
            self.desk.handle_timeout(self.clock.now());
            self.perform_all();
            self.publish();
        }
        if let Some(session) = self.session.take() {
            session.forget();
        }
    }

    fn answer(&mut self, command: Command) {
        let now = self.clock.now();
        match command {
            Command::OperatorAct(action, answer) => {
                let _ = answer.send(self.desk.operator_act(&action, now));
            }
            Command::PersonAct(place, seen, action, answer) => {
                let _ = answer.send(self.desk.person_act_seen(place, seen, &action, now));
            }
            Command::OperatorView(answer) => {
                let _ = answer.send(self.desk.operator_view(now));
            }
            Command::PersonView(place, answer) => {
                let _ = answer.send(self.desk.person_view(place, now));
            }
            Command::RefuseClose(answer) => {
                self.desk.refuse_close();
                let _ = answer.send(());
            }
            Command::SetPersonPane(beside, answer) => {
                self.desk.set_person_pane(beside);
                let _ = answer.send(());
            }
        }
    }

    fn deadline(&self) -> Option<Duration> {
        let due = self.desk.poll_timeout()?;
        Some(Duration::from_millis(
            due.0.saturating_sub(self.clock.now().mono.0),
        ))
    }

    fn look_at_health(&mut self) {
        let mut health = with_packs((self.ports.health)(), &self.packs);
        health.drift_s = self.clock.drift_s();
        health.drift_high = health.drift_s.is_some_and(|drift| drift.abs() > 120);
        self.desk.set_health(health);
    }

    fn publish(&mut self) {
        let now = Change {
            revision: self.desk.revision(),
            rebuilds: self.rebuilds,
            person: self.desk.person_window(),
            visit_open: self.desk.visit_open(),
        };
        self.changes.send_if_modified(|change| {
            let changed = *change != now;
            *change = now;
            changed
        });
    }

    fn perform_all(&mut self) {
        while let Some(task) = self.desk.poll_effect() {
            self.perform(task);
        }
    }

    fn perform(&mut self, task: Task) {
        let Task { id, visit, effect } = task;
        match effect {
            Effect::SignIn { hint } => self.start_sign_in(id, hint),
            Effect::CancelSignIn => self.cancel_sign_in(),
            Effect::ForgetOperator => {
                if let Some(session) = self.session.take() {
                    session.forget();
                }
            }
            Effect::Record { entry } => self.write(id, visit, entry),
            Effect::RebuildWindows => self.rebuilds += 1,
            Effect::IssuePass { request, permit } => {
                let graph = self.graph_effects();
                self.spawn(id, async move {
                    Answer::Issue(graph.issue(&permit, &request).await)
                });
            }
            Effect::MakeHandOut { hand_out } => {
                let ask = self.ports.hand_outs.clone();
                self.spawn(id, async move {
                    Answer::HandOut(crate::perform::make_hand_out(*hand_out, ask).await)
                });
            }
            Effect::ReadPolicies => {
                let graph = self.graph_effects();
                self.spawn(id, async move { Answer::Policies(graph.policies().await) });
            }
            Effect::FindPerson { query } => {
                let graph = self.graph_effects();
                self.spawn(id, async move { Answer::Found(graph.find(query).await) });
            }
            Effect::ReadPerson { user } => {
                let graph = self.graph_effects();
                self.spawn(id, async move {
                    Answer::Found(graph.read_person(&user.0).await)
                });
            }
            Effect::ReadMethods {
                user,
                asked_for,
                wants,
            } => {
                let graph = self.graph_effects();
                self.spawn(id, async move {
                    Answer::Read(graph.methods(&user.0, &wants, asked_for).await)
                });
            }
            Effect::RemovePass { user, pass } => {
                let graph = self.graph_effects();
                self.spawn(id, async move {
                    Answer::Removed(graph.remove(&user.0, &pass.0).await)
                });
            }
        }
    }

    fn graph_effects(&self) -> GraphEffects {
        GraphEffects {
            session: self.session.clone(),
            now: self.clock.now().service,
            scopes: self.reads,
        }
    }

    fn spawn(&self, id: EffectId, work: impl Future<Output = Answer> + Send + 'static) {
        let report = self.report.clone();
        tokio::spawn(async move {
            let _ = report.send((id, work.await));
        });
    }

    fn write(&mut self, effect: EffectId, visit: Option<VisitId>, event: Event) {
        let at = self.clock.now().service;
        let line = record::Line {
            effect,
            at,
            visit,
            event,
        };
        if self.lines.send(line).is_err() {
            let _ = self
                .report
                .send((effect, Answer::Recorded(Err(NotRecorded))));
        }
    }

    // --- sign-in -------------------------------------------------------------------------------

    fn start_sign_in(&mut self, effect: EffectId, hint: Option<String>) {
        self.cancel_sign_in();
        let cancel = CancellationToken::new();
        self.sign_in = Some((effect, cancel.clone()));
        let client = self.client.clone();
        let open = self.ports.open_browser.clone();
        let (scopes, clock) = (self.scopes.clone(), self.ports.clock.clone());
        let report = self.report_sign_in.clone();
        let last = self.ports.last_operator.clone();
        tokio::spawn(async move {
            let work = crate::perform::sign_in(client, hint, last, open, scopes, clock);
            tokio::select! {
                () = cancel.cancelled() => {}
                result = work => {
                    let _ = report.send(SignInDone { effect, result });
                }
            }
        });
    }

    fn cancel_sign_in(&mut self) {
        if let Some((_, cancel)) = self.sign_in.take() {
            cancel.cancel();
        }
    }

    fn on_sign_in(&mut self, done: SignInDone) {
        self.clock.learn(self.client.last_service_date());
        if self
            .sign_in
            .as_ref()
            .is_none_or(|(effect, _)| *effect != done.effect)
        {
            if let Ok((_, session)) = done.result {
                session.forget();
            }
            return;
        }
        self.sign_in = None;
        let result = done.result.map(|(operator, session)| {
            if let Some(old) = self.session.replace(session) {
                old.forget();
            }
            operator
        });
        let now = self.clock.now();
        self.desk
            .handle_answer(done.effect, Answer::SignedIn(result), now);
        self.look_at_health();
    }
}

/// The machine's health with what is to be said of the site's packs.
fn with_packs(health: HealthView, (in_force, problems): &(Vec<String>, Vec<String>)) -> HealthView {
    HealthView {
        site_packs: in_force.clone(),
        pack_problems: problems.clone(),
        ..health
    }
}

/// Sleeps until the deadline, but never long: this clock stands still while the machine sleeps.
async fn sleep(deadline: Option<Duration>) {
    match deadline {
        Some(wait) => tokio::time::sleep(wait.min(Duration::from_secs(1))).await,
        None => std::future::pending().await,
    }
}
