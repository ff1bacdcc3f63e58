//! A station whose configuration cannot be used says so in every window, and does nothing else.

use onboarding::{
    Lang, Mode, OperatorAction, OperatorScreen, PersonAction, PersonScreen, StartProblem, TextSize,
    TroubleCode, VisitId,
};
use station::Station;
use station::config::Greeting;

#[tokio::test]
async fn every_window_is_told_why_and_a_lesson_keeps_its_banner() {
    for training in [false, true] {
        let problems = vec!["line 3: `cloud.nmae` is not known".to_owned()];
        let file = "madoguchi.toml".to_owned();
        let station = Station::not_configured(file, problems.clone(), training);
        let view = station.operator_view().await.unwrap();
        let OperatorScreen::NotConfigured {
            file,
            problems: told,
        } = view.screen
        else {
            panic!("another screen");
        };
        assert_eq!((file.as_str(), told), ("madoguchi.toml", problems));
        let person = station.person_view(Some(VisitId(1))).await.unwrap();
        assert!(matches!(person.screen, PersonScreen::OutOfService));
        assert_eq!((view.training, person.training), (training, training));
        // Each side reads in its own language; nothing else is done.
        let lang = Lang::En;
        let reads = OperatorAction::SetLanguage { lang };
        station.operator_act(reads).await.unwrap();
        let size = TextSize::Largest;
        let larger = OperatorAction::SetTextSize { size };
        station.operator_act(larger).await.unwrap();
        assert_eq!(station.operator_view().await.unwrap().text_size, size);
        let refused = station.operator_act(OperatorAction::SignIn).await;
        assert_eq!(refused.unwrap_err().code, TroubleCode::NotNow);
        assert_eq!(station.operator_view().await.unwrap().lang, Lang::En);
        assert_eq!(station.person_view(None).await.unwrap().lang, Lang::Ja);
        let reads = PersonAction::SetLanguage { lang };
        station.person_act(None, reads).await.unwrap();
        assert_eq!(station.person_view(None).await.unwrap().lang, Lang::En);
    }
}

/// F18: each start that fails says why on its own screen, in the site's languages, and whom to call.
#[tokio::test]
async fn a_start_that_fails_speaks_the_sites_language_f18() {
    let file = "/etc/madoguchi/madoguchi.toml".to_owned();
    let folder = "/var/lib/madoguchi".to_owned();
    let problems = [
        StartProblem::ConfigurationMissing { file: file.clone() },
        StartProblem::ConfigurationUnreadable { file: file.clone() },
        StartProblem::LockTaken {
            folder: folder.clone(),
        },
        StartProblem::FolderReadOnly { folder },
        StartProblem::RecordDamaged { file, entry: None },
    ];
    let text =
        "[language]\noperator = \"en\"\nperson = \"ja_easy\"\n[site]\nhelp_line = \"0776-1\"\n";
    let greeting = Greeting::read(text);
    for wanted in problems {
        let station = Station::not_started(wanted.clone(), greeting.clone(), false);
        let view = station.operator_view().await.unwrap();
        let OperatorScreen::NotStarted { problem } = view.screen else {
            panic!("another screen for {wanted:?}");
        };
        assert_eq!(problem, wanted);
        assert_eq!((view.lang, view.help_line.as_str()), (Lang::En, "0776-1"));
        let person = station.person_view(None).await.unwrap();
        assert_eq!(
            (person.lang, person.help_line.as_str()),
            (Lang::JaEasy, "0776-1")
        );
    }
}

#[test]
fn the_sites_language_is_read_whatever_else_is_wrong() {
    let check = |text: &str, operator: Lang, person: Lang| {
        let read = Greeting::read(text);
        assert_eq!((read.operator, read.person), (operator, person), "{text}");
    };
    let english = "[language]\noperator = \"en\"\nperson = \"en\"\n";
    check(english, Lang::En, Lang::En);
    check(&format!("colour = 1\n{english}"), Lang::En, Lang::En);
    check(&format!("mode = kiosk\n{english}"), Lang::En, Lang::En);
    check(
        &format!("{english}[tenant]\nid = \"unclosed\n"),
        Lang::En,
        Lang::En,
    );
    check(&format!("{english}{english}"), Lang::En, Lang::En);
    check("[language]\noperator = \"en\"\n", Lang::En, Lang::Ja);
    // Japanese where nothing is said that can be used.
    check("", Lang::Ja, Lang::Ja);
    check(
        "[language]\noperator = \"ja_easy\"\nperson = 3\n",
        Lang::Ja,
        Lang::Ja,
    );
    check("language = \"en\"\n", Lang::Ja, Lang::Ja);
    check("\u{0}\u{1}[[[", Lang::Ja, Lang::Ja);
    let line = |text: &str| Greeting::read(text).help_line;
    assert_eq!(line("[site]\nhelp_line = \"119\"\nmore = 1"), "119");
    let long = format!("[site]\nhelp_line = \"{}\"", "1".repeat(41));
    assert_eq!(line(&long), "");
}

/// Who sits in front of a kiosk that is out of service is not known either.
#[tokio::test]
async fn a_kiosk_without_a_configuration_closes_by_the_system_alone() {
    let closes = |mode: Mode, problem: StartProblem| async move {
        let greeting = Greeting {
            mode,
            ..Greeting::default()
        };
        let station = Station::not_started(problem, greeting, false);
        station.window_closes().await;
        let by_its_window = station.changes().borrow().closing;
        station.stop().await;
        (by_its_window, station.changes().borrow().closing)
    };
    let file = || "madoguchi.toml".to_owned();
    let missing = || StartProblem::ConfigurationMissing { file: file() };
    assert_eq!(closes(Mode::Kiosk, missing()).await, (false, true));
    assert_eq!(closes(Mode::Desk, missing()).await, (true, true));
    let second = StartProblem::LockTaken { folder: file() };
    assert_eq!(
        closes(Mode::Kiosk, second.clone()).await,
        (true, true),
        "a second start"
    );
    // Where no window manager has a way to close it, the screen has.
    let by_its_button = |mode: Mode, problem: StartProblem| async move {
        let greeting = Greeting {
            mode,
            ..Greeting::default()
        };
        let station = Station::not_started(problem, greeting, false);
        let wanted = station.operator_act(OperatorAction::CloseApp).await.is_ok();
        (wanted, station.changes().borrow().closing)
    };
    assert_eq!(by_its_button(Mode::Kiosk, second).await, (true, true));
    assert_eq!(by_its_button(Mode::Kiosk, missing()).await, (false, false));
    assert_eq!(by_its_button(Mode::Desk, missing()).await, (true, true));
}

#[test]
fn the_mode_is_read_whatever_else_is_wrong() {
    let check = |text: &str, mode: Mode| assert_eq!(Greeting::read(text).mode, mode, "{text}");
    check("mode = \"kiosk\"\nunknown = 1\n", Mode::Kiosk);
    check("[cloud]\nmode = \"kiosk\"\n", Mode::Desk);
    check("mode = \"desk\"\n", Mode::Desk);
    check("mode = 7\n", Mode::Desk);
    check("mode = ", Mode::Desk);
}
