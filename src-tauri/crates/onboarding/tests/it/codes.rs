//! What a person reads out to support names one thing only.

use std::collections::BTreeSet;

use onboarding::{Trouble, TroubleCode, TroubleView};

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
            "NSPCTRHA".contains(letter) && number.len() == 3 && number.parse::<u16>().is_ok(),
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
