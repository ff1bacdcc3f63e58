//! Whether what the site's limits name is in the directory, as far as the operator may read it.

use std::sync::Arc;

use onboarding::{LimitsSeen, Memberships, Policy};

/// What a limit names.
#[derive(Clone, Debug)]
pub(crate) enum Named {
    Group(String),
    Unit(String),
}

/// The groups and units of one site. The people it names, and whom it keeps out, are not looked at.
pub(crate) fn named(policy: &Policy) -> Arc<[Named]> {
    let limits = &policy.limits;
    let confirmers = policy.four_eyes.confirmer_group.iter();
    let groups = limits.operator_group.iter().chain(&limits.people_group);
    let groups = groups.chain(confirmers).cloned().map(Named::Group);
    let units = limits.people_unit.iter().cloned().map(Named::Unit);
    groups.chain(units).collect()
}

/// What cannot be read is left out: nobody is held up by it here.
pub(crate) async fn look(
    named: &[Named],
    operator: Memberships,
    session: &entra::Session,
) -> LimitsSeen {
    let mut seen = LimitsSeen {
        operator,
        ..LimitsSeen::default()
    };
    for one in named {
        let (id, read) = match one {
            Named::Group(id) => (id, session.has_group(id).await),
            Named::Unit(id) => (id, session.has_unit(id).await),
        };
        if let Ok(there) = read {
            seen.there.insert(id.clone(), there);
        }
    }
    seen
}
