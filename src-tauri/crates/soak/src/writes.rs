//! Every write of a station fails in turn: the n-th call that writes, makes, grows or names something below its data
//! folder, for n = 1, 2, 3 and so on until a whole visit and the end of the station pass without reaching it. The disk
//! is full or broken, for that one call or from there on; the folder is new each time, or the same station goes on with
//! what the round before left. Then it is killed, started again on a sound disk, and everything is counted.

use std::time::{Duration, Instant};

use crate::beside::beside;
use crate::broken::Broken;
use crate::chance::Chance;
use crate::child::StationProcess;
use crate::extent::Extent;
use crate::failing_disk::{DiskFault, FailingDisk, FaultKind};
use crate::failure::Failure;
use crate::figure::{Figure, say};
use crate::folder::Folder;
use crate::order::{Job, Word};
use crate::recorded::Record;
use crate::tenant::{Tenant, TruePass};

/// Each kind of failure, in a new folder each time and in one that stays.
const LANES: u64 = 8;
const ROUNDS_IN_SHORT: u64 = 1;
/// A visit and the end of its station make more calls than this.
const CALLS_AT_LEAST: u32 = 60;
/// With these the record's files are opened.
const CALLS_OF_A_START: u64 = 10;
/// One that makes so many is not at one visit any more.
const CALLS_AT_MOST: u64 = 2_000;
/// An operator who gets no further for so long is stuck at what failed.
const STEP: Duration = Duration::from_secs(6);
/// What has nothing in its way has come by then, on a slow machine too.
const LIMIT: Duration = Duration::from_secs(90);
/// For the end of the station's process.
const END: Duration = Duration::from_secs(5);
/// For the looking afterwards. It goes on for two minutes where a pass was taken back and that could not be recorded.
const SETTLE: Duration = Duration::from_secs(3);

/// What one lane counted.
#[derive(Debug, Default)]
struct Count {
    broken: Broken,
    failed: u32,
    shown: u32,
    refused: u32,
}

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let counts = beside(LANES, move |number| async move {
        let lane = Lane::begin(number).await?;
        lane.hold(extent.of_lane(number)).await
    });
    let (mut sum, mut fewest) = (Count::default(), u32::MAX);
    for count in counts.await? {
        sum.broken.add(&count.broken);
        sum.failed += count.failed;
        sum.shown += count.shown;
        sum.refused += count.refused;
        fewest = fewest.min(count.failed);
    }
    let plain = |name: &str, value: u32| {
        Figure::plain(format!("writes/{name}"), f64::from(value), extent.seed)
    };
    let mut figures = vec![
        plain("calls that failed", sum.failed),
        plain("passes shown all the same", sum.shown),
        plain("stations that would not start", sum.refused),
    ];
    if !extent.short {
        let name = "writes/fewest calls of a visit";
        let least = f64::from(CALLS_AT_LEAST);
        figures.push(Figure::at_least(
            name,
            f64::from(fewest),
            least,
            extent.seed,
        ));
    }
    let broken = sum.broken.by_name();
    figures.extend(broken.map(|(name, value)| {
        let name = format!("writes/{name}");
        Figure::at_most(name, f64::from(value), 0.0, extent.seed)
    }));
    Ok(figures)
}

/// One kind of failure, with a tenant of its own.
struct Lane {
    fault: DiskFault,
    goes_on: bool,
    disk: FailingDisk,
    tenant: Tenant,
    folder: Folder,
}

impl Lane {
    async fn begin(number: u64) -> Result<Self, Failure> {
        let fault = DiskFault {
            kind: if number & 1 == 0 {
                FaultKind::Full
            } else {
                FaultKind::Broken
            },
            stays: number & 2 != 0,
        };
        Ok(Self {
            fault,
            goes_on: number & 4 != 0,
            disk: FailingDisk::made()?,
            tenant: Tenant::start().await?,
            folder: Folder::new()?,
        })
    }

    async fn hold(mut self, extent: Extent) -> Result<Count, Failure> {
        let mut chance = Chance::seeded(extent.seed);
        let mut count = Count::default();
        let calls: Vec<u64> = if extent.short {
            // Each call of a start that finds a record, then a few of the visit.
            let start = if self.goes_on {
                1..CALLS_OF_A_START
            } else {
                0..0
            };
            let mut drawn = || 1 + chance.up_to(u64::from(CALLS_AT_LEAST));
            let drawn: Vec<u64> = (0..ROUNDS_IN_SHORT).map(|_| drawn()).collect();
            start.chain(drawn).collect()
        } else {
            (1..CALLS_AT_MOST).collect()
        };
        for at in calls {
            if self.somebody(at, &self.record()?).is_none() {
                self.begin_anew().await?;
            }
            let mut broken = Broken::default();
            let failed = match self.round(at, &mut count, &mut broken).await {
                Ok(failed) => failed,
                Err(failure) => {
                    say(&format!("  {failure}"));
                    broken.cut_off += 1;
                    Some("a call".to_owned())
                }
            };
            self.look(at, failed.as_deref(), &broken).await?;
            count.broken.add(&broken);
            if failed.is_none() && broken.is_nothing() {
                break;
            }
            count.failed += 1;
        }
        self.tenant.end().await;
        Ok(count)
    }

    /// Keeps the folder where something broke, and takes another one where it is due.
    async fn look(
        &mut self,
        at: u64,
        failed: Option<&str>,
        broken: &Broken,
    ) -> Result<(), Failure> {
        let is_sound = broken.is_nothing();
        if self.goes_on && is_sound {
            return Ok(());
        }
        if is_sound {
            self.folder = Folder::new()?;
            return Ok(());
        }
        let (fault, goes_on) = (self.fault, self.goes_on);
        say(&format!(
            "  {fault:?}, goes on: {goes_on}, call {at}, {failed:?}: {broken:?}"
        ));
        // What this one left must not count for the next.
        self.begin_anew().await?.keep();
        Ok(())
    }

    /// Another station at another tenant; gives back the folder of the one before.
    async fn begin_anew(&mut self) -> Result<Folder, Failure> {
        let tenant = std::mem::replace(&mut self.tenant, Tenant::start().await?);
        tenant.end().await;
        Ok(std::mem::replace(&mut self.folder, Folder::new()?))
    }

    /// Which call failed, if it was reached.
    async fn round(
        &self,
        at: u64,
        count: &mut Count,
        broken: &mut Broken,
    ) -> Result<Option<String>, Failure> {
        let before = self.record()?;
        let strangers = self.tenant.strangers().await?;
        let asked_before = self.tenant.asked().await?;
        // A record that is gone looks after nothing of an earlier round.
        let earlier = if self.goes_on {
            Vec::new()
        } else {
            self.tenant.living().await?
        };
        let upn = self.somebody(at, &before);
        let upn = upn.ok_or_else(|| Failure::new("everybody's pass is looked for"))?;
        let said = self.served(upn, at)?;
        let failed = self.disk.failed()?;
        let is_shown = |word: &&Word| matches!(word, Word::Shown { .. });
        let shown = said.iter().filter(is_shown).count();
        let started = said.contains(&Word::SignedIn);
        // Nothing failed, and the visit came to no end all the same.
        broken.cut_off += u32::from(failed.is_none() && !said.contains(&Word::Done));
        count.shown += u32::from(shown > 0);
        count.refused += u32::from(!started);
        if started {
            // What it left, before anybody mends it.
            let left = self.record()?;
            broken.i1 += u32::from(left.issued() < before.issued() + shown);
            broken.i5 += u32::from(!left.goes_on_from(&before));
        }
        self.settled(broken)?;
        let after = self.record()?;
        broken.i5 += u32::from(!after.goes_on_from(&before));
        // A record that was lost has fewer: that is counted above.
        let intents = after.intents().saturating_sub(before.intents());
        broken.i2 += u32::from(self.tenant.asked().await? - asked_before > intents);
        let passes = self.tenant.passes().await?;
        let is_lost = |pass: &TruePass| {
            pass.lives && !earlier.contains(&pass.id) && !after.open.contains(&pass.upn)
        };
        broken.i3 += u32::from(passes.iter().any(is_lost));
        broken.i4 += u32::from(self.tenant.strangers().await? != strangers);
        if !broken.is_nothing() {
            say(&format!("  it said {said:?}"));
        }
        Ok(failed)
    }

    /// A person for whom nothing is looked for: the others are given no pass.
    fn somebody(&self, at: u64, before: &Record) -> Option<String> {
        let people = self.tenant.people();
        let place = usize::try_from(at).unwrap_or(0) % people.len();
        let count = people.len();
        let mut from_there = people.into_iter().cycle().skip(place).take(count);
        from_there.find(|upn| !before.open.contains(upn))
    }

    /// The record in the folder; that of a station that has not been, where there is none.
    fn record(&self) -> Result<Record, Failure> {
        if self.folder.path().join("record.sqlite3").exists() {
            Record::read(self.folder.path())
        } else {
            Ok(Record::none())
        }
    }

    /// A visit on the disk that fails, then the end of the station, which is killed at the latest then.
    fn served(&self, upn: String, at: u64) -> Result<Vec<Word>, Failure> {
        let job = Job::Serve {
            people: vec![upn],
            ends: true,
        };
        let data = self.folder.path();
        let order = self.tenant.order(data, 0, job)?;
        let environment = self.disk.environment(data, at, self.fault);
        let mut station = StationProcess::start_within(&order, &environment)?;
        let begun = Instant::now();
        while begun.elapsed() < LIMIT {
            let speaks = station.hears(STEP, |_| true);
            match station.said.last() {
                Some(Word::Done) => return Ok(station.kill_at_its_end(END)),
                Some(Word::Failed { .. }) => break,
                // Nothing has failed yet: the machine is slow.
                Some(_) | None if speaks || !self.disk.has_failed() => {}
                Some(_) | None => break,
            }
        }
        Ok(station.kill())
    }

    /// Starts it again on a sound disk; what it has not found by the end is judged by whether somebody looks after it.
    fn settled(&self, broken: &mut Broken) -> Result<(), Failure> {
        let order = self.tenant.order(self.folder.path(), 0, Job::Settle)?;
        let mut station = StationProcess::start(&order)?;
        station.hears(LIMIT, |word| {
            matches!(word, Word::SignedIn | Word::Failed { .. })
        });
        station.hears(SETTLE, |word| {
            matches!(word, Word::Settled { .. } | Word::Failed { .. })
        });
        let has_failed = |word: &Word| matches!(word, Word::Failed { .. });
        let said = station.kill();
        if !said.contains(&Word::SignedIn) || said.iter().any(has_failed) {
            say(&format!("  not started again: {said:?}"));
            broken.stuck += 1;
        }
        Ok(())
    }
}
