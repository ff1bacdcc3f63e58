//! The station's share of Graph's quota on authentication methods.

use std::collections::VecDeque;

use crate::quota::pacing::{Pacer, Utilisation};
use crate::quota::rng::Rng;
use crate::time::Mono;

/// The service counts ten seconds by its own arrival times: a quarter of a second more keeps the count there, too.
const WINDOW_MS: u64 = 10_250;
/// A strange answer does not end the day.
const QUIET_MAX_S: u32 = 900;
/// Quiet after a refusal that does not say how long.
const QUIET_UNSAID_S: u32 = 10;

/// From here on the limit counts as in use but for the place that is kept free, and from here on that place is in use.
const HELD_PERCENT: u32 = 80;
const FULL_PERCENT: u32 = 82;

/// A sliding window of ten seconds over every request on authentication methods, and the pace that polls keep.
///
/// What a person asks for goes before polling, and polling leaves one place free for it and for the second of two
/// agreeing reads.
#[derive(Debug)]
pub(crate) struct RateLimit {
    limit: usize,
    spent: VecDeque<Mono>,
    /// Those of them that were looks somebody asked for.
    asked: VecDeque<Mono>,
    closed_until: Mono,
    pacer: Pacer,
    /// What was told of the service's limit since the last poll left.
    utilisation: Utilisation,
    rng: Rng,
}

impl RateLimit {
    pub(crate) fn new(per_10_s: u32) -> Self {
        let limit = usize::try_from(per_10_s.max(2)).unwrap_or(2);
        Self {
            limit,
            spent: VecDeque::new(),
            asked: VecDeque::new(),
            closed_until: Mono(0),
            pacer: Pacer::new(WINDOW_MS / u64::from(per_10_s.max(2) - 1)),
            utilisation: Utilisation::Free,
            rng: Rng::seeded(0),
        }
    }

    /// Chance begins from here. Stations must not share a seed.
    pub(crate) fn seed(&mut self, seed: u64) {
        self.rng = Rng::seeded(seed);
    }

    /// `ms`, a tenth more or less, so that stations do not walk in step.
    pub(crate) fn about(&mut self, ms: u64) -> u64 {
        self.rng.about(ms)
    }

    /// Takes a place for something a person asked for, even when none is free: people go before polling.
    pub(crate) fn spend(&mut self, now: Mono) {
        self.forget(now);
        self.spent.push_back(now);
    }

    /// The same for so many requests at once.
    pub(crate) fn spend_many(&mut self, requests: usize, now: Mono) {
        for _ in 0..requests {
            self.spend(now);
        }
    }

    /// Takes a place for a look a person asked for, if one is free; or says when to try again.
    pub(crate) fn try_spend_asked(&mut self, now: Mono) -> Result<(), Mono> {
        let free = self.asked_slot(now);
        if free > now {
            return Err(free);
        }
        self.spend(now);
        self.asked.push_back(now);
        Ok(())
    }

    /// Takes a place for a look nobody asked for that is due since `due`, if it is the moment for one.
    pub(crate) fn try_poll(&mut self, due: Mono, now: Mono) -> Result<(), Mono> {
        let free = self.poll_slot(due);
        if free > now {
            return Err(free);
        }
        self.pacer.polled(now);
        self.utilisation = Utilisation::Free;
        self.spend(now);
        Ok(())
    }

    /// The first moment for a look nobody asked for that is due then.
    pub(crate) fn poll_slot(&self, due: Mono) -> Mono {
        self.free(self.limit - 1, self.pacer.slot(due))
    }

    /// The first moment for a look a person asked for, or for the second of two agreeing reads.
    ///
    /// Two places stay for polling: whoever asks again and again for one visit does not starve the others.
    pub(crate) fn asked_slot(&self, due: Mono) -> Mono {
        let places = self.limit.saturating_sub(2).max(1);
        let due = self.free(self.limit, due);
        first_free(&self.asked, places, due)
    }

    /// A poll was answered.
    pub(crate) fn answered(&mut self) {
        self.pacer.answered(self.utilisation, &mut self.rng);
    }

    /// A look was refused for `seconds`, or the service did not say for how long.
    pub(crate) fn quiet(&mut self, seconds: Option<u32>, now: Mono) {
        self.close_for(seconds.unwrap_or(QUIET_UNSAID_S).max(1), now);
    }

    /// A poll was refused: quiet, and a longer pace.
    pub(crate) fn refused(&mut self, seconds: Option<u32>, now: Mono) {
        self.quiet(seconds, now);
        self.pacer.refused(self.closed_until, &mut self.rng);
    }

    /// The service said what share of its limit is in use, in hundredths; told before the answer it came with. What
    /// the station uses itself is no news.
    pub(crate) fn heed_share(&mut self, percent: u32, now: Mono) {
        self.forget(now);
        self.pacer.told();
        let own = self.spent.len() * 100;
        let used = usize::try_from(percent).unwrap_or(usize::MAX);
        let others = own < used.saturating_mul(self.limit);
        self.utilisation = match percent {
            FULL_PERCENT.. if others => Utilisation::Full,
            HELD_PERCENT.. if others => Utilisation::Held,
            _ => Utilisation::Free,
        };
    }

    /// The service asked for quiet.
    pub(crate) fn close_for(&mut self, seconds: u32, now: Mono) {
        self.closed_until = self
            .closed_until
            .max(now.after_s(u64::from(seconds.min(QUIET_MAX_S))));
    }

    fn free(&self, places: usize, due: Mono) -> Mono {
        first_free(&self.spent, places, due.max(self.closed_until))
    }

    fn forget(&mut self, now: Mono) {
        while self
            .spent
            .front()
            .is_some_and(|m| m.after_ms(WINDOW_MS) <= now)
        {
            self.spent.pop_front();
        }
        self.asked.retain(|m| m.after_ms(WINDOW_MS) > now);
    }
}

/// When fewer than `places` of these are in the window, from `due` on.
fn first_free(spent: &VecDeque<Mono>, places: usize, due: Mono) -> Mono {
    let counts = |spent: &&Mono| spent.after_ms(WINDOW_MS) > due;
    let taken = spent.iter().filter(counts).count();
    match taken.checked_sub(places) {
        None => due,
        // So many must leave the window, the oldest first.
        Some(over) => spent
            .iter()
            .filter(counts)
            .nth(over)
            .map_or(due, |spent| spent.after_ms(WINDOW_MS)),
    }
}

#[cfg(test)]
mod tests {
    use super::{HELD_PERCENT, RateLimit};
    use crate::quota::pacing::Utilisation;
    use crate::time::Mono;

    /// Polls as often as it may, alone at a service that says what it uses of the limit; `refuses` says of each poll
    /// for how long it is refused.
    fn polls(until_ms: u64, mut refuses: impl FnMut(u64) -> Option<u32>) -> (RateLimit, Vec<u64>) {
        let (mut rate_limit, mut now, mut polls) = (RateLimit::new(5), Mono(0), Vec::new());
        while now < Mono(until_ms) {
            match rate_limit.try_poll(now, now) {
                Err(later) => {
                    assert!(later > now, "a moment that does not come");
                    now = later;
                }
                Ok(()) => match refuses(now.0) {
                    Some(seconds) => rate_limit.refused(Some(seconds), now),
                    None => {
                        let percent = u32::try_from(rate_limit.spent.len() * 20).unwrap();
                        if percent >= HELD_PERCENT {
                            rate_limit.heed_share(percent, now);
                        }
                        rate_limit.answered();
                        polls.push(now.0);
                    }
                },
            }
        }
        (rate_limit, polls)
    }

    #[test]
    fn polling_never_passes_the_quota_and_leaves_a_place_for_people() {
        let (mut rate_limit, polls) = polls(60_000, |_| None);
        let within = |from: &u64| {
            let until = from + 10_000;
            polls.iter().filter(|p| (*from..until).contains(p)).count()
        };
        let most = polls.iter().map(within).max();
        assert_eq!(most, Some(4));
        let now = Mono(60_000);
        assert!(rate_limit.poll_slot(now) > now, "no place for another poll");
        assert_eq!(rate_limit.try_spend_asked(now), Ok(()), "one for a person");
        assert!(rate_limit.try_spend_asked(now).is_err());
    }

    #[test]
    fn refusals_lengthen_the_beat_and_quiet_shortens_it_down_to_the_floor_and_no_further() {
        let (rate_limit, _) = polls(60_000, |_| Some(1));
        let slow = rate_limit.pacer.period_ms();
        assert!((5_000..60_000).contains(&slow), "{slow}");
        let (rate_limit, served) = polls(7_200_000, |at| (at < 60_000).then_some(1));
        assert_eq!(rate_limit.pacer.period_ms(), 2_562, "all the quota again");
        let last = &served[served.len() - 9..];
        assert!(last[8] - last[0] >= 20_000, "and never more than that");
    }

    #[test]
    fn only_what_others_use_is_news() {
        let mut rate_limit = RateLimit::new(5);
        for _ in 0..5 {
            rate_limit.spend(Mono(1_000));
        }
        rate_limit.heed_share(100, Mono(1_000));
        assert_eq!(
            rate_limit.utilisation,
            Utilisation::Free,
            "all of it is our own"
        );
        for (percent, utilisation) in [
            (79, Utilisation::Free),
            (80, Utilisation::Held),
            (100, Utilisation::Full),
        ] {
            rate_limit.heed_share(percent, Mono(60_000));
            assert_eq!(rate_limit.utilisation, utilisation, "{percent}");
        }
        assert_eq!(rate_limit.try_poll(Mono(60_000), Mono(60_000)), Ok(()));
        assert_eq!(
            rate_limit.utilisation,
            Utilisation::Free,
            "that was before this poll"
        );
    }

    /// So many stations poll as often as they may for some hours at a sliding window of five in ten seconds. What
    /// the last two thirds brought: served by each, and refused.
    fn crowd(stations: usize, hours: u64, seed: u64) -> (Vec<u32>, u32) {
        let open = |number: usize| {
            let mut rate_limit = RateLimit::new(5);
            rate_limit.seed(seed + number as u64);
            (rate_limit, Mono(number as u64 * 700))
        };
        let mut all: Vec<_> = (0..stations).map(open).collect();
        let (mut window, mut served, mut refused) = (Vec::<Mono>::new(), vec![0; stations], 0);
        let until = Mono(hours * 3_600_000);
        loop {
            let slot = |(rate_limit, due): &(RateLimit, Mono)| rate_limit.poll_slot(*due).max(*due);
            let next = (0..stations).min_by_key(|number| slot(&all[*number]));
            let number = next.expect("stations");
            let now = slot(&all[number]);
            if now > until {
                return (served, refused);
            }
            let counts = now > Mono(until.0 / 3);
            let (rate_limit, due) = &mut all[number];
            assert_eq!(rate_limit.try_poll(*due, now), Ok(()));
            window.retain(|at| at.after_ms(10_000) > now);
            if let Some(first) = window.first().filter(|_| window.len() == 5) {
                let seconds = (first.0 + 10_000 - now.0).div_ceil(1_000);
                refused += u32::from(counts);
                rate_limit.refused(u32::try_from(seconds).ok(), now);
            } else {
                window.push(now);
                served[number] += u32::from(counts);
                if window.len() >= 4 {
                    rate_limit.heed_share(window.len() as u32 * 20, now);
                }
                rate_limit.answered();
            }
            *due = now.after_ms(2_500);
        }
    }

    /// N1 and the part on quota: many stations share one limit without hearing of each other.
    #[test]
    fn stations_that_never_hear_of_each_other_share_a_window_evenly() {
        for (stations, hours, seed) in [(2, 6, 5), (3, 6, 11), (5, 9, 12), (10, 15, 21)] {
            let (served, refused) = crowd(stations, hours, seed);
            let all: u32 = served.iter().sum();
            let used = f64::from(all) / (hours as f64 * 1_200.0);
            let squares: f64 = served.iter().map(|n| f64::from(*n).powi(2)).sum();
            let jain = f64::from(all).powi(2) / (stations as f64 * squares);
            let told = format!("{stations} stations, seed {seed}: {used} used, {refused}, {jain}");
            assert!((0.6..0.9).contains(&used), "{told}");
            assert!(f64::from(refused) < 0.06 * f64::from(all), "{told}");
            assert!(jain > 0.9, "{told}");
        }
    }

    #[test]
    fn a_throttled_budget_stays_closed() {
        let mut rate_limit = RateLimit::new(5);
        rate_limit.close_for(6, Mono(1_000));
        assert_eq!(rate_limit.poll_slot(Mono(1_000)), Mono(7_000));
        assert_eq!(rate_limit.try_spend_asked(Mono(6_999)), Err(Mono(7_000)));
        assert_eq!(rate_limit.try_poll(Mono(7_000), Mono(7_000)), Ok(()));
        rate_limit.close_for(86_400, Mono(7_000));
        assert_eq!(rate_limit.poll_slot(Mono(8_000)), Mono(907_000));
        rate_limit.quiet(None, Mono(907_000));
        assert_eq!(
            rate_limit.asked_slot(Mono(907_000)),
            Mono(917_000),
            "unsaid"
        );
    }
}
