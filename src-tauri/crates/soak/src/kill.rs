//! A station is killed at random points of issuing, started again, and everything is counted afterwards.

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::chance::Chance;
use crate::child::StationProcess;
use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::{Figure, say};
use crate::order::{Job, Word};
use crate::recorded::Record;
use crate::tenant::Tenant;

/// Rounds of one tenant, so that no limit of its own is what is tried.
const ROUNDS_OF_A_TENANT: usize = 20;
const ROUNDS_IN_SHORT: usize = 4;
/// A step of the operator that takes longer will not come.
const STEP: Duration = Duration::from_secs(60);
/// For the tenant's answers and the looking afterwards.
const SETTLE: Duration = Duration::from_secs(110);

/// What broke, by invariant.
#[derive(Debug, Default)]
struct Broken {
    i1: u32,
    i2: u32,
    i3: u32,
    i4: u32,
    i5: u32,
    stuck: u32,
}

/// Two stations of one tenant, each with its folder.
struct Round<'a> {
    tenant: &'a Tenant,
    first: TempDir,
    second: TempDir,
}

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let mut chance = Chance::seeded(extent.seed);
    let mut broken = Broken::default();
    let (mut rounds, mut shown) = (0, 0);
    while goes_on(rounds, extent) {
        let tenant = Tenant::start().await?;
        for _ in 0..ROUNDS_OF_A_TENANT {
            if !goes_on(rounds, extent) {
                break;
            }
            let round = Round {
                tenant: &tenant,
                first: TempDir::new()?,
                second: TempDir::new()?,
            };
            shown += round.hold(rounds, &mut chance, &mut broken).await?;
            rounds += 1;
        }
        tenant.end().await;
    }
    let count = |name: &str, value: u32| {
        Figure::at_most(format!("kill/{name}"), f64::from(value), 0.0, extent.seed)
    };
    Ok(vec![
        Figure::plain("kill/rounds", number(rounds), extent.seed),
        // A few rounds may all be cut off before a pass is in sight; many that are prove nothing.
        Figure::at_least(
            "kill/passes shown",
            number(shown),
            if extent.short { 0.0 } else { 1.0 },
            extent.seed,
        ),
        count("I1", broken.i1),
        count("I2", broken.i2),
        count("I3", broken.i3),
        count("I4", broken.i4),
        count("I5", broken.i5),
        count("stuck", broken.stuck),
    ])
}

fn goes_on(rounds: usize, extent: Extent) -> bool {
    if extent.short {
        rounds < ROUNDS_IN_SHORT
    } else {
        Instant::now() < extent.until
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

impl Round<'_> {
    /// How many passes were in sight.
    async fn hold(
        &self,
        number: usize,
        chance: &mut Chance,
        broken: &mut Broken,
    ) -> Result<usize, Failure> {
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
        if shown > record.issued().len() {
            broken.i1 += 1;
        }
        let before = record.len();
        let stranger = (number % 2 == 1).then(|| self.stranger(upn)).transpose()?;
        let theirs = self.alive(upn).await?;
        self.settled(self.first.path(), broken)?;
        if let Some(stranger) = stranger {
            // What the second station shows is nobody's but its own.
            let kept = self.alive(upn).await?;
            broken.i4 += u32::from(theirs.iter().any(|id| !kept.contains(id)));
            drop(stranger);
            self.settled(self.second.path(), broken)?;
        }
        self.count(upn, asked_before, before, broken).await?;
        Ok(shown)
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
        Ok(station.kill())
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
        if !station.hears(SETTLE, |word| matches!(word, Word::Settled { .. })) {
            say(&format!("  not settled: {:?}", station.kill()));
            broken.stuck += 1;
        }
        Ok(())
    }

    async fn alive(&self, upn: &str) -> Result<Vec<String>, Failure> {
        let passes = self.tenant.passes().await?;
        let alive = passes
            .into_iter()
            .filter(|pass| pass.lives && pass.upn == upn);
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
