//! `bench wiping`: what it costs to overwrite memory when it is freed. The tenant of a lesson shares the app's process, so
//! its throughput pays for it; here it does with and without, in rounds that take turns.

use crate::report::{self, Figure};
use crate::tenant;

/// It only does what the system's does, but for `bench wiping`.
#[global_allocator]
static MEMORY: ::wiping::Switched = ::wiping::Switched::new();

/// What it may cost: a twentieth.
const BAR: f64 = 1.05;

/// The figures; without an answer to every request the bar fails.
pub(crate) fn measure() -> Vec<Figure> {
    let taken = tenant::in_turns(|wipes| MEMORY.wipe(wipes));
    MEMORY.wipe(false);
    match taken {
        Ok(turns) => {
            let wiped = tenant::median(turns.iter().map(|turn| turn.with));
            let plain = tenant::median(turns.iter().map(|turn| turn.without));
            let ratio = tenant::median(turns.iter().map(|turn| turn.without / turn.with));
            vec![
                Figure::plain("wiping/tenant-ratio", ratio, "ratio").at_most(BAR),
                Figure::plain("wiping/tenant", wiped, "requests/s")
                    .beside("the system's allocator", plain),
            ]
        }
        Err(trouble) => {
            report::line(&format!("bench wiping: {trouble}"));
            vec![Figure::plain("wiping/tenant-ratio", f64::MAX, "ratio").at_most(BAR)]
        }
    }
}
