//! The desk as a start finds it: the site's rules, and what the runs before left.

use onboarding::{Desk, Now, Packs, Policy, Site, Start};

use crate::kept_file::Keeper;
use crate::record::Earlier;

/// With its own seed for everything left to chance.
pub(crate) fn desk(
    (policy, site, packs): (Policy, Site, Packs),
    (earlier, keeper): (Earlier, &Keeper),
    (person_pane, now): (bool, Now),
) -> Desk {
    let mut desk = Desk::new(Start {
        policy,
        site,
        packs,
        visit_ids: earlier.visit_ids,
        pending: earlier.pending,
        passes: earlier.passes,
        untold: earlier.untold,
        rolls: earlier.rolls,
        notices: earlier.notices,
        operators: earlier.operators,
        kept: keeper.at_start(earlier.kept),
        person_pane,
        now,
    })
    .seeded(uuid::Uuid::new_v4().as_u64_pair().0);
    desk.write_later(earlier.unwritten);
    desk
}
