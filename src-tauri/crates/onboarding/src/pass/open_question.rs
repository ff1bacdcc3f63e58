//! A question for a pass whose fate is open, and whose a pass is that is found by looking.

use crate::ids::{PassId, Subject};
use crate::person::directory::KnownPass;
use crate::reading::MethodQuery;
use crate::time::{Mono, Now, ServiceTime};

/// A request that was given up may still take effect so long after it was asked: something on its way held it up.
const HELD_UP_MS: i64 = 600_000;
/// A pass that came of the question was made in this window around it, as far as two confirmed clocks can tell: what is
/// held up for longer is asked about, for another counter may have made it.
const BEFORE_MS: i64 = 3_000;
const AFTER_MS: i64 = 10_000;
/// Our own answer may name a start this much before it was asked for, or after the last moment it may have been made.
const EARLY_MS: i64 = 30_000;
const LATE_MS: i64 = 60_000;

/// The question a reconciliation starts from.
#[derive(Debug, Clone)]
pub(crate) struct OpenQuestion {
    pub(crate) subject: Subject,
    pub(crate) upn: String,
    pub(crate) intent: String,
    /// Passes that are accounted for: what was listed before, and what other questions of this station led to.
    pub(crate) known: Vec<PassId>,
    pub(crate) asked: Asked,
    pub(crate) lifetime_minutes: u32,
    /// None where the record does not say.
    pub(crate) once: Option<bool>,
    /// What shows the passes.
    pub(crate) lists: MethodQuery,
}

/// When a question was asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) at: ServiceTime,
    /// Whether `at` was confirmed service time.
    pub(crate) confirmed: bool,
    /// None for a question of an earlier run.
    pub(crate) mono: Option<Mono>,
}

/// Whose a pass is that was found by looking. Nothing found so is certainly ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// It was there before, or another question led to it.
    Accounted,
    /// It is as it was asked for, and was made when it was asked for.
    Probable,
    Unknown,
}

impl Asked {
    pub(crate) fn now(now: Now) -> Self {
        Self {
            at: now.service,
            confirmed: now.confirmed,
            mono: Some(now.mono),
        }
    }

    /// When it was in confirmed service time; of this run's questions that is known as soon as the time is confirmed.
    pub(super) fn confirmed_at(&self, now: Now) -> Option<ServiceTime> {
        let ago = |mono: Mono| i64::try_from(now.mono.0.saturating_sub(mono.0)).unwrap_or(i64::MAX);
        match self.mono.filter(|_| now.confirmed) {
            Some(mono) => Some(now.service.after_ms(-ago(mono))),
            None => self.confirmed.then_some(self.at),
        }
    }
}

impl OpenQuestion {
    /// Whose this pass is, as far as looking can tell.
    pub(crate) fn whose(&self, pass: &KnownPass, now: Now) -> Whose {
        if self.known.contains(&pass.id) {
            return Whose::Accounted;
        }
        let asked = self.asked.confirmed_at(now);
        let in_window = |asked: ServiceTime| {
            (asked.after_ms(-BEFORE_MS)..=asked.after_ms(AFTER_MS)).contains(&pass.made())
        };
        match self.is_as_asked(pass) && asked.is_some_and(in_window) {
            true => Whose::Probable,
            false => Whose::Unknown,
        }
    }

    /// Whether what its own answer says of the pass is what was asked for: what is not is nobody's to hand out. A clock
    /// that is some minutes off on either side is no reason: only one proxy need stamp its own time on every answer.
    pub(crate) fn is_answered_by(&self, start: ServiceTime, minutes: u32, once: bool) -> bool {
        let latest = self.asked.at.after_ms(HELD_UP_MS + LATE_MS);
        let earliest = self.asked.at.after_ms(-HELD_UP_MS);
        let in_time = !self.asked.confirmed || (earliest..=latest).contains(&start);
        // Once only where more was asked for is the stricter of the two.
        in_time && minutes == self.lifetime_minutes && (once || self.once == Some(false))
    }

    /// From when a pass works that came of it, whatever its answer says: it was not made before it was asked for.
    pub(crate) fn begins(&self, said: ServiceTime) -> ServiceTime {
        match self.asked.confirmed && said < self.earliest() {
            true => self.asked.at,
            false => said,
        }
    }

    fn earliest(&self) -> ServiceTime {
        self.asked.at.after_ms(-EARLY_MS)
    }

    /// Whether this pass may have come of it, sent once more on its way.
    pub(crate) fn may_have_made(&self, pass: &KnownPass) -> bool {
        let latest = self.asked.at.after_ms(HELD_UP_MS + LATE_MS);
        self.is_as_asked(pass) && (!self.asked.confirmed || pass.made() <= latest)
    }

    fn is_as_asked(&self, pass: &KnownPass) -> bool {
        pass.lifetime_minutes == self.lifetime_minutes
            && self.once.is_some()
            && pass.once == self.once
    }

    /// The last moment at which something may live that came of it.
    pub(crate) fn until(&self) -> ServiceTime {
        let made = self.asked.at.after_ms(HELD_UP_MS);
        made.after_minutes(self.lifetime_minutes)
    }

    /// Whether that moment is past beyond doubt. `begun` is when this run took it up, which is no earlier than it was
    /// asked.
    pub(crate) fn is_over(&self, begun: Mono, now: Now) -> bool {
        self.over_at(begun) <= now.mono || self.asked.confirmed && now.is_surely_past(self.until())
    }

    /// When it is over on the clock that nobody can set.
    pub(crate) fn over_at(&self, begun: Mono) -> Mono {
        let from = self.asked.mono.unwrap_or(begun);
        from.after_ms(HELD_UP_MS.unsigned_abs())
            .after_s(u64::from(self.lifetime_minutes) * 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{UserId, VisitId};
    use crate::person::directory::PassReason;

    const ASKED: ServiceTime = ServiceTime(1_800_000_000_000);

    /// Asked for 30 minutes and one use, half a minute before the look.
    fn question(confirmed: bool, mono: Option<Mono>) -> OpenQuestion {
        OpenQuestion {
            subject: Subject {
                visit: VisitId(1),
                user: UserId("1".into()),
            },
            upn: "user-1@cablechan.biz".into(),
            intent: "1-1".into(),
            known: vec![PassId("before".into())],
            asked: Asked {
                at: ASKED,
                confirmed,
                mono,
            },
            lifetime_minutes: 30,
            once: Some(true),
            lists: MethodQuery::Everything,
        }
    }

    fn pass(made_ms: i64, minutes: u32, once: Option<bool>) -> KnownPass {
        let made = ASKED.after_ms(made_ms);
        KnownPass {
            id: PassId("found".into()),
            created: Some(made),
            start: made,
            lifetime_minutes: minutes,
            once,
            usable: true,
            reason: PassReason::Enabled,
        }
    }

    fn now(confirmed: bool) -> Now {
        Now {
            mono: Mono(90_000),
            service: ASKED.after_ms(30_000),
            confirmed,
        }
    }

    /// Probable is what is alike, was made in the window, and both times are confirmed: each of the three alone is not.
    #[test]
    fn i4_a_pass_is_probably_ours_at_the_edges_of_the_window_and_not_beyond() {
        const IN_WINDOW: [(i64, bool); 8] = [
            (-600_000, false),
            (-3_001, false),
            (-3_000, true),
            (0, true),
            (10_000, true),
            (10_001, false),
            (600_000, false),
            (i64::MAX, false),
        ];
        const LIKENESS: [(u32, Option<bool>, bool); 5] = [
            (30, Some(true), true),
            (60, Some(true), false),
            (29, Some(true), false),
            (30, Some(false), false),
            (30, None, false),
        ];
        // When it was asked, and when it is looked for; of this run or of an earlier one.
        let clocks = [
            (true, true, Some(Mono(60_000)), true),
            (false, true, Some(Mono(60_000)), true),
            (true, false, Some(Mono(60_000)), true),
            (false, false, Some(Mono(60_000)), false),
            (true, true, None, true),
            (true, false, None, true),
            (false, true, None, false),
            (false, false, None, false),
        ];
        for (made_ms, in_window) in IN_WINDOW {
            for (minutes, once, alike) in LIKENESS {
                for (then, since, mono, known) in clocks {
                    let found = pass(made_ms, minutes, once);
                    let whose = question(then, mono).whose(&found, now(since));
                    let expected = match in_window && alike && known {
                        true => Whose::Probable,
                        false => Whose::Unknown,
                    };
                    let row = (made_ms, minutes, once, then, since, mono);
                    assert_eq!(whose, expected, "{row:?}");
                }
            }
        }
    }

    #[test]
    fn i4_what_does_not_say_how_often_it_may_be_used_is_like_nothing() {
        let mut asked = question(true, None);
        asked.once = None;
        for once in [None, Some(true), Some(false)] {
            let whose = asked.whose(&pass(0, 30, once), now(true));
            assert_eq!(whose, Whose::Unknown, "{once:?}");
        }
    }

    #[test]
    fn i4_a_pass_that_was_there_before_is_accounted_for_however_alike() {
        let before = KnownPass {
            id: PassId("before".into()),
            ..pass(0, 30, Some(true))
        };
        let whose = question(true, None).whose(&before, now(true));
        assert_eq!(whose, Whose::Accounted);
    }

    /// A question of this run is where the confirmed clock says it was, whatever the machine's own said then.
    #[test]
    fn i4_a_time_that_was_confirmed_since_moves_the_window_with_it() {
        let asked = Asked {
            at: ASKED.after_ms(-7_200_000),
            confirmed: false,
            mono: Some(Mono(60_000)),
        };
        let question = OpenQuestion {
            asked,
            ..question(false, None)
        };
        for (made_ms, whose) in [
            (-3_001, Whose::Unknown),
            (-3_000, Whose::Probable),
            (-7_200_000, Whose::Unknown),
        ] {
            let found = pass(made_ms, 30, Some(true));
            assert_eq!(question.whose(&found, now(true)), whose, "{made_ms}");
        }
    }
}
