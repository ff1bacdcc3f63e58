//! What a person reads out to support names one thing only.

use std::collections::BTreeSet;

use desk_world::Kind;
use onboarding::{
    Answer, OperatorAction, ServiceRefusal, Support, Trouble, TroubleCode, TroubleView,
    record::Event,
};

use crate::rig::Rig;

#[test]
fn every_trouble_has_its_own_short_code_and_key() {
    let short: BTreeSet<_> = TroubleCode::ALL.iter().map(|code| code.short()).collect();
    let key: BTreeSet<_> = TroubleCode::ALL.iter().map(|code| code.key()).collect();
    assert_eq!(
        (short.len(), key.len()),
        (TroubleCode::ALL.len(), TroubleCode::ALL.len())
    );
    for code in TroubleCode::ALL {
        let (letter, number) = code.short().split_at(1);
        assert!(
            "NSPCTRHAM".contains(letter) && number.len() == 3 && number.parse::<u16>().is_ok(),
            "{code:?}"
        );
        let view = TroubleView::from(&Trouble::new(*code).text("domain", "x"));
        assert_eq!(
            (view.message.key.as_str(), view.code.as_str()),
            (code.key(), code.short())
        );
        assert_eq!(view.hint.key, format!("{}-do", code.key()));
        assert_eq!(view.hint.args, view.message.args);
    }
}

/// What finds a refusal again stands in the record with our own code (W5).
#[test]
fn a_refused_sign_in_is_recorded_with_its_number() {
    let mut rig = Rig::new();
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    let asked = rig.flying.pop().unwrap();
    let support = Support {
        client_request_id: None,
        request_id: None,
        at_unix_ms: 0,
        refusal: Some(Box::new(ServiceRefusal {
            aadsts: Some(530_003),
            error_uri: Some("https://login.example/error?code=530003".to_owned()),
            correlation_id: Some("5c1e-1".to_owned()),
        })),
    };
    let refused = Trouble::new(TroubleCode::SignInBlocked).support(Some(support));
    rig.deliver(asked.id, Answer::SignedIn(Err(refused)), "SignIn");
    rig.run();
    let code = TroubleCode::SignInBlocked;
    let aadsts = Some(530_003);
    assert_eq!(
        rig.world.record.last().unwrap().1,
        Event::OperatorSignInRefused {
            code,
            aadsts,
            error_uri: Some("https://login.example/error?code=530003".to_owned()),
            correlation_id: Some("5c1e-1".to_owned()),
        }
    );
}
