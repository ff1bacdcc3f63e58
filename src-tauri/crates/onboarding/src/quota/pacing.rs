//! How many stations can share one quota without hearing of each other (decision 0012): each keeps a beat that
//! worked, gives way when it is refused or told that the limit is full, and takes back very slowly what is free.

use crate::quota::rng::Dice;
use crate::time::Mono;

/// The beat of one station alone is the floor, which leaves one place of the limit free. The others are those of so
/// many stations that leave it free together, and from there on each is twice the one before: among equal beats, and
/// those that are twice each other, a place that worked works again.
const FEW: [f64; 5] = [2.0, 3.0, 5.0, 7.5, 10.0];
/// From this beat on a poll has left the limit's ten seconds before the next one comes.
const LONG: usize = 3;
/// The beats are longer by this, or every place would have to be met to the millisecond.
const PART: f64 = 1.055_8;
/// What one refusal adds to the wait between two polls. Small, so that stations that were refused by chance, or by
/// somebody's pass, do not fall behind.
const REFUSED: f64 = 0.028;
/// Where many of the last ten or so polls were refused it was not chance, and each adds up to so many times more.
const OFTEN: f64 = 1.8;
const LATELY: f64 = 0.1;
/// What an answer takes off the wait, at a wait of `EVEN_MS`: who waits longer comes back faster.
const FREE: f64 = 0.006_8;
const EVEN_MS: f64 = 26_000.0;
const EVEN_FEW: f64 = 1.0;
const EVEN_MANY: f64 = 0.45;
/// An answer that says that all places but one are in use takes off so much of that: this is where stations rest.
const HELD: f64 = 0.6;
/// An answer that says that others use the limit up adds this at a wait of `EVEN_MS`, and the more the shorter the
/// wait: the fastest yields, and the place for the second of two agreeing reads comes free again.
const FULL: f64 = 0.014;
const FULL_FEW: f64 = 0.94;
const FULL_MANY: f64 = 0.4;
/// The same answer moves the next moment by up to so much: moments that crowd drift apart.
const DRIFT_FEW_MS: u64 = 1_000;
const DRIFT_MANY_MS: u64 = 2_240;
/// A service that never says how much of its limit is in use gets every poll later by up to so much of the beat: who
/// has a place there hears of nobody, and would keep the others out for hours.
const LOOSE: f64 = 0.4;
/// After this many answers in a row that say nothing of the limit others have probably left, and the wait shrinks
/// faster and faster.
const LONG_QUIET: f64 = 40.0;
/// A beat is kept until what was learned is so much of the way to the next one.
const PLAY: f64 = 0.99;
/// What a shorter beat that was tried and refused adds to the wait.
const TRIED: f64 = 0.055;
/// The moment that was told is good once, and up to so much later.
const TOLD_MS: u64 = 1_000;
/// A second refusal in a row looks for another place in the beat, as far away as this share of it.
const SPREAD: f64 = 1.0;
/// Without any poll for so long, half of what was learned is forgotten.
const FORGET_MS: u64 = 300_000;
/// Nobody waits longer than this.
const LONGEST_MS: f64 = 7_200_000.0;

/// What an answer told of the service's limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Nothing, or only what the station uses itself.
    Free,
    /// It is in use but for the last part of it.
    Held,
    /// It is used up.
    Full,
}

/// The learned wait between two polls, and the moments it falls on.
#[derive(Debug)]
pub(crate) struct Beat {
    floor_ms: f64,
    /// What was learned, continuously.
    wait_ms: f64,
    /// The beat in use. At 0 nothing was learned and nothing is held back.
    step: usize,
    /// A moment of the beat.
    next: Mono,
    last: Mono,
    /// The moment of the longer beat, while a shorter one is tried for the first time.
    kept: Option<Mono>,
    quiet: u32,
    refused: u32,
    /// The share of polls that were refused lately.
    often: f64,
    /// Whether the service ever said how much of its limit is in use; it does from four fifths on.
    told: bool,
}

impl Beat {
    /// A beat that is never quicker than `floor_ms`.
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
            often: 0.0,
            told: false,
        }
    }

    /// The service said how much of its limit is in use.
    pub(crate) fn told(&mut self) {
        self.told = true;
    }

    /// The first moment of the beat for a poll that is due then.
    pub(crate) fn slot(&self, due: Mono) -> Mono {
        if due <= self.next {
            return self.next;
        }
        if self.step == 0 {
            return due;
        }
        // A poll that is due a little after its moment goes with it rather than miss a whole beat.
        let period = self.period_ms();
        let late = (due.0 - self.next.0).saturating_sub(period / 4);
        self.next.after_ms(late.div_ceil(period) * period)
    }

    /// A poll leaves now.
    pub(crate) fn polled(&mut self, now: Mono) {
        let silent = now.0.saturating_sub(self.last.0.max(self.next.0)) / FORGET_MS;
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
    pub(crate) fn answered(&mut self, room: Room, dice: &mut Dice) {
        self.refused = 0;
        self.often -= LATELY * self.often;
        if room == Room::Full
            && self.step >= LONG
            && let Some(kept) = self.kept.take()
        {
            // It was served, but there is no room for one more at this beat.
            self.quiet = 0;
            self.fall_back();
            self.next = kept;
            return;
        }
        self.kept = None;
        let (before, longer) = (self.step, self.after_last());
        self.learn(room);
        self.choose_step();
        self.next = self.after_last();
        if self.step < before {
            self.kept = Some(longer);
        } else if !self.told {
            let loose = self.period_ms() as f64 * LOOSE;
            let moment = self.last.after_ms(self.period_ms());
            self.next = moment.after_ms(dice.up_to(loose as u64));
        } else if room == Room::Full && self.step > 0 {
            let drift = match self.step < LONG {
                true => DRIFT_FEW_MS,
                false => DRIFT_MANY_MS,
            };
            self.next = self.next.after_ms(dice.up_to(drift));
        }
    }

    /// The poll was refused until `until`.
    pub(crate) fn refused(&mut self, until: Mono, dice: &mut Dice) {
        self.quiet = 0;
        if let Some(kept) = self.kept.take() {
            self.fall_back();
            self.next = match kept < until {
                true => until.after_ms(dice.up_to(TOLD_MS)),
                false => kept,
            };
            return;
        }
        self.refused = self.refused.saturating_add(1);
        self.often += LATELY * (1.0 - self.often);
        self.wait_ms *= 1.0 + REFUSED * (1.0 + OFTEN * self.often);
        self.choose_step();
        // The place that was told is good once: a second refusal means that somebody else heard the same.
        let scatter = match self.refused {
            1 => TOLD_MS,
            _ => (self.period_ms() as f64 * SPREAD) as u64,
        };
        self.next = until.after_ms(dice.up_to(scatter));
    }

    /// Milliseconds between two moments of the beat.
    pub(crate) fn period_ms(&self) -> u64 {
        self.period(self.step) as u64
    }

    fn learn(&mut self, room: Room) {
        let rel = self.wait_ms / EVEN_MS;
        let few = rel < 1.0;
        let even = FREE * rel.powf(if few { EVEN_FEW } else { EVEN_MANY });
        self.quiet = match room {
            Room::Free => self.quiet.saturating_add(1),
            Room::Held | Room::Full => 0,
        };
        let faster = (f64::from(self.quiet) / LONG_QUIET).powi(2);
        match room {
            Room::Free => self.wait_ms /= 1.0 + (even * (1.0 + faster)).min(0.5),
            Room::Held => self.wait_ms /= 1.0 + HELD * even,
            Room::Full => {
                self.wait_ms *= 1.0 + FULL / rel.powf(if few { FULL_FEW } else { FULL_MANY });
            }
        }
    }

    /// The shorter beat had no place: the longer one, and its place, are still there.
    fn fall_back(&mut self) {
        let (shorter, longer) = (self.period(self.step), self.period(self.step + 1));
        self.step += 1;
        let edge = longer * (shorter / longer).powf(PLAY);
        self.wait_ms = self.wait_ms.max(edge) * (1.0 + TRIED);
    }

    fn after_last(&self) -> Mono {
        match self.step {
            0 => self.last,
            _ => self.last.after_ms(self.period_ms()),
        }
    }

    fn choose_step(&mut self) {
        self.wait_ms = self.wait_ms.clamp(self.floor_ms, LONGEST_MS);
        while self.is_past(self.step + 1) {
            self.step += 1;
        }
        while self.step > 0 && self.is_past(self.step - 1) {
            self.step -= 1;
        }
    }

    /// Whether what was learned is nearly at this other beat, or beyond.
    fn is_past(&self, other: usize) -> bool {
        let here = self.period(self.step);
        let way = (self.period(other) / here).ln();
        (self.wait_ms / here).ln() / way > PLAY
    }

    fn period(&self, step: usize) -> f64 {
        let stations = match step.checked_sub(1) {
            None => return self.floor_ms,
            Some(few) if few < FEW.len() => FEW[few],
            Some(many) => {
                let doubled = i32::try_from(many + 1 - FEW.len()).unwrap_or(i32::MAX);
                FEW[FEW.len() - 1] * 2.0_f64.powi(doubled)
            }
        };
        self.floor_ms * PART * stations
    }
}

#[cfg(test)]
mod tests {
    use super::{Beat, LONG, Room};
    use crate::quota::rng::Dice;
    use crate::time::Mono;

    /// Polls at every moment of the beat until it changes; each answer tells this.
    fn until_it_changes(beat: &mut Beat, room: Room, now: &mut Mono, dice: &mut Dice) {
        let before = beat.period_ms();
        for _ in 0..10_000 {
            *now = beat.slot(*now).max(now.after_ms(1));
            beat.polled(*now);
            beat.answered(room, dice);
            if beat.period_ms() != before {
                return;
            }
        }
        panic!("a beat that stays at {before}");
    }

    /// A beat behind the first long one, that learned what is free until it tries the one before.
    fn trying() -> (Beat, Mono, Dice) {
        let (mut beat, mut now, mut dice) = (Beat::new(2_562), Mono(0), Dice::seeded(5));
        while beat.step <= LONG + 1 {
            now = beat.slot(now).max(now.after_ms(1));
            beat.polled(now);
            beat.refused(now.after_ms(1_000), &mut dice);
        }
        until_it_changes(&mut beat, Room::Free, &mut now, &mut dice);
        (beat, now, dice)
    }

    #[test]
    fn a_shorter_beat_without_a_place_leaves_the_longer_one_and_its_moment() {
        for refused in [true, false] {
            let (mut beat, asked, mut dice) = trying();
            let step = beat.step;
            let tried = beat.slot(asked.after_ms(1));
            beat.polled(tried);
            match refused {
                true => beat.refused(tried.after_ms(1_000), &mut dice),
                false => beat.answered(Room::Full, &mut dice),
            }
            assert_eq!(beat.step, step + 1, "refused: {refused}");
            assert_eq!(
                beat.slot(tried),
                asked.after_ms(beat.period_ms()),
                "refused: {refused}"
            );
        }
    }

    #[test]
    fn a_shorter_beat_that_was_served_stays() {
        for room in [Room::Free, Room::Held] {
            let (mut beat, asked, mut dice) = trying();
            let step = beat.step;
            beat.polled(beat.slot(asked.after_ms(1)));
            beat.answered(room, &mut dice);
            assert_eq!(beat.step, step, "{room:?}");
        }
    }

    /// The waits between polls that are answered without a word of the limit.
    fn waits(beat: &mut Beat) -> Vec<u64> {
        let mut dice = Dice::seeded(5);
        let (mut now, mut waits) = (Mono(0), Vec::new());
        for _ in 0..20 {
            beat.polled(now);
            beat.answered(Room::Free, &mut dice);
            let next = beat.slot(now.after_ms(2_562));
            waits.push(next.0 - now.0);
            now = next;
        }
        waits
    }

    #[test]
    fn a_service_that_never_tells_is_asked_at_moments_that_move() {
        let mut silent = Beat::new(2_562);
        let moved = waits(&mut silent);
        assert!(
            moved.iter().all(|wait| (2_562..=3_587).contains(wait)),
            "{moved:?}"
        );
        assert!(
            moved.windows(2).filter(|two| two[0] != two[1]).count() > 15,
            "{moved:?}"
        );
        let mut telling = Beat::new(2_562);
        telling.told();
        let even = waits(&mut telling);
        assert!(even.iter().all(|wait| *wait == 2_562), "{even:?}");
    }

    #[test]
    fn who_hears_that_the_limit_is_full_gives_way_and_the_fast_first() {
        let (mut beat, mut now, mut dice) = trying();
        let mut waits = Vec::new();
        for _ in 0..3 {
            let from = now;
            until_it_changes(&mut beat, Room::Full, &mut now, &mut dice);
            waits.push(now.0 - from.0);
        }
        assert!(waits.is_sorted(), "{waits:?}");
    }
}
