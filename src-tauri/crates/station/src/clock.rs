//! Service time on a clock that never jumps, and whether it is confirmed: no answer is believed alone.

use std::net::SocketAddr;
use std::sync::Arc;

use onboarding::{Mono, Now, ServiceTime};

use crate::ports::Clock;

/// Answers this close tell the same time.
const AGREES_MS: i64 = 5_000;
/// Differences this small come from the whole seconds of a `Date` and from the way; they do not move the clock. What is
/// further off moves it only with a second connection's word: else one answer after the other could lead it away.
const JITTER_MS: i64 = 1_500;
/// So many connections are remembered while nothing agrees.
const MOST_WITNESSES: usize = 16;

/// The machine's clock, set by what the service's own `Date` says over two connections.
pub(crate) struct ServiceClock {
    clock: Arc<dyn Clock>,
    /// Service time at the zero of the monotonic clock; none before two answers agreed in this run.
    zero: Option<i64>,
    /// What disagrees with it so far, or stands alone: the newest of each connection.
    witnesses: Vec<Witness>,
}

#[derive(Clone, Copy)]
struct Witness {
    zero: i64,
    connection: SocketAddr,
}

impl ServiceClock {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            zero: None,
            witnesses: Vec::new(),
        }
    }

    /// Until two answers agreed it is the machine's own time, which proves nothing.
    pub(crate) fn now(&self) -> Now {
        let mono = self.clock.mono_ms();
        let elapsed = i64::try_from(mono).unwrap_or(i64::MAX);
        let service = self.zero.map_or_else(
            || self.clock.wall_unix_ms(),
            |zero| zero.saturating_add(elapsed),
        );
        Now {
            mono: Mono(mono),
            service: ServiceTime(service),
            confirmed: self.zero.is_some(),
        }
    }

    /// Takes what answers said, oldest first.
    pub(crate) fn learn(&mut self, dates: impl IntoIterator<Item = entra::ServiceDate>) {
        for date in dates {
            // Heard by this same clock, whatever has passed or been slept since.
            let heard = i64::try_from(date.read_at.as_millis()).unwrap_or(i64::MAX);
            let zero = date.unix_ms.saturating_sub(heard);
            self.hear(zero, date.connection);
        }
    }

    fn hear(&mut self, zero: i64, connection: Option<SocketAddr>) {
        let mut alike = AGREES_MS;
        if let Some(known) = self.zero.filter(|known| apart(*known, zero) <= AGREES_MS) {
            // Whoever said something else altogether before was alone.
            self.witnesses
                .retain(|seen| apart(seen.zero, known) <= AGREES_MS);
            alike = JITTER_MS;
            if apart(known, zero) <= JITTER_MS {
                // It takes back its own connection's word alone: else one that is off and answers between others would
                // keep any two of them from being heard together.
                self.witnesses
                    .retain(|seen| Some(seen.connection) != connection);
                return;
            }
        }
        // What came over nobody knows which connection is nobody's second witness.
        let Some(connection) = connection else { return };
        let other = |witness: &Witness| witness.connection != connection;
        let agrees = |witness: &Witness| apart(witness.zero, zero) <= alike;
        if self
            .witnesses
            .iter()
            .any(|seen| other(seen) && agrees(seen))
        {
            self.witnesses.clear();
            self.zero = Some(zero);
            return;
        }
        self.witnesses.retain(other);
        if self.witnesses.len() == MOST_WITNESSES {
            self.witnesses.remove(0);
        }
        self.witnesses.push(Witness { zero, connection });
    }

    /// Seconds the machine's own clock is ahead of the service's.
    pub(crate) fn drift_s(&self) -> Option<i32> {
        self.zero?;
        let drift = (self.clock.wall_unix_ms() - self.now().service.0) / 1000;
        i32::try_from(drift).ok()
    }
}

fn apart(one: i64, other: i64) -> i64 {
    one.saturating_sub(other).saturating_abs()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

    use super::*;

    const TRUE: i64 = 1_800_000_000_000;
    const HOUR: i64 = 3_600_000;

    /// A machine whose two clocks say what a test wants.
    #[derive(Default)]
    struct Machine {
        mono: AtomicU64,
        wall: AtomicI64,
    }

    impl Clock for Machine {
        fn mono_ms(&self) -> u64 {
            self.mono.load(Ordering::Relaxed)
        }

        fn wall_unix_ms(&self) -> i64 {
            self.wall.load(Ordering::Relaxed)
        }
    }

    fn clock(wall: i64) -> (ServiceClock, Arc<Machine>) {
        let machine = Arc::new(Machine::default());
        machine.wall.store(wall, Ordering::Relaxed);
        (ServiceClock::new(machine.clone()), machine)
    }

    fn over(connection: u16) -> Option<SocketAddr> {
        Some(SocketAddr::from(([127, 0, 0, 1], connection)))
    }

    fn says(clock: &ServiceClock) -> (i64, bool) {
        (clock.now().service.0, clock.now().confirmed)
    }

    #[test]
    fn i6_one_answer_confirms_nothing_and_two_over_one_connection_are_one() {
        let (mut clock, _) = clock(TRUE + 2 * HOUR);
        clock.hear(TRUE, over(1));
        clock.hear(TRUE + 400, over(1));
        clock.hear(TRUE, None);
        clock.hear(TRUE, None);
        assert_eq!(says(&clock), (TRUE + 2 * HOUR, false), "the machine's own");
        assert_eq!(clock.drift_s(), None);
        clock.hear(TRUE + 4_000, over(2));
        assert_eq!(says(&clock), (TRUE + 4_000, true));
    }

    #[test]
    fn i6_a_wrong_date_counts_only_when_a_second_connection_says_the_same_f6() {
        for off in [2 * HOUR, -2 * HOUR, 87_600 * HOUR, -87_600 * HOUR, 5_001] {
            let (mut clock, _) = clock(0);
            for connection in 1..=2 {
                clock.hear(TRUE, over(connection));
            }
            for _ in 0..9 {
                clock.hear(TRUE + off, over(3));
            }
            assert_eq!(says(&clock), (TRUE, true), "{off}");
            clock.hear(TRUE + 700, over(4));
            assert_eq!(says(&clock), (TRUE, true), "{off}: jitter does not move it");
            clock.hear(TRUE + off, over(5));
            assert_eq!(
                says(&clock),
                (TRUE, true),
                "{off}: a right answer in between took the first one's word away"
            );
            clock.hear(TRUE + off + 900, over(6));
            assert_eq!(says(&clock), (TRUE + off + 900, true), "{off}: two agree");
        }
    }

    /// F7: answers that were heard before the lid was shut, and are looked at after it was opened.
    #[test]
    fn i6_what_was_heard_before_a_sleep_is_as_old_as_the_sleep_f7() {
        let (mut clock, machine) = clock(0);
        let told = |connection, heard_ms: u64| entra::ServiceDate {
            unix_ms: TRUE + i64::try_from(heard_ms).unwrap(),
            read_at: std::time::Duration::from_millis(heard_ms),
            connection: over(connection),
        };
        machine.mono.store(HOUR.unsigned_abs(), Ordering::Relaxed);
        clock.learn([told(1, 1_000), told(2, 2_000)]);
        assert_eq!(says(&clock), (TRUE + HOUR, true));
    }

    #[test]
    fn i6_answers_that_contradict_each_other_confirm_nothing() {
        let (mut clock, _) = clock(0);
        for connection in 1..=40 {
            clock.hear(TRUE + i64::from(connection) * HOUR, over(connection));
        }
        assert_eq!(says(&clock), (0, false));
        assert!(clock.witnesses.len() <= MOST_WITNESSES);
    }

    #[test]
    fn a_confirmed_clock_goes_on_by_itself_whatever_the_machine_says() {
        let (mut clock, machine) = clock(0);
        clock.hear(TRUE, over(1));
        clock.hear(TRUE, over(2));
        machine.mono.store(9_000, Ordering::Relaxed);
        machine.wall.store(TRUE + 9 * HOUR, Ordering::Relaxed);
        assert_eq!(says(&clock), (TRUE + 9_000, true));
        clock.hear(TRUE + 2_000, over(1));
        assert_eq!(says(&clock), (TRUE + 9_000, true), "nobody else says so");
        clock.hear(TRUE + 2_900, over(2));
        assert_eq!(says(&clock), (TRUE + 11_900, true), "a real correction");
    }

    /// One connection whose other end runs away: each answer is near what was believed before, and all of them are one.
    #[test]
    fn i6_small_steps_over_one_connection_lead_the_clock_nowhere_f6() {
        for step in [4_900, -4_900, 1_501, -1_501, 5_000, -5_000] {
            for (honest, named) in [(None, true), (None, false), (Some(700), true)] {
                let (mut clock, _) = clock(0);
                for connection in 1..=2 {
                    clock.hear(TRUE, over(connection));
                }
                for number in 0..1_000 {
                    let next = clock.now().service.0 + step;
                    clock.hear(next, over(3).filter(|_| named));
                    if let Some(late) = honest.filter(|_| number % 3 == 0) {
                        clock.hear(TRUE + late, over(4));
                    }
                }
                assert_eq!(says(&clock), (TRUE, true), "{step} {honest:?} {named}");
            }
        }
    }

    /// One that was off when the clock was confirmed, and answers between all that are right, keeps it off no longer than two
    /// of these take.
    #[test]
    fn i6_one_that_is_off_does_not_keep_the_right_ones_apart_f6() {
        for off in [2_000, -2_000, 5_000, -5_000] {
            let (mut clock, _) = clock(0);
            clock.hear(TRUE, over(1));
            clock.hear(TRUE + off, over(9));
            assert_eq!(says(&clock), (TRUE + off, true));
            for connection in [1, 9, 2, 9] {
                let lie = if connection == 9 { off } else { 0 };
                clock.hear(TRUE + lie, over(connection));
            }
            assert_eq!(says(&clock), (TRUE, true), "{off}");
        }
    }

    /// However a single connection lies: what moves the clock was said by another one too.
    #[test]
    fn i6_the_clock_stays_near_what_a_second_connection_says_f6() {
        for step in [1_600, 2_900, 4_900, 5_001, 7_900, 9_900] {
            for sign in [1, -1] {
                for honest in [0, 1_400, -1_400, 2_500, -2_500, 4_900, -4_900] {
                    let (mut clock, _) = clock(0);
                    for connection in 1..=2 {
                        clock.hear(TRUE, over(connection));
                    }
                    for _ in 0..1_000 {
                        let next = clock.now().service.0 + sign * step;
                        clock.hear(next, over(3));
                        clock.hear(TRUE + honest, over(4));
                        let off = apart(clock.now().service.0, TRUE + honest);
                        assert!(off <= AGREES_MS, "{step} {sign} {honest}: {off}");
                    }
                }
            }
        }
    }

    /// A quartz that is a hundred millionths fast or slow: the clock goes with the service, whole seconds and all.
    #[test]
    fn real_drift_is_followed() {
        for drift_ms in [360, -360] {
            let (mut clock, machine) = clock(0);
            for connection in 1..=2 {
                clock.hear(TRUE, over(connection));
            }
            for hour in 1..=200 {
                machine.mono.store(hour * 3_600_000, Ordering::Relaxed);
                let elapsed = i64::try_from(hour).unwrap();
                let zero = TRUE + elapsed * drift_ms;
                for (connection, late) in [(1, 0), (2, -900), (1, -500)] {
                    clock.hear(zero + late, over(connection));
                }
                let service = zero + elapsed * HOUR;
                let off = apart(clock.now().service.0, service);
                assert!(off <= 3_000, "after {hour} hours it is {off} ms off");
            }
        }
    }
}
