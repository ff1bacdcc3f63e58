//! Kills at random points, each taken up by another run, until every round has changed everybody.

use std::collections::BTreeSet;
use std::error::Error;
use std::time::Duration;

use serde_json::{Value, json};

use super::memory;
use super::site::Site;
use crate::report::{Figure, line};
use crate::rng::SeededRng;

const PEOPLE: usize = 200;
/// Every so many kills the process is stopped first and its memory read.
const LOOK_EVERY: u32 = 10;
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
}

/// So many kills.
pub(super) fn measure(seed: u64, kills: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    let site = Site::of(PEOPLE)?;
    let mut rng = SeededRng::seeded(seed);
    let mut tally = Tally::default();
    while tally.killed < kills {
        round(&site, &mut rng, &mut tally, kills)?;
        site.forget();
        site.post("clock", &json!({"advance_s": ROUND_S}))?;
    }
    let count = |value: usize| value as f64;
    Ok(vec![
        Figure::plain("passwords/kills", f64::from(tally.killed), "kills")
            .at_least(f64::from(kills)),
        Figure::plain(
            "passwords/kills-unchanged",
            count(tally.unchanged),
            "people",
        )
        .at_most(0.0),
        Figure::plain(
            "passwords/kills-more-than-twice",
            count(tally.thrice),
            "people",
        )
        .at_most(0.0),
        Figure::plain(
            "passwords/kills-twice-though-answered",
            count(tally.twice_for_nothing),
            "people",
        )
        .at_most(0.0)
        .beside("twice for a lost answer", count(tally.lost)),
        Figure::plain("passwords/values-found", count(tally.found), "values").at_most(0.0),
    ])
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
    // Two in a row that hit the same person are the same one's twice: a round has fewer kills than people.
    for _ in 0..40 {
        if tally.killed >= kills {
            break;
        }
        let mut child = site.start(&[])?;
        site.pause(Duration::from_millis(rng.up_to(400)));
        if child.try_wait()?.is_some() {
            continue;
        }
        if tally.killed.is_multiple_of(LOOK_EVERY) {
            tally.found += memory::values_in(&child, site)?;
        }
        child.kill()?;
        child.wait()?;
        tally.killed += 1;
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
    let files = memory::values_in_files(site)?;
    tally.found += files;
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
