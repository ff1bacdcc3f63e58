//! Many visits in one process, one after the other: nothing may grow with them.

use std::time::Duration;

use tempfile::TempDir;

use crate::child::StationProcess;
use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::{Figure, say};
use crate::order::{Job, Word};
use crate::tenant::Tenant;

const VISITS: usize = 2_000;
const VISITS_IN_SHORT: usize = 12;
/// Before these, memory grows for reasons of its own: caches, connections, the allocator's own room.
const WARM: usize = 400;
/// A visit takes well below a second.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let visits = if extent.short {
        VISITS_IN_SHORT
    } else {
        VISITS
    };
    let tenant = Tenant::start().await?;
    let data = TempDir::new()?;
    let everybody = tenant.people();
    let people = (0..visits).map(|number| everybody[number % everybody.len()].clone());
    let job = Job::Serve {
        people: people.collect(),
        ends: true,
    };
    let mut station = StationProcess::start(&tenant.order(data.path(), 0, job)?)?;
    let mut resident = Vec::new();
    while resident.len() < visits {
        let ended = station.hears(LIMIT, |word| {
            matches!(word, Word::Ended { .. } | Word::Failed { .. })
        });
        match station.said.last() {
            Some(Word::Ended { resident_bytes, .. }) if ended => resident.push(*resident_bytes),
            Some(_) | None => break,
        }
    }
    drop(station);
    let passes = tenant.passes().await?;
    let alive = passes.iter().filter(|pass| pass.lives).count();
    if alive > 0 {
        say(&format!("  left: {passes:?}"));
    }
    tenant.end().await;
    let mut figures = vec![
        Figure::at_least(
            "visits/ended",
            number(resident.len()),
            number(visits),
            extent.seed,
        ),
        Figure::at_most("visits/passes left", number(alive), 0.0, extent.seed),
    ];
    if resident.len() > WARM {
        let slope = slope(&resident[WARM..]);
        figures.push(Figure::at_most(
            "visits/bytes a visit",
            slope,
            1024.0,
            extent.seed,
        ));
    }
    Ok(figures)
}

/// By how many bytes a visit adds to what is resident, by least squares.
fn slope(resident: &[u64]) -> f64 {
    let count = number(resident.len());
    let middle = (count - 1.0) / 2.0;
    let bytes = |value: u64| value as f64;
    let mean = resident.iter().map(|value| bytes(*value)).sum::<f64>() / count;
    let (mut above, mut below) = (0.0, 0.0);
    for (place, value) in resident.iter().enumerate() {
        let from_middle = number(place) - middle;
        above += from_middle * (bytes(*value) - mean);
        below += from_middle * from_middle;
    }
    above / below
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::slope;

    #[test]
    fn what_grows_with_every_visit_is_found() {
        let grows: Vec<u64> = (0..100).map(|visit| 5_000_000 + visit * 2_048).collect();
        assert!((slope(&grows) - 2_048.0).abs() < 1.0);
        let waves: Vec<u64> = (0..100)
            .map(|visit| 5_000_000 + (visit % 2) * 4_096)
            .collect();
        assert!(slope(&waves).abs() < 10.0);
    }
}
