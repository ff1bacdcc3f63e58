//! What a station says of itself.

use onboarding::HealthView;

/// The machine's health with what is to be said of the site's packs.
pub(crate) fn with_packs(
    health: HealthView,
    (in_force, problems): &(Vec<String>, Vec<String>),
) -> HealthView {
    HealthView {
        site_packs: in_force.clone(),
        pack_problems: problems.clone(),
        ..health
    }
}
