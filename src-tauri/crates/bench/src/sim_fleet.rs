//! Counters that all wait at once at one tenant, each with its own rate limit, none hearing of the others.

use std::time::Duration;

use entra_sim::throttle::{LimitKind, Limiter};
use onboarding::PackError;

use crate::latencies::Latencies;
use crate::rng::SeededRng;
use crate::sim_world::{Counter, Moment, NetworkModel, ScheduledAction, SimWorld};

/// Until then everybody got a pass; from then on the tenant counts.
pub(crate) const OPEN_MS: u64 = 120_000;
/// How many requests it lets pass in ten seconds.
pub(crate) const QUOTA: u32 = 5;
/// Somebody goes on to another row so often: a registration may be there any moment, all the time.
const STEP_MS: u64 = 20_000;
/// What an operator needs to ask again when the time that was told is over.
const HAND_MS: u64 = 500;

/// The fleet and what came of it.
pub(crate) struct Fleet {
    pub(crate) world: SimWorld,
    /// Latencies of registrations since the last [`Fleet::forget`].
    pub(crate) latencies: Latencies,
    /// From wanting a pass to having it, for those who were asked for after the opening.
    pub(crate) issues: Latencies,
    pub(crate) wanted: usize,
    rng: SeededRng,
    /// The mean wait of a person in milliseconds; without one nobody ever registers.
    wait_ms: Option<f64>,
    wanted_at: Vec<Option<u64>>,
}

impl Fleet {
    /// `waiting` counters wait, as many as `idle` more have nobody yet.
    pub(crate) fn gather(
        waiting: usize,
        idle: usize,
        kind: LimitKind,
        wait_ms: Option<f64>,
        seed: u64,
    ) -> Result<Self, PackError> {
        let network = NetworkModel {
            there_ms: 25,
            stale_ms: 0,
            silent: false,
        };
        let world = SimWorld::new(waiting + idle, seed, network)?;
        let mut fleet = Self {
            world,
            latencies: Latencies::default(),
            issues: Latencies::default(),
            wanted: 0,
            rng: SeededRng::seeded(seed.wrapping_add(1)),
            wait_ms,
            wanted_at: vec![None; waiting + idle],
        };
        for place in 0..waiting {
            let at_ms = fleet.rng.up_to(OPEN_MS / 2);
            fleet.world.schedule(at_ms, place, ScheduledAction::Begin);
        }
        fleet.run(OPEN_MS);
        fleet.world.requests.clear();
        fleet.world.limiter = Some(limiter(kind));
        Ok(fleet)
    }

    /// Goes on until then.
    pub(crate) fn run(&mut self, until_ms: u64) {
        while let Some(moment) = self.world.next(until_ms) {
            self.on(moment);
        }
    }

    /// What came before no longer counts.
    pub(crate) fn forget(&mut self) {
        self.world.requests.clear();
        self.latencies = Latencies::default();
    }

    /// An idle counter gets somebody; whoever was there leaves first.
    pub(crate) fn come(&mut self, place: usize) {
        if self.world.counters[place].waiting() {
            self.world.at(place, Counter::leave);
        }
        self.world
            .schedule(self.world.now_ms, place, ScheduledAction::Begin);
    }

    fn on(&mut self, moment: Moment) {
        let now_ms = self.world.now_ms;
        match moment {
            Moment::Found(place) => {
                self.wanted += 1;
                self.wanted_at[place] = Some(now_ms);
                self.world.at(place, |counter, now_ms| {
                    counter.check(now_ms);
                    counter.issue(now_ms);
                });
            }
            Moment::Issued(place) => {
                if let Some(wanted_ms) = self.wanted_at[place].take() {
                    self.issues.push_ms(wanted_ms, now_ms);
                }
                let at_ms = now_ms + Counter::settle_ms();
                self.world.schedule(at_ms, place, ScheduledAction::Reveal);
            }
            Moment::Refused(place, seconds) => {
                let at_ms = now_ms + seconds * 1_000 + HAND_MS;
                self.world.schedule(at_ms, place, ScheduledAction::Again);
            }
            Moment::Registered(place) => {
                let entry_ms = self.world.counters[place].entry_ms;
                self.latencies.push_ms(entry_ms.unwrap_or(now_ms), now_ms);
                self.world.at(place, Counter::leave);
                self.world
                    .schedule(now_ms + 1_000, place, ScheduledAction::Begin);
            }
            Moment::Scheduled(place, action) => self.scheduled(place, action),
        }
    }

    fn scheduled(&mut self, place: usize, action: ScheduledAction) {
        let now_ms = self.world.now_ms;
        match action {
            ScheduledAction::Begin => self.world.at(place, Counter::begin),
            ScheduledAction::Again => self.world.at(place, Counter::again),
            ScheduledAction::Leave => self.world.at(place, Counter::leave),
            ScheduledAction::Reveal => {
                self.world.at(place, Counter::reveal);
                let wait_ms = self
                    .wait_ms
                    .map(|mean| -mean * (1.0 - self.rng.share()).ln());
                let entry_ms = wait_ms.map(|wait_ms| now_ms + wait_ms as u64);
                self.world.counters[place].registers_at(now_ms, entry_ms);
                let at_ms = now_ms + self.rng.up_to(STEP_MS);
                self.world.schedule(at_ms, place, ScheduledAction::Step);
            }
            ScheduledAction::Step if self.world.counters[place].waiting() => {
                self.world.at(place, Counter::step);
                self.world
                    .schedule(now_ms + STEP_MS, place, ScheduledAction::Step);
            }
            ScheduledAction::Step => {}
        }
    }
}

/// The tenant's own limiter with the quota of authentication methods.
pub(crate) fn limiter(kind: LimitKind) -> Limiter {
    Limiter::new(QUOTA, Duration::from_secs(10), kind)
}

/// What was used, what was refused, and how evenly, between two moments.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share {
    /// Of the quota.
    pub(crate) used: f64,
    /// Of all requests.
    pub(crate) refused: f64,
    /// Refused requests a minute.
    pub(crate) refused_a_minute: f64,
    /// Jain's index of what each counter was served.
    pub(crate) jain: f64,
}

impl Share {
    /// Of the requests between these moments; `counters` of them from the first on are compared.
    pub(crate) fn of(fleet: &Fleet, from_ms: u64, until_ms: u64, counters: usize) -> Self {
        let within = |at_ms: u64| (from_ms..until_ms).contains(&at_ms);
        let requests = fleet.world.requests.iter().filter(|r| within(r.at_ms));
        let (mut served, mut refused) = (vec![0.0; fleet.world.counters.len()], 0.0);
        for request in requests {
            match request.refused {
                true => refused += 1.0,
                false => served[request.counter] += 1.0,
            }
        }
        let all: f64 = served.iter().sum();
        let seconds = (until_ms - from_ms) as f64 / 1_000.0;
        Self {
            used: all / (seconds * f64::from(QUOTA) / 10.0),
            refused: refused / f64::max(all + refused, 1.0),
            refused_a_minute: refused * 60.0 / seconds,
            jain: jain(&served[..counters]),
        }
    }
}

/// 1 when all have the same, 1/n when one has everything.
pub(crate) fn jain(served: &[f64]) -> f64 {
    let sum: f64 = served.iter().sum();
    let squares: f64 = served.iter().map(|x| x * x).sum();
    sum * sum / (served.len() as f64 * squares).max(f64::MIN_POSITIVE)
}
