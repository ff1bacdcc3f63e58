//! The one task: actions and answers in, effects out, sleep until the next deadline.

use std::sync::Arc;
use std::time::Duration;

use onboarding::{
    Answer, Desk, Display, DisplayChange, Effect, EffectId, MethodQuery, NotRecorded,
    OperatorAction, OperatorView, PersonAction, PersonView, Task, Trouble, TroubleCode,
    UninvitedKind, UserId, VisitId, record::Event,
};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::after::AfterRegistration;
use crate::challenge::Challenge;
use crate::clock::ServiceClock;
use crate::closing::Closing;
use crate::colleague::AskedColleague;
use crate::config::Setup;
use crate::health::{AtStart, with_start};
use crate::kept_file::Keeper;
use crate::mail_out::MailOut;
use crate::perform::{GraphEffects, Reads, SignIn, SignedIn};
use crate::ports::Ports;
use crate::{Change, StartError, at_start, record};

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
    DisplayChanged(Display, DisplayChange, oneshot::Sender<()>),
    /// The app ends: answered when everything is written and the record is closed.
    Finish(oneshot::Sender<()>),
    /// The operator's window was told to close.
    WindowCloses(oneshot::Sender<()>),
    /// The system ends the app.
    Stop(oneshot::Sender<()>),
}

/// A sign-in that came to an end.
struct SignInDone {
    effect: EffectId,
    result: Result<SignedIn, Trouble>,
}

/// Troubles of a sign-in that got no answer: what it carried is still to be met.
const UNANSWERED: [TroubleCode; 9] = [
    TroubleCode::SignInTimedOut,
    TroubleCode::NoNetwork,
    TroubleCode::NetworkWantsSignIn,
    TroubleCode::NetworkRefused,
    TroubleCode::ProxyWantsSignIn,
    TroubleCode::ProxyRejects,
    TroubleCode::ServiceDown,
    TroubleCode::PortUnavailable,
    TroubleCode::BrowserFailed,
];

pub(crate) struct Driver {
    desk: Desk,
    pub(crate) clock: ServiceClock,
    pub(crate) ports: Ports,
    client: entra::Client,
    scopes: Vec<String>,
    reads: Reads,
    pub(crate) session: Option<entra::Session>,
    /// Where the browser's own session of whoever signed in last is ended.
    pub(crate) browser_session: Option<String>,
    pub(crate) challenge: Challenge,
    /// The sign-in under way, and how to give it up.
    sign_in: Option<(EffectId, CancellationToken)>,
    pub(crate) after: AfterRegistration,
    pub(crate) colleague: AskedColleague,
    /// How letters leave; none where nothing goes by mail.
    pub(crate) mail_out: Option<MailOut>,
    /// What of visits by telephone outlives the app.
    pub(crate) keeper: Keeper,
    commands: mpsc::Receiver<Command>,
    record: record::OpenRecord,
    answers: mpsc::UnboundedReceiver<(EffectId, Answer)>,
    report: mpsc::UnboundedSender<(EffectId, Answer)>,
    signed_in: mpsc::UnboundedReceiver<SignInDone>,
    report_sign_in: mpsc::UnboundedSender<SignInDone>,
    changes: watch::Sender<Change>,
    /// How often the windows were to be built anew.
    rebuilds: u64,
    pub(crate) closing: Closing,
    /// The site's packs in force, and what of its folder is not used.
    at_start: AtStart,
}

impl Driver {
    pub(crate) fn new(
        setup: Setup,
        ports: Ports,
        commands: mpsc::Receiver<Command>,
    ) -> Result<(Self, watch::Receiver<Change>), StartError> {
        let scopes = setup.app.scopes.clone();
        let reads = (&setup.policy).into();
        let uptime = uptime(&ports);
        let after = AfterRegistration::of(&setup, &uptime)?;
        let colleague = AskedColleague::of(&setup, &uptime)?;
        let mail_out = MailOut::of(setup.mail)?;
        let client = entra::Client::with_clock(&setup.proxy, setup.endpoints, setup.app, uptime)?;
        let clock = ServiceClock::new(ports.clock.clone());
        let (report, answers) = mpsc::unbounded_channel();
        let (report_sign_in, signed_in) = mpsc::unbounded_channel();
        let at = clock.now().service;
        let started = started(&setup.site.version, &ports);
        let (record, earlier) =
            record::open(&ports.record, &ports.witnesses, started, at, report.clone())?;
        let keeper = Keeper::of(&ports, &record.station, &setup.policy.tenant_id);
        let of_site = (setup.policy, setup.site, setup.packs.packs);
        let sees = (ports.person_pane, clock.now());
        let mut desk = at_start::desk(of_site, (earlier, &keeper), sees);
        let packs = (setup.packs.in_force, setup.packs.problems);
        let told = AtStart::of(packs, record.witnessed);
        desk.set_health(with_start((ports.health)(), &told));
        let (changes, watcher) = watch::channel(first_change(&desk));
        let driver = Self {
            desk,
            clock,
            ports,
            client,
            scopes,
            reads,
            session: None,
            browser_session: None,
            challenge: Challenge::default(),
            sign_in: None,
            after,
            colleague,
            mail_out,
            keeper,
            commands,
            record,
            answers,
            report,
            signed_in,
            report_sign_in,
            changes,
            rebuilds: 0,
            closing: Closing::default(),
            at_start: told,
        };
        Ok((driver, watcher))
    }

    pub(crate) async fn run(mut self) {
        let mut health = tokio::time::interval(HEALTH_EVERY);
        loop {
            let deadline = self.deadline();
            tokio::select! {
                command = self.commands.recv() => match command {
                    Some(Command::Finish(finished)) => return self.finish(finished).await,
                    // What fell due while the machine slept comes before what is wanted now.
                    Some(command) => {
                        self.desk.handle_timeout(self.clock.now());
                        self.answer(command);
                    }
                    None => break,
                },
                Some((id, answer)) = self.answers.recv() => {
                    if matches!(answer, Answer::Recorded(_) | Answer::VisitsKept(_)) {
                        self.closing.written();
                    }
                    self.clock.learn(self.client.take_service_dates());
                    let now = self.clock.now();
                    if let Some(percent) = self.client.take_limit_percent() {
                        self.desk.handle_quota(percent, now);
                    }
                    self.desk.handle_answer(id, answer, now);
                }
                Some(done) = self.signed_in.recv() => self.on_sign_in(done),
                Some(found) = self.record.distrust.recv() => {
                    self.desk.out_of_service(found.trouble());
                }
                () = sleep(deadline) => {}
                _ = health.tick() => self.look_at_health(),
            }
            self.desk.handle_timeout(self.clock.now());
            self.perform_all();
            self.publish();
        }
        self.forget_operator();
    }

    /// Forgets the session, and answers when the record is closed.
    async fn finish(mut self, finished: oneshot::Sender<()>) {
        self.forget_operator();
        let record::OpenRecord { lines, closed, .. } = self.record;
        drop(lines);
        // It ends without a word.
        let _ = closed.await;
        let _ = finished.send(());
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
            Command::Finish(answer) => drop(answer),
            Command::WindowCloses(answer) => {
                self.desk.window_closes();
                let _ = answer.send(());
            }
            Command::Stop(answer) => {
                self.desk.stop();
                let _ = answer.send(());
            }
            Command::DisplayChanged(display, change, answer) => {
                self.desk.display_changed(display, change);
                let _ = answer.send(());
            }
            Command::SetPersonPane(beside, answer) => {
                self.desk.set_person_pane(beside);
                let _ = answer.send(());
            }
        }
    }

    fn deadline(&self) -> Option<Duration> {
        let now = self.clock.now().mono;
        let given_up = self.closing.given_up_at(now);
        let due = self.desk.poll_timeout().into_iter().chain(given_up).min()?;
        Some(Duration::from_millis(due.0.saturating_sub(now.0)))
    }

    fn look_at_health(&mut self) {
        let mut health = with_start((self.ports.health)(), &self.at_start);
        health.drift_s = self.clock.drift_s();
        health.drift_high = health.drift_s.is_some_and(|drift| drift.abs() > 120);
        self.desk.set_health(health);
    }

    fn publish(&mut self) {
        let now = Change {
            revision: self.desk.revision(),
            rebuilds: self.rebuilds,
            person: self.desk.person_window(),
            signing_in: self.desk.signing_in(),
            closing: self.closing.is_due(self.clock.now().mono),
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
            Effect::SignIn { hint, only } => self.start_sign_in(id, hint, only),
            Effect::CancelSignIn => self.cancel_sign_in(),
            Effect::ForgetOperator => self.forget_operator(),
            Effect::EndBrowserSession => self.end_browser_session(),
            Effect::RememberOperator { upn } => self.remember(upn),
            Effect::Record { entry } => self.write(id, visit, entry),
            Effect::RebuildWindows => self.rebuilds += 1,
            Effect::CloseApp => self.closing.begin(self.clock.now().mono),
            Effect::Colleague(effect) => self.perform_colleague(id, effect),
            Effect::After(effect) => self.perform_after(id, effect),
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
            Effect::SendLetter { letter } => self.send_letter(id, letter),
            Effect::ReadPolicies => self.read_policies(id),
            Effect::ReadPasskeyRules => self.read_passkey_rules(id),
            Effect::RenewRights => self.renew_rights(id),
            Effect::ReadBelonging { user, also } => self.read_belonging(id, user, also),
            Effect::ReadCallNumbers { user } => self.read_call_numbers(id, user),
            Effect::KeepVisits { visits } => self.keep_visits(id, visits),
            Effect::ReadKeptVisits => self.read_kept_visits(id),
            Effect::AskAccess { user, question } => self.ask_access(id, user, question),
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
            } => self.read_methods(id, user, asked_for, wants),
            Effect::RemoveMethod { user, kind, method } => {
                self.remove_method(id, user, kind, method);
            }
            Effect::EndSessions { user } => self.end_sessions(id, user),
            Effect::RemovePass { user, pass } => {
                let graph = self.graph_effects();
                self.spawn(id, async move {
                    Answer::Removed(graph.remove(&user.0, &pass.0).await)
                });
            }
        }
    }

    fn read_methods(&self, id: EffectId, user: UserId, asked_for: bool, wants: MethodQuery) {
        let graph = self.graph_effects();
        self.spawn(id, async move {
            Answer::Read(graph.methods(&user.0, &wants, asked_for).await)
        });
    }

    fn remove_method(&self, id: EffectId, user: UserId, kind: UninvitedKind, method: String) {
        let graph = self.graph_effects();
        self.spawn(id, async move {
            Answer::MethodRemoved(graph.remove_method(&user.0, kind, &method).await)
        });
    }

    pub(crate) fn graph_effects(&self) -> GraphEffects {
        GraphEffects {
            session: self.session.clone(),
            now: self.clock.now().service,
            reads: self.reads.clone(),
            computers: self.after.takes_out_of_use(),
        }
    }

    pub(crate) fn spawn(&self, id: EffectId, work: impl Future<Output = Answer> + Send + 'static) {
        let report = self.report.clone();
        tokio::spawn(async move {
            let _ = report.send((id, work.await));
        });
    }

    fn write(&mut self, effect: EffectId, visit: Option<VisitId>, event: Event) {
        self.closing.sent();
        let at = self.clock.now().service;
        let line = record::Line {
            effect,
            at,
            visit,
            event,
        };
        if self.record.lines.send(line).is_err() {
            let _ = self
                .report
                .send((effect, Answer::Recorded(Err(NotRecorded))));
        }
    }

    // --- sign-in -------------------------------------------------------------------------------

    fn start_sign_in(&mut self, effect: EffectId, hint: Option<String>, only: Option<UserId>) {
        self.cancel_sign_in();
        let cancel = CancellationToken::new();
        self.sign_in = Some((effect, cancel.clone()));
        let wanted = SignIn {
            client: self.client.clone(),
            hint,
            only,
            claims: self.challenge.open(),
            last: self.ports.last_operator.clone(),
            open: self.ports.open_browser.clone(),
            asked: self.scopes.clone(),
            clock: self.ports.clock.clone(),
        };
        let report = self.report_sign_in.clone();
        tokio::spawn(async move {
            let work = crate::perform::sign_in(wanted);
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
        self.clock.learn(self.client.take_service_dates());
        if self
            .sign_in
            .as_ref()
            .is_none_or(|(effect, _)| *effect != done.effect)
        {
            if let Ok(done) = done.result {
                done.session.forget();
            }
            return;
        }
        self.sign_in = None;
        let unanswered = done.result.as_ref().err();
        if unanswered.is_none_or(|trouble| !UNANSWERED.contains(&trouble.code)) {
            let by = done.result.as_ref().ok();
            let by = by.map(|done| done.session.operator());
            self.challenge.answered(by, self.ports.clock.mono_ms());
        }
        let result = done.result.map(|done| {
            self.forget_operator();
            self.session = Some(done.session);
            self.browser_session = done.sign_out_url;
            done.operator
        });
        let now = self.clock.now();
        self.desk
            .handle_answer(done.effect, Answer::SignedIn(result), now);
        self.look_at_health();
    }
}

/// How long the machine is up, by the station's clock.
fn uptime(ports: &Ports) -> entra::Uptime {
    let clock = ports.clock.clone();
    Arc::new(move || Duration::from_millis(clock.mono_ms()))
}

/// What the record says of this start.
fn started(version: &str, ports: &Ports) -> Vec<Event> {
    let start = Event::StationStarted {
        version: version.to_owned(),
        config_sha256: ports.config_sha256.clone(),
    };
    std::iter::once(start)
        .chain(ports.at_start.iter().cloned())
        .collect()
}

/// Sleeps until the deadline, but never long: this clock stands still while the machine sleeps.
async fn sleep(deadline: Option<Duration>) {
    match deadline {
        Some(wait) => tokio::time::sleep(wait.min(Duration::from_secs(1))).await,
        None => std::future::pending().await,
    }
}

/// What is told of a desk before anything happened at it.
fn first_change(desk: &Desk) -> Change {
    Change::first(desk.revision(), desk.person_window())
}
