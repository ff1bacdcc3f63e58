//! Kills at random points, each taken up by another run, until every round has changed everybody.

use std::collections::BTreeSet;
use std::error::Error;
use std::time::Duration;

use serde_json::{Value, json};

use super::memory;
use super::site::{Site, signal};
use crate::report::{Figure, line};
use crate::rng::SeededRng;

const PEOPLE: usize = 200;
/// One of so many kills: the process is stopped first, its memory is read, and it is ended by a signal that dumps a core.
const LOOK_EVERY: u32 = 10;
/// A kill comes within so many milliseconds of the start.
const LATEST_MS: u64 = 400;
/// A round: long enough that everybody is due again.
const ROUND_S: u32 = 61 * 86_400;

#[derive(Default)]
struct Tally {
    killed: u32,
    unchanged: usize,
    thrice: usize,
    /// A second change though the first one's answer came.
    twice_for_nothing: usize,
    lost: usize,
    found: usize,
    rounds: u32,
    looks: u32,
    /// Values that were looked for in the memory of the very process that had given them.
    looked_for: usize,
    cores: usize,
}

/// So many kills.
pub(super) fn measure(seed: u64, kills: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    let site = Site::of(PEOPLE)?;
    let mut rng = SeededRng::seeded(seed);
    let mut tally = Tally::default();
    if !site.cores_can_be()? {
        return Err(
            "no process leaves a core in its folder here (kernel.core_pattern): none is missed"
                .into(),
        );
    }
    while tally.killed < kills {
        round(&site, &mut rng, &mut tally, kills)?;
        site.forget();
        site.post("clock", &json!({"advance_s": ROUND_S}))?;
    }
    Ok(tally.figures(kills))
}

impl Tally {
    fn figures(&self, kills: u32) -> Vec<Figure> {
        let count = |value: usize| value as f64;
        vec![
            Figure::plain("passwords/kills", f64::from(self.killed), "kills")
                .at_least(f64::from(kills))
                .beside("rounds", f64::from(self.rounds)),
            Figure::plain("passwords/kills-unchanged", count(self.unchanged), "people")
                .at_most(0.0),
            Figure::plain(
                "passwords/kills-more-than-twice",
                count(self.thrice),
                "people",
            )
            .at_most(0.0),
            Figure::plain(
                "passwords/kills-twice-though-answered",
                count(self.twice_for_nothing),
                "people",
            )
            .at_most(0.0)
            .beside("twice for a lost answer", count(self.lost)),
            Figure::plain("passwords/values-found", count(self.found), "values").at_most(0.0),
            Figure::plain("passwords/memory-looks", f64::from(self.looks), "looks")
                .at_least(f64::from(kills / LOOK_EVERY))
                .beside("values looked for", count(self.looked_for)),
            Figure::plain("passwords/cores", count(self.cores), "cores").at_most(0.0),
        ]
    }
}

/// Kills until a run comes to its end, then looks what the tenant saw.
fn round(
    site: &Site,
    rng: &mut SeededRng,
    tally: &mut Tally,
    kills: u32,
) -> Result<(), Box<dyn Error>> {
    let record = site.folder.path().join("job/record.jsonl");
    let before = std::fs::read_to_string(&record).unwrap_or_default().len();
    tally.rounds += 1;
    let mut looked = tally.looks * LOOK_EVERY > tally.killed;
    while tally.killed < kills {
        let given = site.given().len();
        let mut child = site.start(&[])?;
        site.pause(Duration::from_millis(rng.up_to(LATEST_MS)));
        if let Some(status) = child.try_wait()? {
            if status.success() {
                break;
            }
            return Err("a run failed that nobody killed".into());
        }
        let look = if looked {
            None
        } else {
            memory::look(&child, site, given)?
        };
        match look {
            Some(look) => {
                tally.found += look.found;
                tally.looked_for += look.values;
                tally.looks += 1;
                signal("-ABRT", child.id())?;
                signal("-CONT", child.id())?;
            }
            None => child.kill()?,
        }
        if child.wait()?.success() {
            break;
        }
        tally.killed += 1;
        looked = tally.looks * LOOK_EVERY > tally.killed;
    }
    site.run_to_end(&[])?;
    let text = std::fs::read_to_string(&record)?;
    let unanswered = unanswered(&text[before..]);
    let seen = site.seen();
    tally.unchanged += site.people - seen.len();
    for (path, values) in &seen {
        let id = path.rsplit('/').next().unwrap_or_default();
        let lost = unanswered.iter().filter(|user| *user == id).count();
        match values.len() {
            0 | 1 => {}
            2 if lost > 0 => {
                line(&format!("twice, the first answer was lost: {id}"));
                tally.lost += 1;
            }
            2 => tally.twice_for_nothing += 1,
            _ => tally.thrice += 1,
        }
    }
    tally.found += memory::values_in_files(site)?;
    tally.cores += site.cores()?;
    Ok(())
}

/// Of whom something was asked that no line says the end of.
fn unanswered(record: &str) -> Vec<String> {
    let mut open = BTreeSet::new();
    for text in record.lines() {
        let event: Value = serde_json::from_str(text).unwrap_or_default();
        let word = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let question = (word("client_request_id"), word("user"));
        match word("event").as_str() {
            "asked" => {
                open.insert(question);
            }
            "changed" | "not_changed" => {
                open.remove(&question);
            }
            _ => {}
        }
    }
    open.into_iter().map(|(_, user)| user).collect()
}
