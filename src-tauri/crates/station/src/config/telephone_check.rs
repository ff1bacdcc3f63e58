//! What `[telephone]` may be.

use super::telephone::CallerWayName;
use super::wrong::Wrong;
use super::{Config, ModeName};

/// Whether callers may be proofed by a colleague's word.
pub(super) fn has_colleague(config: &Config) -> bool {
    let ways = config.telephone.iter().flat_map(|section| &section.ways);
    ways.into_iter().any(|way| *way == CallerWayName::Colleague)
}

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let Some(section) = &config.telephone else {
        return;
    };
    if config.mode == ModeName::Kiosk {
        let what = "not allowed here: nobody calls a kiosk, whose screens anybody may look at; allowed: no such section, or mode = \"desk\"";
        wrong.add("telephone", what);
    }
    let ways = &section.ways;
    if (1..ways.len()).any(|at| ways[..at].contains(&ways[at])) {
        wrong.add(
            "telephone.ways",
            "a way stands there twice; allowed: each once",
        );
    }
    let rules = section.rules();
    if !rules.needs.met_by(&rules.ways) {
        let what = "the ways listed never come to what telephone.needs asks for; allowed: more of \"call_back\", \"supervisor\", \"colleague\", or less in telephone.needs";
        wrong.add("telephone.ways", what);
    }
    let limits = &config.limits;
    let listed = limits.confirmers.is_some() || limits.confirmer_group.is_some();
    if has_colleague(config) && !listed {
        let what = "no colleague could confirm; needed for \"colleague\": limits.confirmers or limits.confirmer_group";
        wrong.add("telephone.ways", what);
    }
}
