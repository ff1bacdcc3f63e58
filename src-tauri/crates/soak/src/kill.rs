//! Stations are killed at random points of issuing, of their end and of their next start, several beside each other;
//! each is started again, and everything is counted afterwards.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::beside::beside;
use crate::broken::Broken;
use crate::chance::Chance;
use crate::child::StationProcess;
use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::{Figure, say};
use crate::folder::Folder;
use crate::order::{Job, Word};
use crate::recorded::Record;
use crate::tenant::Tenant;

/// Beside each other, each with a tenant of its own.
const LANES: u64 = 4;
/// Rounds of one tenant, so that no limit of its own is what is tried.
const ROUNDS_OF_A_TENANT: usize = 20;
const ROUNDS_IN_SHORT: u32 = 2;
/// A step of the operator that takes longer will not come.
const STEP: Duration = Duration::from_secs(60);
/// For the tenant's answers and the looking afterwards.
const SETTLE: Duration = Duration::from_secs(160);

/// Two stations of one tenant, each with its folder.
struct Round<'a> {
    tenant: &'a Tenant,
    first: Folder,
    second: Folder,
    /// What earlier rounds left alive and asked about, with nobody to answer.
    earlier: Vec<String>,
}

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let lanes = if extent.short { 2 } else { LANES };
    let counts = beside(lanes, move |number| async move {
        lane(extent.of_lane(number)).await
    });
    let (mut broken, mut rounds, mut shown) = (Broken::default(), 0, 0);
    for count in counts.await? {
        broken.add(&count.broken);
        rounds += count.rounds;
        shown += count.shown;
    }
    let count = |name: &str, value: u32| {
        Figure::at_most(format!("kill/{name}"), f64::from(value), 0.0, extent.seed)
    };
    // A few rounds may all be cut off before a pass is in sight; many that are prove nothing.
    let least = if extent.short { 0.0 } else { 1.0 };
    let mut figures = vec![
        Figure::plain("kill/rounds", f64::from(rounds), extent.seed),
        Figure::at_least("kill/passes shown", f64::from(shown), least, extent.seed),
    ];
    let broken = broken.by_name();
    figures.extend(broken.map(|(name, value)| count(name, value)));
    Ok(figures)
}

/// What one lane counted.
#[derive(Debug, Default)]
struct Count {
    broken: Broken,
    rounds: u32,
    shown: u32,
}

/// One round after the other, until the time is over.
async fn lane(extent: Extent) -> Result<Count, Failure> {
    let mut chance = Chance::seeded(extent.seed);
    let mut count = Count::default();
    let goes_on = |rounds: u32| {
        if extent.short {
            rounds < ROUNDS_IN_SHORT
        } else {
            Instant::now() < extent.until
        }
    };
    while goes_on(count.rounds) {
        let tenant = Tenant::start().await?;
        for number in 0..ROUNDS_OF_A_TENANT {
            if !goes_on(count.rounds) {
                break;
            }
            let round = Round {
                tenant: &tenant,
                first: Folder::new()?,
                second: Folder::new()?,
                earlier: tenant.living().await?,
            };
            let mut broken = Broken::default();
            match round.hold(number, &mut chance, &mut broken).await {
                Ok(shown) => count.shown += shown,
                Err(failure) => {
                    say(&format!("  {failure}"));
                    broken.cut_off += 1;
                }
            }
            if !broken.is_nothing() {
                say(&format!(
                    "  round {number} of seed {}: {broken:?}",
                    extent.seed
                ));
                round.first.keep();
                round.second.keep();
            }
            count.broken.add(&broken);
            count.rounds += 1;
        }
        tenant.end().await;
    }
    Ok(count)
}

impl Round<'_> {
    /// How many passes were in sight.
    async fn hold(
        &self,
        number: usize,
        chance: &mut Chance,
        broken: &mut Broken,
    ) -> Result<u32, Failure> {
        let people = self.tenant.people();
        let upn = &people[number % people.len()];
        let asked_before = self.tenant.asked().await?;
        if let Some(fault) = chance.fault() {
            self.tenant.control("faults", fault).await?;
        }
        let said = self.killed(upn, chance)?;
        let shown = said
            .iter()
            .filter(|word| matches!(word, Word::Shown { .. }));
        let shown = shown.count();
        let record = Record::read(self.first.path())?;
        if shown > record.issued() {
            broken.i1 += 1;
        }
        let before = record.len();
        let stranger = (number % 2 == 1).then(|| self.stranger(upn)).transpose()?;
        let theirs = self.alive(upn).await?;
        if chance.in_percent(25) {
            self.killed_at_its_start(chance)?;
        }
        self.settled(self.first.path(), broken)?;
        if let Some(stranger) = stranger {
            // What the second station shows is nobody's but its own.
            let kept = self.alive(upn).await?;
            broken.i4 += u32::from(theirs.iter().any(|id| !kept.contains(id)));
            drop(stranger);
            self.settled(self.second.path(), broken)?;
        }
        self.count(upn, asked_before, before, broken).await?;
        Ok(u32::try_from(shown).unwrap_or(u32::MAX))
    }

    /// Serves somebody at the first station and kills it in the middle.
    fn killed(&self, upn: &str, chance: &mut Chance) -> Result<Vec<Word>, Failure> {
        let job = Job::Serve {
            people: vec![upn.to_owned()],
            ends: chance.in_percent(30),
        };
        let order = self.tenant.order(self.first.path(), 0, job)?;
        let mut station = StationProcess::start(&order)?;
        station.hears(STEP, |word| {
            matches!(word, Word::Asked { .. } | Word::Failed { .. })
        });
        let moment = Duration::from_millis(chance.up_to(900));
        station.hears(moment, |_| false);
        Ok(if chance.in_percent(25) {
            station.kill_at_its_end(Duration::from_millis(chance.up_to(30)))
        } else {
            station.kill()
        })
    }

    /// Kills the next run, too, before it has looked after anything.
    fn killed_at_its_start(&self, chance: &mut Chance) -> Result<(), Failure> {
        let order = self.tenant.order(self.first.path(), 0, Job::Settle)?;
        let mut station = StationProcess::start(&order)?;
        station.hears(Duration::from_millis(chance.up_to(250)), |_| false);
        drop(station);
        Ok(())
    }

    /// The person goes to the next counter; the pass shown there must live on.
    fn stranger(&self, upn: &str) -> Result<StationProcess, Failure> {
        let job = Job::Serve {
            people: vec![upn.to_owned()],
            ends: false,
        };
        let order = self.tenant.order(self.second.path(), 1, job)?;
        let mut station = StationProcess::start(&order)?;
        station.hears(STEP, |word| {
            matches!(
                word,
                Word::Shown { .. } | Word::NotIssued { .. } | Word::Failed { .. }
            )
        });
        Ok(station)
    }

    /// Starts a station again and lets it look after what it left.
    fn settled(&self, data: &Path, broken: &mut Broken) -> Result<(), Failure> {
        let order = self.tenant.order(data, 0, Job::Settle)?;
        let mut station = StationProcess::start(&order)?;
        station.hears(SETTLE, |word| {
            matches!(word, Word::Settled { .. } | Word::Failed { .. })
        });
        if !matches!(station.said.last(), Some(Word::Settled { .. })) {
            say(&format!("  not settled: {:?}", station.kill()));
            broken.stuck += 1;
        }
        Ok(())
    }

    /// The passes of this round that live.
    async fn alive(&self, upn: &str) -> Result<Vec<String>, Failure> {
        let passes = self.tenant.passes().await?;
        let alive = passes
            .into_iter()
            .filter(|pass| pass.lives && pass.upn == upn && !self.earlier.contains(&pass.id));
        Ok(alive.map(|pass| pass.id).collect())
    }

    async fn count(
        &self,
        upn: &str,
        asked_before: u64,
        before: usize,
        broken: &mut Broken,
    ) -> Result<(), Failure> {
        let mut records = vec![Record::read(self.first.path())?];
        if self.second.path().join("record.sqlite3").exists() {
            records.push(Record::read(self.second.path())?);
        }
        let intents: u64 = records.iter().map(Record::intents).sum();
        broken.i2 += u32::from(self.tenant.asked().await? - asked_before > intents);
        let open = records
            .iter()
            .any(|record| record.open.iter().any(|open| open == upn));
        let alive = self.alive(upn).await?;
        if !alive.is_empty() && !open {
            say(&format!("  {} of {upn} nobody looks after", alive.len()));
            broken.i3 += 1;
        }
        let kept = records.iter().all(|record| record.sound) && records[0].len() >= before;
        broken.i5 += u32::from(!kept);
        Ok(())
    }
}
