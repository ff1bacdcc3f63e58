//! Whose password is due, in which order, and when a run may not begin: no clock, no file, no network.

/// A day in milliseconds.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The directory's date of our own change may be this much later than ours.
pub const TOLERANCE_MS: i64 = 5 * 60 * 1000;
/// So long a copy of the directory may be behind our own change.
const BEHIND_MS: i64 = DAY_MS;
/// Dates are spread over so many days at most, so that not everybody is due on one.
const SPREAD_MS: i64 = 10 * DAY_MS;
/// A roll that grew by more than this since the last run was not meant to.
const MOST_NEW: usize = 200;

/// More people than this did not lose their methods between two runs.
const MOST_TAKEN_OFF: usize = 20;

/// A person's object id.
pub type PersonId = u128;

/// When a password is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Its age at which it is changed at the latest.
    pub every_ms: i64,
    /// Its age from which it counts as overdue.
    pub max_age_ms: i64,
}

/// What the ledger says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerEntry {
    /// The job changed the password then (Unix milliseconds).
    Changed(i64),
    /// The same, and what else the site wants after a change is not done yet.
    RestOpen(i64),
    /// The directory was asked to then, and what came of it is not known.
    Asked(i64),
    /// The same, once more after that. Whoever is hit twice is not changed a third time where the directory's own date
    /// shows the change: the value is lost to everybody either way.
    AskedAgain {
        /// When it was asked.
        at: i64,
        /// The directory's date right before: a change that was there already is not ours.
        seen: Option<i64>,
    },
}

/// Why somebody's password is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// What came of the last change is not known.
    AnswerLost,
    /// Somebody else changed it since, and may know it.
    ChangedElsewhere,
    /// The job never changed it.
    NotInLedger,
    /// It is changed, and what else the site wants is not done yet.
    RestOpen,
    /// It is old enough.
    Age,
}

/// What is planned for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Why it is due now; none where it is not.
    pub why: Option<Why>,
    /// When it was last changed, as far as anybody knows (Unix milliseconds).
    pub last: Option<i64>,
    /// When it is due by its age.
    pub next: Option<i64>,
    /// It is older than it may be.
    pub overdue: bool,
}

/// A part of the roll: number `index` (from 1) of `count`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1 on.
    pub index: u32,
    /// How many there are.
    pub count: u32,
}

impl LedgerEntry {
    /// When it was written.
    pub fn at(self) -> i64 {
        match self {
            Self::Changed(at)
            | Self::RestOpen(at)
            | Self::Asked(at)
            | Self::AskedAgain { at, .. } => at,
        }
    }
}

impl Why {
    /// The word in the output.
    pub fn word(self) -> &'static str {
        match self {
            Self::AnswerLost => "answer_lost",
            Self::ChangedElsewhere => "changed_elsewhere",
            Self::NotInLedger => "not_in_ledger",
            Self::RestOpen => "rest_open",
            Self::Age => "age",
        }
    }
}

impl Shard {
    /// `I/N`.
    pub fn parse(text: &str) -> Option<Self> {
        let (index, count) = text.split_once('/')?;
        let (index, count) = (index.parse().ok()?, count.parse().ok()?);
        (1 <= index && index <= count && count <= 64).then_some(Self { index, count })
    }

    /// Whether that person is in it. Everybody is in one of them and in no other.
    pub fn holds(self, person: PersonId) -> bool {
        mixed(person) % u64::from(self.count.max(1)) == u64::from(self.index.saturating_sub(1))
    }
}

/// What is to be done for somebody whose password the directory says was changed at `directory`.
pub fn plan(
    person: PersonId,
    directory: Option<i64>,
    entry: Option<LedgerEntry>,
    now: i64,
    rules: &Rules,
) -> Plan {
    let entry = entry.map(|entry| settled(entry, directory));
    let last = last_change(directory, entry, now);
    let next = last.map(|last| due_at(person, last, rules));
    let elsewhere = |ours: i64| directory.is_some_and(|at| at.saturating_sub(ours) > TOLERANCE_MS);
    let why = match entry {
        Some(LedgerEntry::Asked(_) | LedgerEntry::AskedAgain { .. }) => Some(Why::AnswerLost),
        // A clock was wrong, or the file is another's: it hides nothing.
        Some(entry) if ahead(entry, now) => Some(Why::AnswerLost),
        Some(LedgerEntry::Changed(ours) | LedgerEntry::RestOpen(ours)) if elsewhere(ours) => {
            Some(Why::ChangedElsewhere)
        }
        Some(_) if next.is_some_and(|next| now >= next) => Some(Why::Age),
        Some(LedgerEntry::RestOpen(_)) => Some(Why::RestOpen),
        Some(LedgerEntry::Changed(_)) => None,
        None => Some(Why::NotInLedger),
    };
    let age = last.map(|last| now.saturating_sub(last));
    Plan {
        why,
        last,
        next,
        overdue: age.is_some_and(|age| age > rules.max_age_ms),
    }
}

/// When a password that was changed at `last` is due: at its age or up to ten days earlier, never later.
pub fn due_at(person: PersonId, last: i64, rules: &Rules) -> i64 {
    let widest = SPREAD_MS.min(rules.every_ms / 4).max(0);
    let share = mixed(person.rotate_left(64)) % 1000;
    let earlier = widest / 999 * i64::try_from(share).unwrap_or_default();
    last.saturating_add(rules.every_ms).saturating_sub(earlier)
}

/// Whether the roll grew so much since the last run that somebody has to look first.
pub fn grew_too_much(before: Option<usize>, now: usize) -> bool {
    before.is_some_and(|before| {
        let new = now.saturating_sub(before);
        new > MOST_NEW || new.saturating_mul(5) > before
    })
}

/// So many are taken off the roll in one run, and one at least: more of them is rather a report that is wrong.
pub fn most_taken_off(roll: usize) -> usize {
    (roll / 5).clamp(1, MOST_TAKEN_OFF)
}

/// The order of work: what is overdue first, then by reason, the oldest first.
pub fn rank(plan: &Plan) -> (bool, Option<Why>, i64) {
    (!plan.overdue, plan.why, plan.last.unwrap_or(i64::MIN))
}

/// Whether a line is of a time that has not come yet.
pub(crate) fn ahead(entry: LedgerEntry, now: i64) -> bool {
    entry.at() > now.saturating_add(TOLERANCE_MS)
}

/// A second question without an answer was heard where the directory's date is not before it, and is another one than
/// right before it: somebody may have set a password minutes earlier, and know it.
fn settled(entry: LedgerEntry, directory: Option<i64>) -> LedgerEntry {
    match entry {
        LedgerEntry::AskedAgain { at, seen }
            if directory.is_some_and(|told| {
                told >= at.saturating_sub(TOLERANCE_MS) && seen.is_none_or(|seen| told > seen)
            }) =>
        {
            LedgerEntry::Changed(at)
        }
        LedgerEntry::Changed(_)
        | LedgerEntry::RestOpen(_)
        | LedgerEntry::Asked(_)
        | LedgerEntry::AskedAgain { .. } => entry,
    }
}

/// The directory's date is the clock. Only right after our own change a copy of it may be behind.
fn last_change(directory: Option<i64>, entry: Option<LedgerEntry>, now: i64) -> Option<i64> {
    let ours = match entry {
        Some(entry @ (LedgerEntry::Changed(ours) | LedgerEntry::RestOpen(ours)))
            if !ahead(entry, now) =>
        {
            ours
        }
        Some(_) | None => return directory,
    };
    match directory {
        Some(told) if now.saturating_sub(ours) < BEHIND_MS => Some(told.max(ours)),
        Some(told) => Some(told),
        None => Some(ours),
    }
}

/// The same for the same person for ever, and nothing like the id (splitmix64 over both halves).
fn mixed(person: PersonId) -> u64 {
    let bytes = person.to_be_bytes();
    let half = |at: usize| {
        let mut half = [0; 8];
        half.copy_from_slice(&bytes[at..at + 8]);
        u64::from_be_bytes(half)
    };
    let step = |value: u64| {
        let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    };
    step(step(half(0)) ^ half(8))
}
