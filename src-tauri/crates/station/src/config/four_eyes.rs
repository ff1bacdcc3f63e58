//! When a colleague confirms a pass, and who may.

use onboarding::{FourEyes, HeldBecause};

use super::limits::{FourEyesName, Limits};
use super::wrong::Wrong;
use super::{Config, telephone_check};

/// The checks in which a document is seen, where the site lists none.
const DOCUMENTS: [&str; 2] = ["staff-card", "photo-id"];
/// A third renewal needs as many.
const THIRD: u8 = 3;

impl From<FourEyesName> for HeldBecause {
    fn from(name: FourEyesName) -> Self {
        match name {
            FourEyesName::NoDocument => Self::NoDocument,
            FourEyesName::Protected => Self::Protected,
            FourEyesName::ThirdRenewal => Self::ThirdRenewal,
        }
    }
}

impl Limits {
    /// Which passes a colleague confirms first.
    pub(super) fn four_eyes_rules(&self) -> FourEyes {
        let when = self.four_eyes.iter().flatten();
        let documents = self.documents.clone();
        FourEyes {
            when: when.copied().map(HeldBecause::from).collect(),
            documents: documents.unwrap_or_else(|| DOCUMENTS.map(str::to_owned).to_vec()),
            confirmers: self.confirmers.clone().unwrap_or_default(),
            confirmer_group: self.confirmer_group.clone(),
        }
    }
}

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let limits = &config.limits;
    let listed = limits.confirmers.is_some() || limits.confirmer_group.is_some();
    let Some(when) = &limits.four_eyes else {
        return without(config, wrong);
    };
    if when.is_empty() {
        let what = "an empty list holds no pass; allowed: \"no_document\", \"protected\", \"third_renewal\", or no such key";
        wrong.add("limits.four_eyes", what);
    }
    if (1..when.len()).any(|at| when[..at].contains(&when[at])) {
        wrong.add(
            "limits.four_eyes",
            "a reason stands there twice; allowed: each once",
        );
    }
    if !listed {
        let what =
            "nobody could confirm; needed beside it: limits.confirmers or limits.confirmer_group";
        wrong.add("limits.four_eyes", what);
    }
    let renewals = config.identity_check.renewals;
    if when.contains(&FourEyesName::ThirdRenewal) && renewals < THIRD {
        let what = format!(
            "\"third_renewal\" never comes: identity_check.renewals is {renewals}; allowed: {THIRD} or more there"
        );
        wrong.add("limits.four_eyes", what);
    }
    documents(config, when, wrong);
}

/// What says who confirms, where no pass waits for anybody.
fn without(config: &Config, wrong: &mut Wrong<'_>) {
    let limits = &config.limits;
    // A colleague may be wanted for callers alone.
    let confirms = telephone_check::has_colleague(config);
    let (people, group) = (
        limits.confirmers.is_some(),
        limits.confirmer_group.is_some(),
    );
    for (key, is_there) in [
        ("limits.confirmers", people && !confirms),
        ("limits.confirmer_group", group && !confirms),
        ("limits.documents", limits.documents.is_some()),
    ] {
        if is_there {
            wrong.add(
                key,
                "only allowed beside limits.four_eyes, which says when a colleague confirms",
            );
        }
    }
}

fn documents(config: &Config, when: &[FourEyesName], wrong: &mut Wrong<'_>) {
    let Some(documents) = &config.limits.documents else {
        return;
    };
    if !when.contains(&FourEyesName::NoDocument) {
        let what = "only allowed where limits.four_eyes has \"no_document\"";
        return wrong.add("limits.documents", what);
    }
    if documents.is_empty() {
        let what = "an empty list says nothing; allowed: ids of identity_check.checks";
        wrong.add("limits.documents", what);
    }
    let checks = &config.identity_check.checks;
    for (place, id) in documents.iter().enumerate() {
        if !checks.iter().any(|check| check.id == *id) {
            let what = format!("{id:?} is none of identity_check.checks");
            wrong.add_member("limits.documents", place, what);
        }
    }
}
