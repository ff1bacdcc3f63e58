//! What a station says of itself.

use onboarding::HealthView;

/// What was found out at the start and holds until the next one.
pub(crate) struct AtStart {
    packs: (Vec<String>, Vec<String>),
    /// What is remembered of the record outside of it cannot be written.
    unwitnessed: bool,
}

impl AtStart {
    /// Of the site's packs: those in force, and what is wrong with them.
    pub(crate) fn of(packs: (Vec<String>, Vec<String>), witnessed: bool) -> Self {
        Self {
            packs,
            unwitnessed: !witnessed,
        }
    }
}

/// The machine's health with what was found out at the start.
pub(crate) fn with_start(health: HealthView, start: &AtStart) -> HealthView {
    let (in_force, problems) = &start.packs;
    HealthView {
        site_packs: in_force.clone(),
        pack_problems: problems.clone(),
        unwitnessed: start.unwitnessed,
        ..health
    }
}
