//! A station whose configuration cannot be used says so in every window, and does nothing else.

use onboarding::{
    Lang, Mode, OperatorAction, OperatorScreen, PersonAction, PersonScreen, TroubleCode, VisitId,
};
use station::Station;
use station::config::Config;

#[tokio::test]
async fn every_window_is_told_why_and_a_lesson_keeps_its_banner() {
    for training in [false, true] {
        let problems = vec!["line 3: `cloud.nmae` is not known".to_owned()];
        let file = "madoguchi.toml".to_owned();
        let station = Station::not_configured(file, problems.clone(), Mode::Desk, training);
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
        let refused = station.operator_act(OperatorAction::SignIn).await;
        assert_eq!(refused.unwrap_err().code, TroubleCode::NotNow);
        assert_eq!(station.operator_view().await.unwrap().lang, Lang::En);
        assert_eq!(station.person_view(None).await.unwrap().lang, Lang::Ja);
        let reads = PersonAction::SetLanguage { lang };
        station.person_act(None, reads).await.unwrap();
        assert_eq!(station.person_view(None).await.unwrap().lang, Lang::En);
    }
}

/// Who sits in front of a kiosk that is out of service is not known either.
#[tokio::test]
async fn a_kiosk_without_a_configuration_closes_by_the_system_alone() {
    let closes = |mode: Mode| async move {
        let station = Station::not_configured(String::new(), Vec::new(), mode, false);
        assert_eq!(station.operator_view().await.unwrap().mode, mode);
        station.window_closes().await;
        let by_its_window = station.changes().borrow().closing;
        station.stop().await;
        (by_its_window, station.changes().borrow().closing)
    };
    assert_eq!(closes(Mode::Kiosk).await, (false, true));
    assert_eq!(closes(Mode::Desk).await, (true, true));
}

#[test]
fn the_mode_is_read_whatever_else_is_wrong() {
    let check = |text: &str, mode: Mode| assert_eq!(Config::mode_in(text), mode, "{text}");
    check("mode = \"kiosk\"\nunknown = 1\n", Mode::Kiosk);
    check("[cloud]\nmode = \"kiosk\"\n", Mode::Desk);
    check("mode = \"desk\"\n", Mode::Desk);
    check("mode = 7\n", Mode::Desk);
    check("mode = ", Mode::Desk);
}
