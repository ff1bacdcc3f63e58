//! Service time: read from the `Date` header of real answers, because a station's own clock may be wrong.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// So many times told are kept until somebody takes them.
const MOST_UNTAKEN: usize = 32;

/// A time the service told, and when this machine heard it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceDate {
    /// Unix time in milliseconds as of `read_at`: the header plus half the round trip.
    /// The header counts whole seconds, so the true time is up to a second later.
    pub unix_ms: i64,
    /// When the answer arrived.
    pub read_at: Instant,
    /// This machine's end of the connection the answer came over. Two answers with different ends came over different
    /// connections; none where that is not known.
    pub connection: Option<SocketAddr>,
}

/// Time since some fixed moment, on a clock that never jumps and goes on while the machine sleeps: a token's life
/// does, too.
pub type Uptime = Arc<dyn Fn() -> Duration + Send + Sync>;

/// The clock of a caller that gives none. On Linux and macOS it stands still while the machine sleeps.
pub(crate) fn since_start() -> Uptime {
    let start = Instant::now();
    Arc::new(move || start.elapsed())
}

/// Remembers the newest service date and answers "what time is it" from it.
#[derive(Default)]
pub(crate) struct ServiceClock(Mutex<Told>);

#[derive(Default)]
struct Told {
    newest: Option<ServiceDate>,
    /// What nobody has taken yet, oldest first: each answer is a witness of its own.
    untaken: VecDeque<ServiceDate>,
}

impl ServiceClock {
    pub(crate) fn observe(
        &self,
        header: &str,
        sent_at: Instant,
        arrived_at: Instant,
        connection: Option<SocketAddr>,
    ) -> Option<i64> {
        let unix_ms = parse_http_date(header)?;
        let half_way = arrived_at.saturating_duration_since(sent_at) / 2;
        let seen = ServiceDate {
            unix_ms: unix_ms.saturating_add(millis(half_way)),
            read_at: arrived_at,
            connection,
        };
        let mut told = self.told();
        if told.newest.is_none_or(|known| known.read_at <= arrived_at) {
            told.newest = Some(seen);
        }
        if told.untaken.len() == MOST_UNTAKEN {
            told.untaken.pop_front();
        }
        told.untaken.push_back(seen);
        Some(seen.unix_ms)
    }

    pub(crate) fn last(&self) -> Option<ServiceDate> {
        self.told().newest
    }

    /// What was told since this was last asked, oldest first.
    pub(crate) fn take(&self) -> Vec<ServiceDate> {
        self.told().untaken.drain(..).collect()
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Service time where one was heard, else this machine's.
    pub(crate) fn now_unix_ms(&self) -> i64 {
        match self.last() {
            Some(date) => date.unix_ms.saturating_add(millis(date.read_at.elapsed())),
            None => machine_unix_ms(),
        }
    }
}

/// An RFC 3339 time as Graph writes it (0 to 9 sub-second digits), in Unix milliseconds.
pub(crate) fn parse_graph_time(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>()
        .ok()
        .map(jiff::Timestamp::as_millisecond)
}

/// A moment (Unix milliseconds) as Graph takes it in a filter, to the second.
pub(crate) fn graph_time(unix_ms: i64) -> String {
    let second = jiff::Timestamp::from_second(unix_ms.div_euclid(1000));
    second.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

/// An HTTP date in Unix milliseconds, if it is one of this century's.
pub(crate) fn parse_http_date(header: &str) -> Option<i64> {
    let plausible = 1_577_836_800_000..4_102_444_800_000; // 2020 to 2100
    let unix_ms = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(header.trim())
        .ok()?
        .as_millisecond();
    plausible.contains(&unix_ms).then_some(unix_ms)
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place here that reads the machine's clock, before any answer came"
)]
fn machine_unix_ms() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_dates() {
        for (text, expected) in [
            ("Sun, 22 Nov 2026 07:00:00 GMT", Some(1_795_330_800_000)),
            ("Sun, 22 Nov 2026 07:00:00 +0000", Some(1_795_330_800_000)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", None),
            ("Fri, 01 Jan 2999 00:00:00 GMT", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse_http_date(text), expected, "{text}");
        }
    }

    #[test]
    fn graph_times() {
        for (text, expected) in [
            ("2022-06-05T00:00:00Z", Some(1_654_387_200_000)),
            ("2022-06-02T16:21:09.765173Z", Some(1_654_186_869_765)),
            ("2022-06-02T16:21:09.7651731Z", Some(1_654_186_869_765)),
            ("2022-06-05T09:00:00+09:00", Some(1_654_387_200_000)),
            ("2022-06-05", None),
            ("soon", None),
        ] {
            assert_eq!(parse_graph_time(text), expected, "{text}");
        }
    }

    #[test]
    fn the_clock_adds_half_the_round_trip_and_keeps_the_newest() {
        let clock = ServiceClock::default();
        let sent = Instant::now();
        let arrived = sent + Duration::from_secs(2);
        clock.observe("Sun, 22 Nov 2026 07:00:00 GMT", sent, arrived, None);
        let first = clock.last().map(|date| date.unix_ms);
        assert_eq!(first, Some(1_795_330_801_000));
        clock.observe("Sun, 22 Nov 2026 06:00:00 GMT", sent, sent, None);
        assert_eq!(
            clock.last().map(|date| date.unix_ms),
            first,
            "an older answer does not win"
        );
        let told: Vec<_> = clock.take().iter().map(|date| date.unix_ms).collect();
        assert_eq!(
            told,
            [1_795_330_801_000, 1_795_327_200_000],
            "every answer is a witness of its own"
        );
        assert!(clock.take().is_empty(), "heard once");
    }
}
