//! The matrix of clocks: at the start or in the middle of a visit, the machine's own or one answer's date, two hours or
//! ten years off, on a read or on the answer to the request for a pass. The pass is taken back in every row.

use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use crate::child::StationProcess;
use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::{Figure, say};
use crate::order::{Job, Order, Word};
use crate::tenant::Tenant;

const HOURS_S: i64 = 2 * 3_600;
const YEARS_S: i64 = 10 * 365 * 24 * 3_600;
const STEP: Duration = Duration::from_secs(110);

/// Which clock is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Wall,
    DateOfARead,
    DateOfTheAnswer,
}

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let off = if extent.short {
        vec![HOURS_S, -YEARS_S]
    } else {
        vec![HOURS_S, -HOURS_S, YEARS_S, -YEARS_S]
    };
    let (mut rows, mut left) = (0.0, 0.0);
    for wrong in [Wrong::Wall, Wrong::DateOfARead, Wrong::DateOfTheAnswer] {
        for by_s in &off {
            for at_start in [true, false] {
                if at_start && wrong == Wrong::DateOfTheAnswer {
                    // Nothing was asked for yet.
                    continue;
                }
                rows += 1.0;
                if !taken_back(wrong, *by_s, at_start).await? {
                    say(&format!(
                        "  left: {wrong:?} by {by_s} s, at start {at_start}"
                    ));
                    left += 1.0;
                }
            }
        }
    }
    Ok(vec![
        Figure::plain("clock/rows", rows, extent.seed),
        Figure::at_most("clock/I6", left, 0.0, extent.seed),
    ])
}

async fn taken_back(wrong: Wrong, by_s: i64, at_start: bool) -> Result<bool, Failure> {
    let tenant = Tenant::start().await?;
    let data = TempDir::new()?;
    let people = tenant.people().into_iter().take(1).collect();
    let serve = Job::Serve {
        people,
        ends: !at_start,
    };
    let mut order = tenant.order(data.path(), 0, serve)?;
    if !at_start {
        go_wrong(&tenant, wrong, by_s, &mut order, false).await?;
    }
    let mut station = StationProcess::start(&order)?;
    let shown = station.hears(STEP, |word| {
        matches!(word, Word::Shown { .. } | Word::Failed { .. })
    });
    if !shown || !matches!(station.said.last(), Some(Word::Shown { .. })) {
        return Err(Failure::new(format!(
            "no pass was shown: {:?}",
            station.said
        )));
    }
    if at_start {
        drop(station.kill());
        let mut order = tenant.order(data.path(), 0, Job::Settle)?;
        go_wrong(&tenant, wrong, by_s, &mut order, true).await?;
        let mut station = StationProcess::start(&order)?;
        station.hears(STEP, |word| matches!(word, Word::Settled { .. }));
    } else {
        station.hears(STEP, |word| matches!(word, Word::Ended { .. }));
    }
    let alive = tenant.passes().await?.iter().any(|pass| pass.lives);
    tenant.end().await;
    Ok(!alive)
}

async fn go_wrong(
    tenant: &Tenant,
    wrong: Wrong,
    by_s: i64,
    order: &mut Order,
    at_start: bool,
) -> Result<(), Failure> {
    let method = match wrong {
        Wrong::Wall => {
            let by_ms = by_s * 1_000;
            if at_start {
                order.wall_ahead_ms = by_ms;
            } else {
                order.wall_jump_ms = by_ms;
            }
            return Ok(());
        }
        Wrong::DateOfARead => "GET",
        Wrong::DateOfTheAnswer => "POST",
    };
    // What a sign-in reads is asked of `/me`: the first answer about the person is the one that is off.
    let fault = json!({
        "method": method, "path": "/v1.0/users/", "fault": "date", "times": 1, "skew_s": by_s,
    });
    tenant.control("faults", fault).await
}
