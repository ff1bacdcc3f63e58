//! What the directory says of a sign-in that passed, asked again for a while: whether the person's own entry was used
//! since the test began, and no password.

use crate::effect::{AfterEffect, EffectFailure, EffectId};
use crate::ids::Subject;
use crate::quota::rate_limit::RateLimit;
use crate::record::AfterEvent;
use crate::sign_in_test::{LastUsed, LogSight, ProofSources, TestProof};
use crate::time::{Mono, Now, ServiceTime};

/// When methods were last used is late by an unknown while: after this, and so often.
const FIRST_S: u64 = 5;
const AGAIN_S: u64 = 20;
const LOOKS: u8 = 8;
/// The log is minutes late, in some tenants less: more often at first.
const LOG_FIRST_S: u64 = 10;
const LOG_SOON_S: u64 = 20;
const LOG_SOON: u8 = 6;
const LOG_AGAIN_S: u64 = 60;
/// So many answers in a row that are none, and the log is closed to this operator or tenant.
const LOG_FAILURES: u8 = 3;
/// Whatever has not come by then is not waited for.
const LIMIT_S: u64 = 15 * 60;

/// A test that passed, and what is asked about it. It knows the person by the id alone.
#[derive(Debug)]
pub(crate) struct ProofLook {
    pub(crate) subject: Subject,
    /// The id of the entry that was registered.
    entry: String,
    /// When the test began.
    since: ServiceTime,
    last_used: Source,
    log: Source,
    /// One read showed it; another must agree.
    once: bool,
    /// What the log was seen to show so far.
    sight: LogSight,
    proven: bool,
    until: Mono,
}

/// The same once the visit is over: of the visit there are left its number, the person's id and the entry's, and when
/// the test began.
#[derive(Debug)]
pub(crate) struct LateLook {
    /// What is proven so far.
    pub(crate) proof: TestProof,
    /// The password stays only because that is too little.
    pub(crate) not_proven: bool,
    pub(crate) look: ProofLook,
}

/// One of the two things that are asked.
#[derive(Debug, Default)]
struct Source {
    /// None while it is on its way, and once it has said what it can.
    next: Option<Mono>,
    in_flight: Option<EffectId>,
    looks: u8,
    failures: u8,
}

/// What a look brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// No password was used.
    Proof(TestProof),
    /// The log shows the sign-in, and not that.
    Log(LogSight),
    /// The password was used since the test began.
    PasswordUsed,
}

impl Shown {
    /// How it is written down, where it says more than what is proven so far.
    pub(crate) fn event(self, so_far: TestProof) -> Option<AfterEvent> {
        match self {
            Self::Proof(proof) => (proof > so_far).then_some(AfterEvent::TestProven {
                proof,
                ask_back: false,
            }),
            Self::Log(shows) => Some(AfterEvent::SignInLogged { shows }),
            Self::PasswordUsed => None,
        }
    }

    /// Whether it speaks against what was seen or said of the test.
    pub(crate) fn is_of_password(self) -> bool {
        match self {
            Self::Log(LogSight::Password) | Self::PasswordUsed => true,
            Self::Proof(_) => false,
            Self::Log(LogSight::NotYet | LogSight::EntryOnly | LogSight::NoPassword) => false,
        }
    }
}

impl Source {
    fn starting(on: bool, at: Mono) -> Self {
        Self {
            next: on.then_some(at),
            ..Self::default()
        }
    }

    fn is_done(&self) -> bool {
        self.next.is_none() && self.in_flight.is_none()
    }

    fn stop(&mut self) {
        *self = Self::default();
    }

    fn sent(&mut self, effect: EffectId) {
        self.next = None;
        self.in_flight = Some(effect);
    }

    fn answered(&mut self, again: Option<Mono>) {
        self.in_flight = None;
        self.looks = self.looks.saturating_add(1);
        self.next = again;
    }
}

impl ProofLook {
    /// None where nothing is asked, or where the time of the test is not known well enough to ask about.
    pub(crate) fn begin(
        sources: ProofSources,
        (subject, entry): (Subject, &str),
        since: ServiceTime,
        now: Now,
    ) -> Option<Self> {
        let asks = sources.last_used || sources.log;
        (asks && now.confirmed).then(|| Self {
            subject,
            entry: entry.to_owned(),
            since,
            last_used: Source::starting(sources.last_used, now.mono.after_s(FIRST_S)),
            log: Source::starting(sources.log, now.mono.after_s(LOG_FIRST_S)),
            once: false,
            sight: LogSight::NotYet,
            proven: false,
            until: now.mono.after_s(LIMIT_S),
        })
    }

    /// The visit is over: from now on it is the late look.
    pub(crate) fn goes_on_late(&mut self, now: Mono) {
        self.until = now.after_s(LIMIT_S);
    }

    /// Nothing more is asked.
    pub(crate) fn is_over(&self, now: Mono) -> bool {
        now >= self.until || (self.last_used.is_done() && self.log.is_done())
    }

    /// What came of it is written down already.
    pub(crate) fn has_said_all(&self) -> bool {
        self.proven || self.sight == LogSight::Password
    }

    /// When it next wants to be woken, as far as the rate limit can tell.
    pub(crate) fn due(&self, rate_limit: &RateLimit) -> Option<Mono> {
        let next = [self.last_used.next, self.log.next];
        let next = next
            .into_iter()
            .flatten()
            .map(|due| rate_limit.poll_slot(due));
        next.chain([self.until]).min()
    }

    pub(crate) fn waits_for(&self, id: EffectId) -> bool {
        [&self.last_used, &self.log]
            .into_iter()
            .any(|source| source.in_flight == Some(id))
    }

    /// Asks what is due; says whether anything left.
    pub(crate) fn on_time(
        &mut self,
        now: Mono,
        rate_limit: &mut RateLimit,
        mut push: impl FnMut(AfterEffect) -> EffectId,
    ) -> bool {
        let mut left = false;
        let free = |due: Option<Mono>, rate_limit: &mut RateLimit| {
            let due = due.filter(|due| *due <= now)?;
            rate_limit.try_poll(due, now).ok()
        };
        if free(self.last_used.next, rate_limit).is_some() {
            self.last_used.sent(push(AfterEffect::ReadLastUsed {
                user: self.subject.user.clone(),
                entry: self.entry.clone(),
            }));
            left = true;
        }
        if free(self.log.next, rate_limit).is_some() {
            self.log.sent(push(AfterEffect::ReadSignInLog {
                user: self.subject.user.clone(),
                entry: self.entry.clone(),
                since: self.since,
            }));
            left = true;
        }
        left
    }

    /// When the entry and the password were last used. What is not told proves nothing.
    pub(crate) fn on_last_used(
        &mut self,
        id: EffectId,
        read: Result<LastUsed, EffectFailure>,
        now: Mono,
        rate_limit: &mut RateLimit,
    ) -> Option<Shown> {
        if self.last_used.in_flight != Some(id) {
            return None;
        }
        let again = (self.last_used.looks + 1 < LOOKS).then(|| now.after_s(AGAIN_S));
        self.last_used.answered(again);
        let Ok(read) = heeded(read, now, rate_limit) else {
            return None;
        };
        // To the second, as the service tells it.
        let since = self.since.0.div_euclid(1000);
        let used = |at: ServiceTime| at.0.div_euclid(1000) >= since;
        if read.password.is_some_and(used) {
            // It will not become unused.
            self.last_used.stop();
            return Some(Shown::PasswordUsed);
        }
        let shows = read.entry.is_some_and(used) && read.password.is_some();
        if !(shows && self.once) {
            self.once = shows;
            return None;
        }
        Some(self.shown(TestProof::LastUsed))
    }

    /// What the log shows of a sign-in by this entry. That it shows none yet is no failure.
    pub(crate) fn on_log(
        &mut self,
        id: EffectId,
        read: Result<LogSight, EffectFailure>,
        now: Mono,
        rate_limit: &mut RateLimit,
    ) -> Option<Shown> {
        if self.log.in_flight != Some(id) {
            return None;
        }
        let gap_s = match self.log.looks < LOG_SOON {
            true => LOG_SOON_S,
            false => LOG_AGAIN_S,
        };
        self.log.answered(Some(now.after_s(gap_s)));
        let Ok(sight) = heeded(read, now, rate_limit) else {
            self.log.failures += 1;
            if self.log.failures >= LOG_FAILURES {
                self.log.stop();
            }
            return None;
        };
        self.log.failures = 0;
        let before = std::mem::replace(&mut self.sight, sight);
        match sight {
            LogSight::NotYet => None,
            LogSight::EntryOnly => (before != sight).then_some(Shown::Log(sight)),
            LogSight::Password => {
                self.log.stop();
                Some(Shown::Log(sight))
            }
            LogSight::NoPassword => Some(self.shown(TestProof::Log)),
        }
    }

    fn shown(&mut self, proof: TestProof) -> Shown {
        self.last_used.stop();
        self.log.stop();
        self.proven = true;
        Shown::Proof(proof)
    }
}

/// Tells the rate limit what the service said of it.
fn heeded<T>(
    read: Result<T, EffectFailure>,
    now: Mono,
    rate_limit: &mut RateLimit,
) -> Result<T, EffectFailure> {
    match &read {
        Ok(_) => rate_limit.answered(),
        Err(failure) if failure.retry_after_s.is_some() => {
            rate_limit.refused(failure.retry_after_s, now);
        }
        Err(_) => {}
    }
    read
}
