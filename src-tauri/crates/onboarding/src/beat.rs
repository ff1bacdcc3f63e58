//! How many stations can share one quota without hearing of each other (decision 0012): each keeps a beat that
//! worked, lengthens it a little when it is refused and moves on, and shortens it very slowly while all is quiet.

use crate::dice::Dice;
use crate::time::Mono;

/// What one refusal adds to the wait between two polls. Small, so that stations that were refused by chance, or by
/// somebody's pass, do not fall behind: refusals come as often as polls, so all waits grow by the same seconds.
const REFUSED: f64 = 0.055;
/// After this many refusals in a row the quota is far away, and the wait grows by a quarter each time.
const FAR: u32 = 50;
const REFUSED_FAR: f64 = 0.25;
/// What one quiet answer takes off the wait (at a wait of ten seconds): about one poll in forty is refused then.
const QUIET: f64 = 0.001_1;
/// Who waits longer comes back faster; this evens the stations out. Strongly where few share the quota, so that the
/// fastest does not keep its start; gently where many do, or the refusals of the slow would never end.
const EVEN_MS: f64 = 12_500.0;
const EVEN_FEW: f64 = 1.3;
const EVEN_MANY: f64 = 0.5;
/// After this many quiet answers in a row others have probably left, and the wait shrinks faster and faster.
const LONG_QUIET: f64 = 90.0;
/// An answer that says that others use the limit up adds this at a wait of ten seconds, four times as much at half of
/// it and next to nothing at a long one: the fastest yields, and who has room to gain does not.
const FULL: f64 = 0.002;
/// Beats are steps of this ratio, so that most stations have the very same one and stay out of each other's way.
const STEP: f64 = 1.5;
/// A beat is kept until what was learned is so many steps away: leaving it means to look for another place.
const PLAY: f64 = 0.85;
/// The moment that was told is good once, and up to so much later.
const TOLD_MS: u64 = 800;
/// A second refusal in a row looks for another place in the beat, as far away as this share of it.
const SPREAD: f64 = 0.36;
/// Without any poll for so long, half of what was learned is forgotten.
const FORGET_MS: u64 = 300_000;
/// Nobody waits longer than this.
const LONGEST_MS: f64 = 7_200_000.0;

/// The learned wait between two polls, and the moments it falls on.
#[derive(Debug)]
pub(crate) struct Beat {
    floor_ms: f64,
    /// What was learned, continuously.
    wait_ms: f64,
    /// The beat in use: the floor times 1.5 to this power. At 0 nothing was learned and nothing is held back.
    step: i32,
    /// A moment of the beat.
    next: Mono,
    last: Mono,
    quiet: u32,
    refused: u32,
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
            quiet: 0,
            refused: 0,
        }
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
            self.wait_ms = (self.wait_ms * 0.5_f64.powi(halvings)).max(self.floor_ms);
            self.choose_step();
        }
        self.last = now;
        self.next = match self.step {
            0 => now,
            _ => now.after_ms(self.period_ms()),
        };
    }

    /// The poll was answered.
    pub(crate) fn answered(&mut self) {
        self.refused = 0;
        self.quiet = self.quiet.saturating_add(1);
        let faster = (f64::from(self.quiet) / LONG_QUIET).powi(2);
        let even = (EVEN_MS / 10_000.0).powf(EVEN_MANY)
            * match self.wait_ms / EVEN_MS {
                few if few < 1.0 => few.powf(EVEN_FEW),
                many => many.powf(EVEN_MANY),
            };
        self.wait_ms /= 1.0 + (QUIET * even * (1.0 + faster)).min(0.5);
        self.choose_step();
        self.next = match self.step {
            0 => self.last,
            _ => self.last.after_ms(self.period_ms()),
        };
    }

    /// An answer came, and with it the limit is used up, by others, too.
    pub(crate) fn full(&mut self) {
        self.quiet = 0;
        self.wait_ms *= 1.0 + FULL * (10_000.0 / self.wait_ms).powi(2);
        self.choose_step();
    }

    /// The poll was refused until `until`.
    pub(crate) fn refused(&mut self, until: Mono, dice: &mut Dice) {
        self.quiet = 0;
        self.refused = self.refused.saturating_add(1);
        let more = match self.refused {
            ..=FAR => REFUSED,
            _ => REFUSED_FAR,
        };
        self.wait_ms *= 1.0 + more;
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
        (self.floor_ms * STEP.powi(self.step)) as u64
    }

    fn choose_step(&mut self) {
        self.wait_ms = self.wait_ms.clamp(self.floor_ms, LONGEST_MS);
        let exact = (self.wait_ms / self.floor_ms).ln() / STEP.ln();
        if (exact - f64::from(self.step)).abs() > PLAY {
            self.step = exact.round() as i32;
        }
    }
}
