//! What is kept of a visit by telephone over a restart of the app: the least by which it can be taken up again (S20).
//!
//! Nothing of it proves anything. Whoever takes the visit up looks the person up anew, and calls anew.

use std::collections::BTreeSet;
use std::fmt;

use crate::ids::{UserId, VisitId};
use crate::notice::DeclaredAddress;
use crate::telephone::{CallNumber, CallNumbers, Supervisor};
use crate::time::{Mono, Now, ServiceTime};

/// A visit that waits for the call back. There is no field for a pass, a token, a check or a way that was taken.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptVisit {
    pub visit: VisitId,
    /// The record names it, too: what the record does not say is kept is not taken up.
    pub keeping: String,
    pub user: UserId,
    /// For the list; the person is looked up by the id.
    pub name: String,
    /// When it was first put aside.
    pub since: ServiceTime,
    /// Where the person could be called then, where that was read.
    pub numbers: Option<KeptNumbers>,
    pub address: Option<DeclaredAddress>,
}

/// The numbers that the directory held when the person first called: one that came since proofs nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptNumbers {
    pub person: Vec<CallNumber>,
    pub supervisor: Option<KeptSupervisor>,
    /// Something could not be read then: there may have been more.
    pub partly: bool,
}

/// The supervisor, and where they could be called.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptSupervisor {
    pub id: UserId,
    pub numbers: Vec<CallNumber>,
}

/// What a start found of it.
#[derive(Debug, Default)]
pub enum KeptFound {
    #[default]
    Nothing,
    Visits(Vec<KeptVisit>),
    /// There was something, and it cannot be read.
    Unreadable,
    /// There is something, and the store with its key is locked or does not answer. It may be read at another start.
    StoreAway,
}

/// Why it could not be kept, or is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The system's credential store, which holds the key, cannot be had. Nothing is on the disk.
    NoStore,
    /// It could not be written. Nothing is on the disk.
    NotWritten,
    /// What was there before could not be deleted.
    StillThere,
}

/// Until when it is kept, on both clocks: whichever says first that it is over is believed. For a wrong clock that costs
/// a search, for a right one that was not believed it would cost the person's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KeptUntil {
    pub(crate) mono: Mono,
    pub(crate) service: ServiceTime,
}

/// So long something is kept that nobody takes up.
const KEPT_MS: i64 = 24 * 3_600_000;
/// Two clocks that are right differ by no more.
const CLOCKS_DIFFER_MS: i64 = 15 * 60_000;

impl KeptUntil {
    /// From now on.
    pub(crate) fn from(now: Now) -> Self {
        Self {
            mono: now.mono.after_ms(KEPT_MS.unsigned_abs()),
            service: now.service.after_ms(KEPT_MS),
        }
    }

    /// Of something that an earlier run kept at that time. `seen` is the latest time in the record: it was that late at
    /// least. Where the clock is behind it nobody can tell how old anything is, and it is over.
    pub(crate) fn since(since: ServiceTime, seen: Option<ServiceTime>, now: Now) -> Option<Self> {
        let seen = seen.unwrap_or(since).max(since);
        if now.service.after_ms(CLOCKS_DIFFER_MS) < seen {
            return None;
        }
        let age = now.service.max(seen).0.saturating_sub(since.0).max(0);
        let left = KEPT_MS.saturating_sub(age);
        let until = Self {
            mono: now.mono.after_ms(u64::try_from(left).unwrap_or(0)),
            service: since.after_ms(KEPT_MS),
        };
        (left > 0).then_some(until)
    }

    /// Whether a day has passed by the clock as it is now.
    pub(crate) fn is_a_day_old(since: ServiceTime, now: Now) -> bool {
        since.after_ms(KEPT_MS) <= now.service
    }

    pub(crate) fn is_past(self, now: Now) -> bool {
        self.mono <= now.mono || self.service <= now.service
    }
}

impl KeptNumbers {
    /// What was read.
    pub(crate) fn of(read: &CallNumbers) -> Self {
        let supervisor = |it: &Supervisor| KeptSupervisor {
            id: it.id.clone(),
            numbers: it.numbers.clone(),
        };
        Self {
            person: read.person.clone(),
            supervisor: read.supervisor.as_ref().map(supervisor),
            partly: read.partly,
        }
    }

    /// Whether the person could be called at this number, as it is written.
    pub(crate) fn had(&self, number: &CallNumber) -> bool {
        self.person.iter().any(|had| had.number == number.number)
    }

    /// Whether this was the supervisor, at this number.
    pub(crate) fn had_supervisor(&self, id: &UserId, number: &CallNumber) -> bool {
        let same = |had: &&KeptSupervisor| had.id.0.eq_ignore_ascii_case(&id.0);
        let had = self.supervisor.as_ref().filter(same);
        had.is_some_and(|had| had.numbers.iter().any(|had| had.number == number.number))
    }

    /// Whether the directory says the same today: a number that went may have been taken away for a reason, too. What
    /// could not be read, then or today, neither came nor went.
    pub(crate) fn are_the_same_as(&self, read: &CallNumbers) -> bool {
        let then = self.lines();
        let read_now = Self::of(read);
        let today = read_now.lines();
        (self.partly || today.is_subset(&then)) && (read.partly || then.is_subset(&today))
    }

    /// Each number, and whose it is; a supervisor whom nobody can call is one, too.
    fn lines(&self) -> BTreeSet<(Option<String>, &str)> {
        let person = self.person.iter().map(|it| (None, it.number.as_str()));
        let supervisor = self.supervisor.iter().flat_map(|it| {
            let id = Some(it.id.0.to_ascii_lowercase());
            let numbers = it.numbers.iter().map(|it| it.number.as_str());
            numbers.chain([""]).map(move |number| (id.clone(), number))
        });
        person.chain(supervisor).collect()
    }
}

impl fmt::Debug for KeptVisit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptVisit")
            .field("visit", &self.visit)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for KeptNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptNumbers")
    }
}

impl fmt::Debug for KeptSupervisor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptSupervisor")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn at(hours: i64) -> Now {
        Now {
            mono: Mono(5_000_000),
            service: ServiceTime(hours * HOUR),
            confirmed: false,
        }
    }

    /// Of two clocks that say differently, the one that deletes earlier is believed.
    #[test]
    fn s20_what_is_kept_is_over_after_a_day_by_whichever_clock_says_so_first() {
        let hour = |hours: i64| ServiceTime(hours * HOUR);
        for (since, seen, now, left_h) in [
            (100, None, 100, Some(24)),
            (100, Some(101), 103, Some(21)),
            (100, Some(100), 123, Some(1)),
            (100, Some(100), 124, None),
            (100, Some(100), 900, None),
            // The clock was set back: it was that late already.
            (100, Some(110), 109, None),
            (100, None, 90, None),
            // The time it was kept at lies ahead of everything.
            (200, Some(100), 100, None),
        ] {
            let seen = seen.map(hour);
            let until = KeptUntil::since(hour(since), seen, at(now));
            let left = until.map(|until| (until.mono.0 - at(now).mono.0) / HOUR.unsigned_abs());
            assert_eq!(left, left_h, "{since} {seen:?} {now}");
        }
        // A little behind is no clock that was set back, and wins nothing.
        let seen = Some(hour(101));
        let behind = Now {
            service: hour(101).after_ms(-60_000),
            ..at(0)
        };
        let until = KeptUntil::since(hour(100), seen, behind).unwrap();
        assert_eq!(until.mono.0 - behind.mono.0, 23 * HOUR.unsigned_abs());
    }

    #[test]
    fn s20_what_is_kept_is_in_no_log() {
        let number = |number: &str| CallNumber {
            kind: crate::telephone::NumberKind::Mobile,
            number: number.to_owned(),
        };
        let kept = KeptVisit {
            visit: VisitId(7),
            keeping: "k".into(),
            user: UserId("u-1".into()),
            name: "Taro".into(),
            since: ServiceTime(0),
            numbers: Some(KeptNumbers {
                person: vec![number("090-1111")],
                supervisor: Some(KeptSupervisor {
                    id: UserId("boss".into()),
                    numbers: vec![number("0776")],
                }),
                partly: false,
            }),
            address: DeclaredAddress::parse("taro@example.com").ok(),
        };
        let text = format!(
            "{kept:?} {:?} {:?}",
            kept.numbers,
            KeptFound::Visits(vec![kept.clone()])
        );
        for secret in ["090", "0776", "Taro", "example", "boss", "u-1"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
