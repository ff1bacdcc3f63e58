//! A station that cannot work: it answers every window with the reason.

use audit::harmless;
use onboarding::{
    HealthView, Lang, Mode, OperatorAction, OperatorScreen, OperatorView, PersonAction,
    PersonScreen, PersonView, SiteFiles, StartProblem, TextSize, Trouble, TroubleCode, Words,
};
use tokio::sync::{mpsc, watch};

use crate::Change;
use crate::config::Greeting;
use crate::drive::Command;

/// Answers until the last window is gone.
pub(crate) async fn answer(
    mut commands: mpsc::Receiver<Command>,
    changes: watch::Sender<Change>,
    problem: StartProblem,
    greeting: Greeting,
    training: bool,
) {
    let (mut operator, mut person) = (greeting.operator, greeting.person);
    let mut text_size = TextSize::Normal;
    // A second start lies over the one that works: whoever began it must be able to end it.
    let is_second = matches!(problem, StartProblem::LockTaken { .. });
    let mode = if is_second { Mode::Desk } else { greeting.mode };
    let screen = screen(problem);
    while let Some(command) = commands.recv().await {
        let revision = changes.borrow().revision;
        match command {
            Command::OperatorAct(OperatorAction::SetLanguage { lang }, answer) => {
                operator = lang;
                changes.send_modify(|change| change.revision += 1);
                let _ = answer.send(Ok(()));
            }
            Command::OperatorAct(OperatorAction::SetTextSize { size }, answer) => {
                text_size = size;
                changes.send_modify(|change| change.revision += 1);
                let _ = answer.send(Ok(()));
            }
            Command::PersonAct(_, _, PersonAction::SetLanguage { lang }, answer) => {
                person = lang;
                changes.send_modify(|change| change.revision += 1);
                let _ = answer.send(Ok(()));
            }
            Command::OperatorAct(OperatorAction::CloseApp, answer) if mode == Mode::Desk => {
                changes.send_modify(|change| change.closing = true);
                let _ = answer.send(Ok(()));
            }
            Command::OperatorAct(_, answer) | Command::PersonAct(_, _, _, answer) => {
                let _ = answer.send(Err(Trouble::new(TroubleCode::NotNow)));
            }
            Command::OperatorView(answer) => {
                let mut view = operator_view(revision, operator, screen.clone());
                (view.mode, view.text_size, view.training) = (mode, text_size, training);
                view.help_line.clone_from(&greeting.help_line);
                let _ = answer.send(view);
            }
            Command::PersonView(_, answer) => {
                let mut view = person_view(revision, person);
                view.training = training;
                view.help_line.clone_from(&greeting.help_line);
                let _ = answer.send(Ok(view));
            }
            Command::SetPersonPane(_, answer)
            | Command::DisplayChanged(_, _, answer)
            | Command::Finish(answer) => {
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

/// A configuration that says what it may not has a screen that lists it.
fn screen(problem: StartProblem) -> OperatorScreen {
    if let StartProblem::Configuration { file, problems } = problem {
        // They quote the file, whatever it holds.
        let problems = problems.iter().map(|it| harmless(it).into_owned());
        OperatorScreen::NotConfigured {
            file: harmless(&file).into_owned(),
            problems: problems.collect(),
        }
    } else {
        OperatorScreen::NotStarted { problem }
    }
}

fn operator_view(revision: u64, lang: Lang, screen: OperatorScreen) -> OperatorView {
    OperatorView {
        revision,
        lang,
        text_size: TextSize::Normal,
        mode: Mode::Desk,
        training: false,
        help_line: String::new(),
        organisation: Words::same(""),
        person_pane: false,
        health: HealthView::default(),
        operator: None,
        pending_passes: Vec::new(),
        pass_questions: Vec::new(),
        uninvited: Vec::new(),
        old_phone: None,
        rolls_to_leave: Vec::new(),
        notice: None,
        trouble: None,
        list: None,
        site_files: SiteFiles::default(),
        screen,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is quoted turns no line of the window round (T13).
    #[test]
    fn what_is_quoted_of_a_configuration_is_harmless_on_the_screen_t13() {
        let problem = StartProblem::Configuration {
            file: "/etc/a\u{202e}b".to_owned(),
            problems: vec!["line 2: a\u{202e}b is no key\n".to_owned()],
        };
        let OperatorScreen::NotConfigured { file, problems } = screen(problem) else {
            panic!("another screen")
        };
        for shown in [file, problems.concat()] {
            assert!(!shown.contains(audit::is_disruptive), "{shown:?}");
        }
    }
}
