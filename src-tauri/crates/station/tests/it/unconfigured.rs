//! A station whose configuration cannot be used says so in every window, and does nothing else.

use onboarding::{
    Lang, OperatorAction, OperatorScreen, PersonAction, PersonScreen, TroubleCode, VisitId,
};
use station::Station;

#[tokio::test]
async fn every_window_is_told_why_and_a_lesson_keeps_its_banner() {
    for training in [false, true] {
        let problems = vec!["line 3: `cloud.nmae` is not known".to_owned()];
        let station = Station::not_configured("madoguchi.toml".into(), problems.clone(), training);
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
