//! One counter, one visit after the other.

use std::time::Duration;

use entra_sim::throttle::{LimitKind, Limiter};
use onboarding::PackError;

use super::THERE_MS;
use super::loops::{Looped, looped};
use crate::chance::Chance;
use crate::hall::{Counter, Hall, Moment, Order, Request, Way};
use crate::lags::Lags;

const VISITS: usize = 6_000;
/// The next person comes so long after.
const PAUSE_MS: u64 = 30_000;

/// When what happens in one visit, in milliseconds after the pass is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) used_ms: u64,
    pub(super) step_ms: Option<u64>,
    pub(super) entry_ms: u64,
}

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
    pub(super) lags: Lags,
    /// A visit, everything on authentication methods included.
    pub(super) requests: f64,
    pub(super) busiest: usize,
    pub(super) refused: usize,
}

impl Course {
    fn draw(chance: &mut Chance) -> Self {
        let entry = chance.log_normal(110.0, 0.6);
        let used = (entry - chance.between(15.0, 60.0)).max(0.5);
        let stepped = chance.share() < 0.8;
        let step = (entry - chance.between(3.0, 25.0)).max(0.0);
        let ms = |seconds: f64| (seconds * 1_000.0) as u64;
        Self {
            used_ms: ms(used),
            step_ms: stepped.then(|| ms(step)),
            entry_ms: ms(entry),
        }
    }
}

impl Visits {
    /// Runs the visits with copies of the directory up to `stale_ms` old.
    pub(super) fn run(seed: u64, stale_ms: u64) -> Result<Self, PackError> {
        let mut chance = Chance::seeded(seed);
        let courses: Vec<_> = (0..VISITS).map(|_| Course::draw(&mut chance)).collect();
        let way = Way {
            there_ms: THERE_MS,
            stale_ms,
            silent: false,
        };
        let mut hall = Hall::new(1, seed, way)?;
        hall.limiter = Some(Limiter::new(
            5,
            Duration::from_secs(10),
            LimitKind::SlidingWindow,
        ));
        let mut lags = Lags::default();
        let mut coming = courses.iter();
        hall.order(0, 0, Order::Begin);
        while let Some(moment) = hall.next(u64::MAX) {
            match moment {
                Moment::Found(place) => hall.at(place, |counter, now_ms| {
                    counter.check(now_ms);
                    counter.issue(now_ms);
                }),
                Moment::Issued(place) => {
                    let at_ms = hall.now_ms + Counter::settle_ms();
                    hall.order(at_ms, place, Order::Reveal);
                }
                Moment::Ordered(place, order) => match order {
                    Order::Begin => hall.at(place, Counter::begin),
                    Order::Again => hall.at(place, Counter::again),
                    Order::Step => hall.at(place, Counter::step),
                    Order::Leave => hall.at(place, Counter::leave),
                    Order::Reveal => {
                        let Some(course) = coming.next() else { break };
                        reveal(&mut hall, place, course);
                    }
                },
                Moment::Registered(place) => {
                    let entry_ms = hall.counters[place].truth.entry_ms.unwrap_or_default();
                    lags.push_ms(entry_ms, hall.now_ms);
                    hall.order(hall.now_ms, place, Order::Leave);
                    hall.order(hall.now_ms + PAUSE_MS, place, Order::Begin);
                }
                Moment::Refused(place, seconds) => {
                    let at_ms = hall.now_ms + seconds * 1_000;
                    hall.order(at_ms, place, Order::Again);
                }
            }
        }
        let ours = Ours {
            requests: hall.requests.len() as f64 / lags.count().max(1.0),
            busiest: busiest(&hall.requests),
            refused: hall.requests.iter().filter(|r| r.refused).count(),
            lags,
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
        let mut chance = Chance::seeded(self.seed ^ every_s);
        looped(&self.courses, every_s, self.stale_ms, &mut chance)
    }
}

fn reveal(hall: &mut Hall, place: usize, course: &Course) {
    hall.at(place, Counter::reveal);
    let shown_ms = hall.now_ms;
    let truth = &mut hall.counters[place].truth;
    truth.used_ms = Some(shown_ms + course.used_ms);
    truth.entry_ms = Some(shown_ms + course.entry_ms);
    if let Some(step_ms) = course.step_ms {
        hall.order(shown_ms + step_ms, place, Order::Step);
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
