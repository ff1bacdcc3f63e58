//! Requests that arrive late or twice, and copies of the directory that lag: no pass of ours lives on unlooked-after.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::child::StationProcess;
use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::{Figure, say};
use crate::order::{Job, Word};
use crate::recorded::Record;
use crate::tenant::Tenant;

/// One way for a request to go astray.
struct Row {
    name: String,
    /// How far the tenant's copies lag behind.
    lag_ms: u64,
    fault: Option<Value>,
    /// When it has surely come true, counted from the request.
    over_after: Duration,
    /// How often the tenant must have been asked for a pass, or the row tried nothing.
    asked: u64,
}

const STEP: Duration = Duration::from_secs(110);

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let (mut count, mut left) = (0.0, 0.0);
    for row in rows(extent.short) {
        count += 1.0;
        if !looked_after(&row).await? {
            say(&format!("  nobody looks after: {}", row.name));
            left += 1.0;
        }
    }
    Ok(vec![
        Figure::plain("late/rows", count, extent.seed),
        Figure::at_most("late/I3", left, 0.0, extent.seed),
    ])
}

fn rows(short: bool) -> Vec<Row> {
    let mut rows = vec![twice(), lagging(1)];
    if !short {
        rows.extend([lagging(20), lagging(120)]);
        rows.extend([31, 45, 65, 300].map(held_up));
    }
    rows
}

/// A middle box delivers it long after the station has given up.
fn held_up(seconds: u64) -> Row {
    Row {
        name: format!("delivered after {seconds} s"),
        lag_ms: 0,
        fault: Some(json!({
            "method": "POST", "path": "/v1.0/users", "fault": "held_up", "delay_ms": seconds * 1_000,
        })),
        over_after: Duration::from_secs(seconds + 5),
        asked: 1,
    }
}

fn twice() -> Row {
    Row {
        name: "delivered twice".to_owned(),
        lag_ms: 0,
        fault: Some(json!({"method": "POST", "path": "/v1.0/users", "fault": "twice"})),
        over_after: Duration::from_secs(5),
        asked: 2,
    }
}

/// The answer is lost, and what was made is not seen for so long.
fn lagging(seconds: u64) -> Row {
    Row {
        name: format!("seen after {seconds} s"),
        lag_ms: seconds * 1_000,
        fault: Some(json!({
            "method": "POST", "path": "/v1.0/users", "fault": "answer_lost",
        })),
        over_after: Duration::from_secs(seconds + 5),
        asked: 1,
    }
}

/// The visit goes its way and ends; then every pass of ours is gone, or still looked for.
async fn looked_after(row: &Row) -> Result<bool, Failure> {
    let tenant = Tenant::start().await?;
    let data = TempDir::new()?;
    let switches = json!({"replica_lag_ms": row.lag_ms, "replica_lag_writes": row.lag_ms > 0});
    tenant.control("switches", switches).await?;
    if let Some(fault) = &row.fault {
        tenant.control("faults", fault.clone()).await?;
    }
    let people: Vec<String> = tenant.people().into_iter().take(1).collect();
    let job = Job::Serve { people, ends: true };
    let mut station = StationProcess::start(&tenant.order(data.path(), 0, job)?)?;
    station.hears(STEP, |word| {
        matches!(word, Word::Asked { .. } | Word::Failed { .. })
    });
    let asked_at = Instant::now();
    station.hears(STEP, |word| {
        matches!(word, Word::Ended { .. } | Word::Failed { .. })
    });
    station.hears(row.over_after.saturating_sub(asked_at.elapsed()), |_| false);
    let said = station.kill();
    let (passes, asked) = (tenant.passes().await?, tenant.asked().await?);
    if passes.is_empty() || asked < row.asked {
        let made = passes.len();
        let tried = format!("{}: {made} passes came of {asked} requests", row.name);
        return Err(Failure::new(tried));
    }
    let alive = passes.iter().any(|pass| pass.lives);
    let open = !Record::read(data.path())?.open.is_empty();
    if alive && !open {
        say(&format!("  {said:?}"));
    }
    tenant.end().await;
    Ok(!alive || open)
}
