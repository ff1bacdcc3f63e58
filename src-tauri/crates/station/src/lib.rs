//! The driver: one task that feeds the machines, performs their effects and publishes views.
//!
//! It decides nothing. [`Station::start`] takes a configured desk and the ways out of it, and gives
//! a handle through which windows act and look.

mod access;
mod after;
mod at_start;
mod belonging;
mod call_numbers;
mod challenge;
mod change;
mod clock;
mod closing;
mod colleague;
pub mod config;
mod drive;
mod forget;
mod health;
mod kept_file;
mod kept_visits;
mod last_run;
mod letter;
mod limits_seen;
mod mail_out;
mod never_expires;
pub mod packs;
mod passkeys;
mod perform;
mod perform_after;
mod perform_colleague;
mod perform_letter;
mod ports;
mod proof;
pub mod record;
mod rights;
mod roles;
mod start_error;
mod translate;
mod unconfigured;

use onboarding::{
    Display, DisplayChange, OperatorAction, OperatorView, PersonAction, PersonView, StartProblem,
    Trouble, TroubleCode, VisitId,
};
use tokio::sync::{mpsc, oneshot, watch};

pub use change::Change;
pub use onboarding;
pub use ports::{
    Clock, HandOutError, HandOutWanted, KeptFault, KeptFile, KeptUnread, LastOperator, OpenBrowser,
    OpenTestBrowser, Ports, RowPicture, RowPicturesWanted, StartTestBrowser,
};
pub use start_error::StartError;

/// A running station. Clones act on the same one.
#[derive(Clone)]
pub struct Station {
    commands: mpsc::Sender<drive::Command>,
    changes: watch::Receiver<Change>,
}

impl Station {
    /// Starts the driver on the current tokio runtime.
    ///
    /// # Errors
    /// [`StartError`] when the record or the client cannot be used.
    pub fn start(setup: config::Setup, ports: Ports) -> Result<Self, StartError> {
        let (commands, receiver) = mpsc::channel(64);
        let (driver, changes) = drive::Driver::new(setup, ports, receiver)?;
        tokio::spawn(driver.run());
        Ok(Self { commands, changes })
    }

    /// A station that only says what is wrong with its configuration: in the mode it would work in, as far as that can
    /// be read, and for `training` under the banner that says so.
    #[must_use]
    pub fn not_configured(file: String, problems: Vec<String>, training: bool) -> Self {
        let problem = StartProblem::Configuration { file, problems };
        Self::not_started(problem, config::Greeting::default(), training)
    }

    /// A station that only says why it cannot start, in the languages of its site; for `training` under the banner that
    /// says so.
    #[must_use]
    pub fn not_started(problem: StartProblem, greeting: config::Greeting, training: bool) -> Self {
        let (commands, receiver) = mpsc::channel(64);
        let change = Change::first(1, VisitId(1));
        let (sender, changes) = watch::channel(change);
        tokio::spawn(unconfigured::answer(
            receiver, sender, problem, greeting, training,
        ));
        Self { commands, changes }
    }

    /// The operator wants something.
    ///
    /// # Errors
    /// The machine's refusal; nothing has changed then.
    pub async fn operator_act(&self, action: OperatorAction) -> Result<(), Trouble> {
        self.command(|answer| drive::Command::OperatorAct(action, answer))
            .await?
    }

    /// The person wants something, in the window of `place` or beside the operator (`None`), on a page that showed
    /// nobody's visit.
    ///
    /// # Errors
    /// The machine's refusal; nothing has changed then. With several visits, one that is in front is one.
    pub async fn person_act(
        &self,
        place: Option<VisitId>,
        action: PersonAction,
    ) -> Result<(), Trouble> {
        self.person_act_seen(place, None, action).await
    }

    /// The same, from a page that showed the visit `seen` when it was touched.
    ///
    /// # Errors
    /// The machine's refusal, also when another visit is in front by now.
    pub async fn person_act_seen(
        &self,
        place: Option<VisitId>,
        seen: Option<VisitId>,
        action: PersonAction,
    ) -> Result<(), Trouble> {
        self.command(|answer| drive::Command::PersonAct(place, seen, action, answer))
            .await?
    }

    /// What the operator's window shows.
    ///
    /// # Errors
    /// Only when the station has stopped.
    pub async fn operator_view(&self) -> Result<OperatorView, Trouble> {
        self.command(drive::Command::OperatorView).await
    }

    /// What the person's window shows.
    ///
    /// # Errors
    /// When the visit of `place` is over.
    pub async fn person_view(&self, place: Option<VisitId>) -> Result<PersonView, Trouble> {
        self.command(|answer| drive::Command::PersonView(place, answer))
            .await?
    }

    /// A second display came or went.
    pub async fn set_person_pane(&self, beside: bool) {
        let _ = self
            .command(|answer| drive::Command::SetPersonPane(beside, answer))
            .await;
    }

    /// A display was lost, or a new window stands there. The pass is out of sight when this returns.
    pub async fn display_changed(&self, display: Display, change: DisplayChange) {
        let _ = self
            .command(|answer| drive::Command::DisplayChanged(display, change, answer))
            .await;
    }

    /// Somebody wants the operator's window closed. Where that may be, [`Change::closing`] says when; otherwise the
    /// screen says why not.
    pub async fn window_closes(&self) {
        let _ = self.command(drive::Command::WindowCloses).await;
    }

    /// The system ends the app: it may once [`Change::closing`] says so.
    pub async fn stop(&self) {
        let _ = self.command(drive::Command::Stop).await;
    }

    /// The app ends: returns when everything is written and the record is closed, all of it in its file. Every later
    /// action is refused.
    pub async fn finish(&self) {
        let _ = self.command(drive::Command::Finish).await;
    }

    /// Follows what changes.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Change> {
        self.changes.clone()
    }

    async fn command<T>(
        &self,
        command: impl FnOnce(oneshot::Sender<T>) -> drive::Command,
    ) -> Result<T, Trouble> {
        let (answer, wait) = oneshot::channel();
        let stopped = || Trouble::new(TroubleCode::Unexpected);
        self.commands
            .send(command(answer))
            .await
            .map_err(|_| stopped())?;
        wait.await.map_err(|_| stopped())
    }
}
