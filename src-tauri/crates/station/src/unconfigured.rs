//! A station that cannot work: it answers every window with the reason.

use onboarding::{
    HealthView, Lang, Mode, OperatorAction, OperatorScreen, OperatorView, PersonAction,
    PersonScreen, PersonView, SiteFiles, TextSize, Trouble, TroubleCode, Words,
};
use tokio::sync::{mpsc, watch};

use crate::Change;
use crate::drive::Command;

/// Answers until the last window is gone.
pub(crate) async fn answer(
    mut commands: mpsc::Receiver<Command>,
    changes: watch::Sender<Change>,
    file: String,
    problems: Vec<String>,
    (mode, training): (Mode, bool),
) {
    let (mut operator, mut person) = (Lang::Ja, Lang::Ja);
    while let Some(command) = commands.recv().await {
        let revision = changes.borrow().revision;
        match command {
            Command::OperatorAct(OperatorAction::SetLanguage { lang }, answer) => {
                operator = lang;
                changes.send_modify(|change| change.revision += 1);
                let _ = answer.send(Ok(()));
            }
            Command::PersonAct(_, _, PersonAction::SetLanguage { lang }, answer) => {
                person = lang;
                changes.send_modify(|change| change.revision += 1);
                let _ = answer.send(Ok(()));
            }
            Command::OperatorAct(_, answer) | Command::PersonAct(_, _, _, answer) => {
                let _ = answer.send(Err(Trouble::new(TroubleCode::NotNow)));
            }
            Command::OperatorView(answer) => {
                let mut view = operator_view(revision, operator, &file, &problems);
                view.mode = mode;
                view.training = training;
                let _ = answer.send(view);
            }
            Command::PersonView(_, answer) => {
                let mut view = person_view(revision, person);
                view.training = training;
                let _ = answer.send(Ok(view));
            }
            Command::SetPersonPane(_, answer) => {
                let _ = answer.send(());
            }
            Command::WindowCloses(answer) => {
                // A kiosk stays, as one that works does; only the system ends it.
                changes.send_modify(|change| change.closing |= mode == Mode::Desk);
                let _ = answer.send(());
            }
            Command::Stop(answer) => {
                changes.send_modify(|change| change.closing = true);
                let _ = answer.send(());
            }
        }
    }
}

fn operator_view(revision: u64, lang: Lang, file: &str, problems: &[String]) -> OperatorView {
    OperatorView {
        revision,
        lang,
        mode: Mode::Desk,
        training: false,
        help_line: String::new(),
        organisation: Words::same(""),
        person_pane: false,
        health: HealthView::default(),
        operator: None,
        pending_passes: Vec::new(),
        trouble: None,
        list: None,
        site_files: SiteFiles::default(),
        screen: OperatorScreen::NotConfigured {
            file: file.to_owned(),
            problems: problems.to_vec(),
        },
    }
}

fn person_view(revision: u64, lang: Lang) -> PersonView {
    PersonView {
        revision,
        lang,
        training: false,
        help_line: String::new(),
        organisation: Words::same(""),
        text_size: TextSize::Normal,
        reading_aloud: false,
        visit: None,
        ticket: None,
        site_files: SiteFiles::default(),
        screen: PersonScreen::OutOfService,
    }
}
