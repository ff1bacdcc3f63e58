//! How many stations can share one quota without hearing of each other (decision 0012): each keeps a pace that
//! worked, gives way when it is refused or told that the limit is full, and takes back very slowly what is free.

use crate::quota::rng::Rng;
use crate::time::Mono;

/// The pace of one station alone is the floor, which leaves one place of the limit free. The others are those of so
/// many stations that leave it free together, and from there on each is twice the one before: among equal paces, and
/// those that are twice each other, a place that worked works again.
const SHARES: [f64; 5] = [2.0, 3.0, 5.0, 7.5, 10.0];
/// From this pace on a poll has left the limit's ten seconds before the next one comes.
const SPARSE_FROM: usize = 3;
/// The paces are longer by this, or every place would have to be met to the millisecond.
const MARGIN: f64 = 1.055_8;
/// What one refusal adds to the wait between two polls. Small, so that stations that were refused by chance, or by
/// somebody's pass, do not fall behind.
const BACKOFF: f64 = 0.028;
/// Where many of the last ten or so polls were refused it was not chance, and each adds up to so many times more.
const LOSS_PENALTY: f64 = 1.8;
const EWMA_ALPHA: f64 = 0.1;
/// What an answer takes off the wait, at a wait of `REFERENCE_WAIT_MS`: who waits longer comes back faster.
const RECOVERY: f64 = 0.006_8;
const REFERENCE_WAIT_MS: f64 = 26_000.0;
const RECOVERY_EXPONENT_SHORT: f64 = 1.0;
const RECOVERY_EXPONENT_LONG: f64 = 0.45;
/// An answer that says that all places but one are in use takes off so much of that: this is where stations rest.
const HELD_RECOVERY: f64 = 0.6;
/// An answer that says that others use the limit up adds this at a wait of `REFERENCE_WAIT_MS`, and the more the
/// shorter the wait: the fastest yields, and the place for the second of two agreeing reads comes free again.
const YIELD: f64 = 0.014;
const YIELD_EXPONENT_SHORT: f64 = 0.94;
const YIELD_EXPONENT_LONG: f64 = 0.4;
/// The same answer moves the next moment by up to so much: moments that crowd drift apart.
const YIELD_DRIFT_SHORT_MS: u64 = 1_000;
const YIELD_DRIFT_LONG_MS: u64 = 2_240;
/// A service that never says how much of its limit is in use gets every poll later by up to so much of the pace: who
/// has a place there hears of nobody, and would keep the others out for hours.
const JITTER: f64 = 0.4;
/// After this many answers in a row that say nothing of the limit others have probably left, and the wait shrinks
/// faster and faster.
const IDLE_ANSWERS: f64 = 40.0;
/// A pace is kept until what was learned is so much of the way to the next one.
const HYSTERESIS: f64 = 0.99;
/// What a shorter pace that was tried and refused adds to the wait.
const PROBE_PENALTY: f64 = 0.055;
/// The moment that was told is good once, and up to so much later.
const RETRY_SLACK_MS: u64 = 1_000;
/// A second refusal in a row looks for another place in the pace, as far away as this share of it.
const SCATTER: f64 = 1.0;
/// Without any poll for so long, half of what was learned is forgotten.
const DECAY_MS: u64 = 300_000;
/// Nobody waits longer than this.
const MAX_WAIT_MS: f64 = 7_200_000.0;

/// What an answer told of the service's limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Utilisation {
    /// Nothing, or only what the station uses itself.
    Free,
    /// It is in use but for the last part of it.
    Held,
    /// It is used up.
    Full,
}

/// The learned wait between two polls, and the moments it falls on.
#[derive(Debug)]
pub(crate) struct Pacer {
    floor_ms: f64,
    /// What was learned, continuously.
    wait_ms: f64,
    /// The pace in use. At 0 nothing was learned and nothing is held back.
    step: usize,
    /// A moment of the pace.
    next: Mono,
    last: Mono,
    /// The moment of the longer pace, while a shorter one is tried for the first time.
    kept: Option<Mono>,
    quiet: u32,
    refused: u32,
    /// The share of polls that were refused lately.
    loss_rate: f64,
    /// Whether the service ever said how much of its limit is in use; it does from four fifths on.
    told: bool,
}

impl Pacer {
    /// A pace that is never quicker than `floor_ms`.
    pub(crate) fn new(floor_ms: u64) -> Self {
        let floor_ms = floor_ms as f64;
        Self {
            floor_ms,
            wait_ms: floor_ms,
            step: 0,
            next: Mono(0),
            last: Mono(0),
            kept: None,
            quiet: 0,
            refused: 0,
            loss_rate: 0.0,
            told: false,
        }
    }

    /// The service said how much of its limit is in use.
    pub(crate) fn told(&mut self) {
        self.told = true;
    }

    /// The first moment of the pace for a poll that is due then.
    pub(crate) fn slot(&self, due: Mono) -> Mono {
        if due <= self.next {
            return self.next;
        }
        if self.step == 0 {
            return due;
        }
        // A poll that is due a little after its moment goes with it rather than miss a whole pace.
        let period = self.period_ms();
        let late = (due.0 - self.next.0).saturating_sub(period / 4);
        self.next.after_ms(late.div_ceil(period) * period)
    }

    /// A poll leaves now.
    pub(crate) fn polled(&mut self, now: Mono) {
        let silent = now.0.saturating_sub(self.last.0.max(self.next.0)) / DECAY_MS;
        if silent > 0 {
            let halvings = i32::try_from(silent).unwrap_or(i32::MAX);
            self.wait_ms *= 0.5_f64.powi(halvings);
            self.kept = None;
            self.choose_step();
        }
        self.last = now;
        self.next = self.after_last();
    }

    /// The poll was answered, and this was told with it.
    pub(crate) fn answered(&mut self, utilisation: Utilisation, rng: &mut Rng) {
        self.refused = 0;
        self.loss_rate -= EWMA_ALPHA * self.loss_rate;
        if utilisation == Utilisation::Full
            && self.step >= SPARSE_FROM
            && let Some(kept) = self.kept.take()
        {
            // It was served, but there is no room for one more at this pace.
            self.quiet = 0;
            self.fall_back();
            self.next = kept;
            return;
        }
        self.kept = None;
        let (before, longer) = (self.step, self.after_last());
        self.learn(utilisation);
        self.choose_step();
        self.next = self.after_last();
        if self.step < before {
            self.kept = Some(longer);
        } else if !self.told {
            let loose = self.period_ms() as f64 * JITTER;
            let moment = self.last.after_ms(self.period_ms());
            self.next = moment.after_ms(rng.up_to(loose as u64));
        } else if utilisation == Utilisation::Full && self.step > 0 {
            let drift = match self.step < SPARSE_FROM {
                true => YIELD_DRIFT_SHORT_MS,
                false => YIELD_DRIFT_LONG_MS,
            };
            self.next = self.next.after_ms(rng.up_to(drift));
        }
    }

    /// The poll was refused until `until`.
    pub(crate) fn refused(&mut self, until: Mono, rng: &mut Rng) {
        self.quiet = 0;
        if let Some(kept) = self.kept.take() {
            self.fall_back();
            self.next = match kept < until {
                true => until.after_ms(rng.up_to(RETRY_SLACK_MS)),
                false => kept,
            };
            return;
        }
        self.refused = self.refused.saturating_add(1);
        self.loss_rate += EWMA_ALPHA * (1.0 - self.loss_rate);
        self.wait_ms *= 1.0 + BACKOFF * (1.0 + LOSS_PENALTY * self.loss_rate);
        self.choose_step();
        // The place that was told is good once: a second refusal means that somebody else heard the same.
        let scatter = match self.refused {
            1 => RETRY_SLACK_MS,
            _ => (self.period_ms() as f64 * SCATTER) as u64,
        };
        self.next = until.after_ms(rng.up_to(scatter));
    }

    /// Milliseconds between two moments of the pace.
    pub(crate) fn period_ms(&self) -> u64 {
        self.period(self.step) as u64
    }

    fn learn(&mut self, utilisation: Utilisation) {
        let rel = self.wait_ms / REFERENCE_WAIT_MS;
        let few = rel < 1.0;
        let even = RECOVERY
            * rel.powf(if few {
                RECOVERY_EXPONENT_SHORT
            } else {
                RECOVERY_EXPONENT_LONG
            });
        self.quiet = match utilisation {
            Utilisation::Free => self.quiet.saturating_add(1),
            Utilisation::Held | Utilisation::Full => 0,
        };
        let faster = (f64::from(self.quiet) / IDLE_ANSWERS).powi(2);
        match utilisation {
            Utilisation::Free => self.wait_ms /= 1.0 + (even * (1.0 + faster)).min(0.5),
            Utilisation::Held => self.wait_ms /= 1.0 + HELD_RECOVERY * even,
            Utilisation::Full => {
                self.wait_ms *= 1.0
                    + YIELD
                        / rel.powf(if few {
                            YIELD_EXPONENT_SHORT
                        } else {
                            YIELD_EXPONENT_LONG
                        });
            }
        }
    }

    /// The shorter pace had no place: the longer one, and its place, are still there.
    fn fall_back(&mut self) {
        let (shorter, longer) = (self.period(self.step), self.period(self.step + 1));
        self.step += 1;
        let edge = longer * (shorter / longer).powf(HYSTERESIS);
        self.wait_ms = self.wait_ms.max(edge) * (1.0 + PROBE_PENALTY);
    }

    fn after_last(&self) -> Mono {
        match self.step {
            0 => self.last,
            _ => self.last.after_ms(self.period_ms()),
        }
    }

    fn choose_step(&mut self) {
        self.wait_ms = self.wait_ms.clamp(self.floor_ms, MAX_WAIT_MS);
        while self.is_past(self.step + 1) {
            self.step += 1;
        }
        while self.step > 0 && self.is_past(self.step - 1) {
            self.step -= 1;
        }
    }

    /// Whether what was learned is nearly at this other pace, or beyond.
    fn is_past(&self, other: usize) -> bool {
        let here = self.period(self.step);
        let way = (self.period(other) / here).ln();
        (self.wait_ms / here).ln() / way > HYSTERESIS
    }

    fn period(&self, step: usize) -> f64 {
        let stations = match step.checked_sub(1) {
            None => return self.floor_ms,
            Some(few) if few < SHARES.len() => SHARES[few],
            Some(many) => {
                let doubled = i32::try_from(many + 1 - SHARES.len()).unwrap_or(i32::MAX);
                SHARES[SHARES.len() - 1] * 2.0_f64.powi(doubled)
            }
        };
        self.floor_ms * MARGIN * stations
    }
}

#[cfg(test)]
mod tests {
    use super::{Pacer, SPARSE_FROM, Utilisation};
    use crate::quota::rng::Rng;
    use crate::time::Mono;

    /// Polls at every moment of the pace until it changes; each answer tells this.
    fn until_it_changes(
        pacer: &mut Pacer,
        utilisation: Utilisation,
        now: &mut Mono,
        rng: &mut Rng,
    ) {
        let before = pacer.period_ms();
        for _ in 0..10_000 {
            *now = pacer.slot(*now).max(now.after_ms(1));
            pacer.polled(*now);
            pacer.answered(utilisation, rng);
            if pacer.period_ms() != before {
                return;
            }
        }
        panic!("a pace that stays at {before}");
    }

    /// A pace behind the first long one, that learned what is free until it tries the one before.
    fn trying() -> (Pacer, Mono, Rng) {
        let (mut pacer, mut now, mut rng) = (Pacer::new(2_562), Mono(0), Rng::seeded(5));
        while pacer.step <= SPARSE_FROM + 1 {
            now = pacer.slot(now).max(now.after_ms(1));
            pacer.polled(now);
            pacer.refused(now.after_ms(1_000), &mut rng);
        }
        until_it_changes(&mut pacer, Utilisation::Free, &mut now, &mut rng);
        (pacer, now, rng)
    }

    #[test]
    fn a_shorter_beat_without_a_place_leaves_the_longer_one_and_its_moment() {
        for refused in [true, false] {
            let (mut pacer, asked, mut rng) = trying();
            let step = pacer.step;
            let tried = pacer.slot(asked.after_ms(1));
            pacer.polled(tried);
            match refused {
                true => pacer.refused(tried.after_ms(1_000), &mut rng),
                false => pacer.answered(Utilisation::Full, &mut rng),
            }
            assert_eq!(pacer.step, step + 1, "refused: {refused}");
            assert_eq!(
                pacer.slot(tried),
                asked.after_ms(pacer.period_ms()),
                "refused: {refused}"
            );
        }
    }

    #[test]
    fn a_shorter_beat_that_was_served_stays() {
        for utilisation in [Utilisation::Free, Utilisation::Held] {
            let (mut pacer, asked, mut rng) = trying();
            let step = pacer.step;
            pacer.polled(pacer.slot(asked.after_ms(1)));
            pacer.answered(utilisation, &mut rng);
            assert_eq!(pacer.step, step, "{utilisation:?}");
        }
    }

    /// The waits between polls that are answered without a word of the limit.
    fn waits(pacer: &mut Pacer) -> Vec<u64> {
        let mut rng = Rng::seeded(5);
        let (mut now, mut waits) = (Mono(0), Vec::new());
        for _ in 0..20 {
            pacer.polled(now);
            pacer.answered(Utilisation::Free, &mut rng);
            let next = pacer.slot(now.after_ms(2_562));
            waits.push(next.0 - now.0);
            now = next;
        }
        waits
    }

    #[test]
    fn a_service_that_never_tells_is_asked_at_moments_that_move() {
        let mut silent = Pacer::new(2_562);
        let moved = waits(&mut silent);
        assert!(
            moved.iter().all(|wait| (2_562..=3_587).contains(wait)),
            "{moved:?}"
        );
        assert!(
            moved.windows(2).filter(|two| two[0] != two[1]).count() > 15,
            "{moved:?}"
        );
        let mut telling = Pacer::new(2_562);
        telling.told();
        let even = waits(&mut telling);
        assert!(even.iter().all(|wait| *wait == 2_562), "{even:?}");
    }

    #[test]
    fn who_hears_that_the_limit_is_full_gives_way_and_the_fast_first() {
        let (mut pacer, mut now, mut rng) = trying();
        let mut waits = Vec::new();
        for _ in 0..3 {
            let from = now;
            until_it_changes(&mut pacer, Utilisation::Full, &mut now, &mut rng);
            waits.push(now.0 - from.0);
        }
        assert!(waits.is_sorted(), "{waits:?}");
    }
}
