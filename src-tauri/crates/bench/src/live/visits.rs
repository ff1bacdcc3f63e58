//! One counter, one visit after the other.

use std::time::Duration;

use entra_sim::throttle::{LimitKind, Limiter};
use onboarding::PackError;

use super::course::{Course, THERE_MS};
use super::loops::{Looped, looped};
use crate::latencies::Latencies;
use crate::rng::SeededRng;
use crate::sim_world::{Counter, Moment, NetworkModel, Request, ScheduledAction, SimWorld};

const VISITS: usize = 6_000;
/// The next person comes so long after.
const PAUSE_MS: u64 = 30_000;

/// What a run of visits brought.
pub(super) struct Visits {
    pub(super) ours: Ours,
    courses: Vec<Course>,
    stale_ms: u64,
    seed: u64,
}

/// The shipped code's own figures.
#[derive(Default)]
pub(super) struct Ours {
    pub(super) latencies: Latencies,
    /// A visit, everything on authentication methods included.
    pub(super) requests: f64,
    pub(super) busiest: usize,
    pub(super) refused: usize,
}

impl Visits {
    /// Runs the visits with copies of the directory up to `stale_ms` old.
    pub(super) fn run(seed: u64, stale_ms: u64) -> Result<Self, PackError> {
        let mut rng = SeededRng::seeded(seed);
        let courses: Vec<_> = (0..VISITS).map(|_| Course::draw(&mut rng)).collect();
        let network = NetworkModel {
            there_ms: THERE_MS,
            stale_ms,
            silent: false,
        };
        let mut world = SimWorld::new(1, seed, network)?;
        world.limiter = Some(Limiter::new(
            5,
            Duration::from_secs(10),
            LimitKind::SlidingWindow,
        ));
        let mut latencies = Latencies::default();
        let mut coming = courses.iter();
        world.schedule(0, 0, ScheduledAction::Begin);
        while let Some(moment) = world.next(u64::MAX) {
            match moment {
                Moment::Found(place) => world.at(place, |counter, now_ms| {
                    counter.check(now_ms);
                    counter.issue(now_ms);
                }),
                Moment::Issued(place) => {
                    let at_ms = world.now_ms + Counter::settle_ms();
                    world.schedule(at_ms, place, ScheduledAction::Reveal);
                }
                Moment::Scheduled(place, action) => match action {
                    ScheduledAction::Begin => world.at(place, Counter::begin),
                    ScheduledAction::Again => world.at(place, Counter::again),
                    ScheduledAction::Step => world.at(place, Counter::step),
                    ScheduledAction::Leave => world.at(place, Counter::leave),
                    ScheduledAction::Reveal => {
                        let Some(course) = coming.next() else { break };
                        reveal(&mut world, place, course);
                    }
                },
                Moment::Registered(place) => {
                    let entry_ms = world.counters[place].entry_ms.unwrap_or_default();
                    latencies.push_ms(entry_ms, world.now_ms);
                    world.schedule(world.now_ms, place, ScheduledAction::Leave);
                    world.schedule(world.now_ms + PAUSE_MS, place, ScheduledAction::Begin);
                }
                Moment::Refused(place, seconds) => {
                    let at_ms = world.now_ms + seconds * 1_000;
                    world.schedule(at_ms, place, ScheduledAction::Again);
                }
            }
        }
        let ours = Ours {
            requests: world.requests.len() as f64 / latencies.count().max(1.0),
            busiest: busiest(&world.requests),
            refused: world.requests.iter().filter(|r| r.refused).count(),
            latencies,
        };
        Ok(Self {
            ours,
            courses,
            stale_ms,
            seed,
        })
    }

    /// The same visits as a loop on a fixed timer sees them.
    pub(super) fn looped(&self, every_s: u64) -> Looped {
        let mut rng = SeededRng::seeded(self.seed ^ every_s);
        looped(&self.courses, every_s, self.stale_ms, &mut rng)
    }
}

fn reveal(world: &mut SimWorld, place: usize, course: &Course) {
    world.at(place, Counter::reveal);
    let shown_ms = world.now_ms;
    let entry_ms = Some(shown_ms + course.entry_ms);
    world.counters[place].registers_at(shown_ms + course.used_ms, entry_ms);
    if let Some(step_ms) = course.step_ms {
        world.schedule(shown_ms + step_ms, place, ScheduledAction::Step);
    }
}

/// The most requests in any ten seconds.
fn busiest(requests: &[Request]) -> usize {
    let mut most = 0;
    let mut first = 0;
    for (place, request) in requests.iter().enumerate() {
        while requests[first].at_ms + 10_000 <= request.at_ms {
            first += 1;
        }
        most = most.max(place + 1 - first);
    }
    most
}
