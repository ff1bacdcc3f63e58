//! What a check asks for beside its tick, in the words windows know it by.

use onboarding::{NoteAction, VisitAction, record::Event};
use serde_json::json;

use crate::rig::Rig;

#[test]
fn a_note_comes_from_the_window_as_an_action_of_its_own_name() {
    let wire = json!({"do": "set_voucher", "name": "Head of section"});
    let note = VisitAction::Note(NoteAction::SetVoucher {
        name: "Head of section".into(),
    });
    assert_eq!(serde_json::to_value(&note).unwrap(), wire);
    assert_eq!(serde_json::from_value::<VisitAction>(wire).unwrap(), note);
    for strange in [
        json!({"do": "set_voucher"}),
        json!({"do": "set_voucher", "name": "x", "more": 1}),
        json!({"do": "note", "name": "x"}),
        json!({"do": "confirm_phone", "on": true, "more": 1}),
    ] {
        serde_json::from_value::<VisitAction>(strange).unwrap_err();
    }
}

#[test]
fn the_check_shows_every_note_and_which_checks_ask_for_it_each_under_its_own_name() {
    let mut rig = Rig::new().checking("1");
    let asked = |seen: &str, wanted| assert!(seen.contains(wanted), "{wanted} in {seen}");
    let seen = serde_json::to_string(&rig.view()).unwrap();
    asked(
        &seen,
        r#""phone_confirmed":false,"voucher":"","complete":false"#,
    );
    asked(
        &seen,
        r#"{"id":"photo-id","words":null,"on":false,"wants_voucher":false}"#,
    );
    asked(
        &seen,
        r#"{"id":"vouched","words":null,"on":false,"wants_voucher":true}"#,
    );
    rig.visit(VisitAction::Note(NoteAction::SetVoucher {
        name: "Head\u{7} ".into(),
    }));
    let seen = serde_json::to_string(&rig.view()).unwrap();
    asked(&seen, r#""voucher":"Head ""#);
}

#[test]
fn a_note_beside_a_check_that_is_no_longer_ticked_is_not_recorded() {
    let mut rig = Rig::new().checking("1");
    let tick = |check: &str, on| VisitAction::Tick {
        check: check.into(),
        on,
    };
    rig.visit(tick("vouched", true));
    rig.visit(VisitAction::Note(NoteAction::SetVoucher {
        name: "Head of section".into(),
    }));
    rig.visit(tick("vouched", false));
    rig.visit(tick("photo-id", true));
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    let recorded = rig.world.record.iter().find_map(|(_, event)| match event {
        Event::IdentityChecked { voucher, .. } => Some(voucher.clone()),
        _ => None,
    });
    assert_eq!(recorded, Some(None));
}
