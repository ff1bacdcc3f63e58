//! A run: who is due is looked at and changed, one after the other, until a rule says stop.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use crate::access::{self, Access};
use crate::asking::{MOST_WAITS, SIGN_IN_NEEDED, THROTTLED};
use crate::came::{Came, Tried};
use crate::change::{Changed, Changer};
use crate::config::{JobSetup, canonical};
use crate::early::{Early, NO_REPORT, unread};
use crate::folder::{self, FolderError, Held};
use crate::growth::{self, RollSize};
use crate::last_run;
use crate::ledger::Ledger;
use crate::person::{Look, Looker, method_pace};
use crate::plan::{LedgerEntry, PersonId, Plan, Shard, Why, due_at, most_taken_off, plan, rank};
use crate::record::{Event, Record};
use crate::report::{Ending, Line, Listener, PersonOutcome, Summary, time};
use crate::roll::{self, Member, Named, Roll};
use crate::stop::{ASKED, Stop};

/// So many failures one after the other end a run.
const MOST_FAILURES: u32 = 20;
/// What one change takes beside its turn, with the looks before it.
const SECONDS_FOR_TEN: u64 = 8;
/// What a read of methods takes at their pace.
const SECONDS_A_METHOD_READ: u64 = 5;
/// What a reset takes at the same pace, with the looks that follow it to its end.
const SECONDS_A_RESET: u64 = 10;

/// What a run is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Change nothing; say what would be changed and how long it would take.
    pub dry_run: bool,
    /// Change no more than so many.
    pub limit: Option<u32>,
    /// Work on this part of the roll alone.
    pub shard: Option<Shard>,
    /// The roll grew, and that is right.
    pub accept_growth: bool,
}

/// Somebody whose password is due.
struct Candidate {
    member: Member,
    plan: Plan,
}

/// A run that has begun.
struct Run<'a> {
    setup: &'a JobSetup,
    wish: &'a Wish,
    stop: &'a Stop,
    out: &'a mut dyn Listener,
    summary: Summary,
    /// None until the roll is read.
    still_overdue: Option<HashSet<u128>>,
    taken_off: usize,
}

/// Changes what is due, says so, and writes down how it went. `stop` ends it after the person in hand.
pub(crate) async fn rotate(
    setup: &JobSetup,
    folder: &Path,
    wish: &Wish,
    stop: &Stop,
    out: &mut dyn Listener,
) -> Ending {
    let held = if wish.dry_run {
        folder::look(folder, wish.shard)
    } else {
        folder::hold(folder, wish.shard)
    };
    let held = match held {
        Ok(held) => held,
        Err(error) => {
            let ending = match &error {
                FolderError::Taken => Ending::Failed,
                FolderError::Unusable(_) => Ending::Configuration,
            };
            let summary = Summary::empty(ending, &error.to_string());
            out.summary(&summary);
            return ending;
        }
    };
    let mut run = Run {
        setup,
        wish,
        stop,
        out,
        summary: Summary::empty(Ending::Done, ""),
        still_overdue: None,
        taken_off: 0,
    };
    run.summary.why = None;
    let now = match run.go(&held).await {
        Ok(now) => now,
        Err((early, now)) => {
            run.summary.result = early.ending;
            run.summary.why = Some(early.why);
            now
        }
    };
    run.summary.overdue = run.still_overdue.as_ref().map(HashSet::len);
    let Run { out, summary, .. } = run;
    if let Some(path) = setup.passwords.last_run.as_ref().filter(|_| !wish.dry_run)
        && let Err(error) = last_run::write(path, folder, wish.shard, &summary, now)
    {
        out.warning(&format!("passwords.last_run: cannot be written: {error}"));
    }
    out.summary(&summary);
    summary.result
}

impl Run<'_> {
    /// The time at the end, by the service where it told.
    async fn go(&mut self, held: &Held) -> Result<i64, (Early, i64)> {
        let machine = host::clock::wall_unix_ms();
        if self.setup.passwords.paused {
            return Err((Early::new(Ending::Stopped, "paused"), machine));
        }
        let out = &mut *self.out;
        let mut lead = |address: &str| out.sign_in(address);
        let access = access::open(self.setup, self.stop, &mut lead).await;
        let access = access.map_err(|no| (Early::new(no.ending, no.why), machine))?;
        let done = self.work(&access, held).await;
        let now = access.client.now_unix_ms();
        done.map(|()| now).map_err(|early| (early, now))
    }

    async fn work(&mut self, access: &Access, held: &Held) -> Result<(), Early> {
        let damaged = |error: io::Error| Early::new(Ending::Configuration, error.to_string());
        let known = Ledger::look(&held.all(), access.client.now_unix_ms()).map_err(damaged)?;
        let roll = self.roll(access).await?;
        let whole = roll.whole;
        let candidates = self.candidates(access, &known, roll);
        self.guard_growth(held, whole, access.client.now_unix_ms())?;
        let able = self.sieve(access, &candidates).await?;
        if self.wish.dry_run {
            self.say_what_would_be(&candidates, able.as_ref());
            return Ok(());
        }
        let now = access.client.now_unix_ms();
        let mut ledger = Ledger::open(&held.own, &held.others, now).map_err(damaged)?;
        let mut record = Record::open(&held.own)?;
        let by_hand = self.setup.way.is_by_reset();
        let began = Event::RunBegan {
            version: env!("CARGO_PKG_VERSION"),
            roll: self.summary.roll,
            due: candidates.len(),
            operator: by_hand.then(|| access.session.operator()),
        };
        record.write(now, &began)?;
        let parts = self.parts();
        let methods = method_pace(parts);
        let looker = Looker::new(&access.session, self.setup, self.stop, methods.clone());
        let written = (&mut ledger, &mut record);
        let changer = Changer::new(access, self.setup, written, self.stop, (parts, methods));
        let done = self
            .change_all(looker, changer, candidates, able.as_ref())
            .await;
        if done.is_ok() {
            self.summary.ended();
        }
        let result = match &done {
            Ok(()) => self.summary.result,
            Err(early) => early.ending,
        };
        let ended = Event::RunEnded {
            result: result.word(),
            rotated: self.summary.rotated,
            skipped: self.summary.skipped,
            failed: self.summary.failed,
        };
        record.write(access.client.now_unix_ms(), &ended)?;
        record.sync()?;
        done
    }

    async fn roll(&mut self, access: &Access) -> Result<Roll, Early> {
        let read = roll::read(&access.session, self.setup, self.wish.shard, self.stop).await;
        let roll = read?;
        self.summary.roll = roll.members.len();
        Ok(roll)
    }

    /// Stops before the first change where the roll grew more than anybody could have meant.
    fn guard_growth(&self, held: &Held, whole: usize, now: i64) -> Result<(), Early> {
        let damaged = |error: io::Error| Early::new(Ending::Configuration, error.to_string());
        let last = growth::last(&held.all()).map_err(damaged)?;
        let tenant = self.setup.app.tenant.to_ascii_lowercase();
        let size = RollSize::of(whole, &tenant, &self.setup.group, now);
        if let Some(before) = size.grew(last.as_ref())
            && !self.wish.accept_growth
        {
            let why = format!("growth: {before} people were on the roll, {whole} are");
            return Err(Early::new(Ending::Stopped, why));
        }
        if self.wish.dry_run {
            return Ok(());
        }
        Ok(size.put(&held.own)?)
    }

    fn candidates(
        &mut self,
        access: &Access,
        known: &HashMap<PersonId, LedgerEntry>,
        roll: Roll,
    ) -> Vec<Candidate> {
        let now = access.client.now_unix_ms();
        let (mut due, mut overdue) = (Vec::new(), HashSet::new());
        for member in roll.members {
            let entry = known.get(&member.id).copied();
            let plan = plan(member.id, member.changed, entry, now, &self.setup.rules);
            if plan.overdue {
                overdue.insert(member.id);
            }
            if plan.why.is_some() {
                due.push(Candidate { member, plan });
            }
        }
        due.sort_by_key(|candidate| (rank(&candidate.plan), candidate.member.id));
        self.summary.due = due.len();
        self.still_overdue = Some(overdue);
        due
    }

    /// The report's word, which costs a page for a thousand people.
    async fn sieve(&mut self, access: &Access, due: &[Candidate]) -> Result<Option<Named>, Early> {
        if due.is_empty() {
            return Ok(Some(Named::new()));
        }
        let wanted = due.iter().map(|candidate| candidate.member.id).collect();
        let read = roll::passwordless(&access.session, &wanted, self.stop).await;
        let able = read.map_err(|error| unread("the registration report", &error))?;
        if able.is_none() {
            self.out.warning(NO_REPORT);
        }
        Ok(able)
    }

    fn say_what_would_be(&mut self, due: &[Candidate], able: Option<&Named>) {
        let limit = self.limit();
        let (mut changes, mut reads) = (0_usize, 0_u64);
        for candidate in due {
            let member = &candidate.member;
            let listed = self.setup.never.contains(&member.id).then_some("listed");
            let why = candidate.plan.why.map_or("", |why| why.word());
            let (outcome, reason) = match member.never.or(listed) {
                Some(reason) => (PersonOutcome::Skipped, reason),
                None if changes >= limit => (PersonOutcome::Skipped, "limit"),
                None => (PersonOutcome::Due, why),
            };
            if outcome == PersonOutcome::Due {
                changes += 1;
                reads += match able.and_then(|able| able.get(&member.id)) {
                    Some(true) => 0,
                    Some(false) => 1,
                    None => 2,
                };
            }
            self.say(candidate, outcome, reason, None);
        }
        let changes = u64::try_from(changes).unwrap_or(u64::MAX);
        let parts = u64::from(self.parts());
        let paced = changes * parts / u64::from(self.setup.passwords.changes_per_second.max(1));
        let for_ten = if self.setup.way.is_by_reset() {
            10 * SECONDS_A_RESET
        } else {
            SECONDS_FOR_TEN
        };
        let worked = changes.saturating_mul(for_ten).div_ceil(10);
        let estimate = paced.max(worked) + reads.saturating_mul(SECONDS_A_METHOD_READ * parts);
        self.summary.estimate_s = Some(estimate);
        self.summary.ended();
    }

    async fn change_all(
        &mut self,
        mut looker: Looker<'_>,
        mut changer: Changer<'_>,
        due: Vec<Candidate>,
        able: Option<&Named>,
    ) -> Result<(), Early> {
        let (of, limit) = (due.len(), self.limit());
        let mut failures = 0;
        for (done, candidate) in due.into_iter().enumerate() {
            self.out.progress(done, of);
            if self.summary.rotated >= limit {
                self.say(&candidate, PersonOutcome::Skipped, "limit", None);
                continue;
            }
            if self.stop.asked() {
                return Err(Early::new(Ending::Stopped, ASKED));
            }
            let known = able.and_then(|able| able.get(&candidate.member.id).copied());
            let came = self
                .one(&mut looker, &mut changer, &candidate, known)
                .await?;
            if came.reason == THROTTLED {
                return Err(self.throttled());
            }
            if came.reason == SIGN_IN_NEEDED && self.setup.way.is_by_reset() {
                return Err(Early::new(Ending::Failed, SIGN_IN_NEEDED));
            }
            failures = match came.outcome {
                PersonOutcome::Failed => failures + 1,
                // Whoever is skipped may not have been asked about: that ends no row.
                PersonOutcome::Skipped | PersonOutcome::Due => failures,
                PersonOutcome::Rotated => 0,
            };
            if failures == MOST_FAILURES {
                let why = format!("{MOST_FAILURES} failures one after the other");
                return Err(Early::new(Ending::Stopped, why));
            }
        }
        self.out.progress(of, of);
        // The policy of people synchronised from on premises is not the cloud domain's.
        if self.setup.way.is_by_reset() {
            return Ok(());
        }
        let ages: HashSet<(u32, u32)> = looker.ages.into_iter().collect();
        for late in ages
            .into_iter()
            .filter_map(|(validity, notice)| self.setup.late_for(validity, notice))
        {
            self.out.warning(&late);
        }
        Ok(())
    }

    /// The directory wants to be left alone for longer than a run waits, or this one is asked to end while it waits.
    fn throttled(&self) -> Early {
        match self.stop.asked() {
            true => Early::new(Ending::Stopped, ASKED),
            false => Early::new(Ending::Failed, THROTTLED),
        }
    }

    /// Whoever had to wait may be somebody else by now: everything is looked at again before the next try.
    async fn one(
        &mut self,
        looker: &mut Looker<'_>,
        changer: &mut Changer<'_>,
        candidate: &Candidate,
        passwordless: Option<bool>,
    ) -> Result<Came, Early> {
        let (mut values, mut waits) = (0, 0);
        let came = loop {
            let now = changer.client.now_unix_ms();
            let entry = changer.ledger.of(candidate.member.id);
            let look = looker.look(&candidate.member, entry, passwordless, now);
            match self
                .act(changer, candidate, look.await, &mut values)
                .await?
            {
                Tried::Came(came) => break came,
                Tried::Wait(_) if waits == MOST_WAITS || self.stop.asked() => {
                    break Came::failed(THROTTLED);
                }
                Tried::Wait(wait) => {
                    waits += 1;
                    self.stop.pause(wait).await;
                }
            }
        };
        if came.at.is_some()
            && let Some(overdue) = &mut self.still_overdue
        {
            overdue.remove(&candidate.member.id);
        }
        self.say(candidate, came.outcome, came.reason, came.at);
        Ok(came)
    }

    /// Does what the look says.
    async fn act(
        &mut self,
        changer: &mut Changer<'_>,
        candidate: &Candidate,
        look: Look,
        values: &mut u32,
    ) -> Result<Tried, Early> {
        let id = candidate.member.id;
        let why = candidate.plan.why.map_or("", Why::word);
        Ok(Tried::Came(match look {
            Look::Skip(reason) => Came::skipped(reason),
            Look::Failed(reason) => Came::failed(reason),
            Look::FellOut if self.taken_off >= most_taken_off(self.summary.roll) => {
                let why = format!("{} people taken off the roll", self.taken_off);
                return Err(Early::new(Ending::Stopped, why));
            }
            Look::FellOut => Came::skipped(match changer.take_off(&canonical(id)).await? {
                true => {
                    self.taken_off += 1;
                    "no_passwordless_method"
                }
                false => "no_passwordless_method_still_on_roll",
            }),
            Look::Rest(user, at) => match changer.afterwards(id, &user, at).await? {
                Some(left) => Came::half(left, at),
                None => Came::rotated(why, at),
            },
            Look::Change(user) => match changer.change(id, &user, values).await? {
                Changed::Yes(at) => match changer.afterwards(id, &user, at).await? {
                    Some(left) => Came::half(left, at),
                    None => Came::rotated(why, at),
                },
                Changed::Synced => Came::skipped("synced"),
                Changed::No(reason) => Came::failed(reason),
                Changed::Later(wait) => return Ok(Tried::Wait(wait)),
            },
        }))
    }

    fn say(
        &mut self,
        candidate: &Candidate,
        result: PersonOutcome,
        reason: &str,
        changed: Option<i64>,
    ) {
        let (member, plan) = (&candidate.member, &candidate.plan);
        let next = match changed {
            Some(at) => Some(due_at(member.id, at, &self.setup.rules)),
            None => plan.next,
        };
        self.summary.count(result);
        self.out.line(&Line {
            user: canonical(member.id),
            upn: member.upn.to_string(),
            result,
            reason: reason.to_owned(),
            last_change: changed.or(plan.last).map(time),
            next: next.map(time),
        });
    }

    /// How many may work beside each other.
    fn parts(&self) -> u32 {
        self.wish.shard.map_or(1, |shard| shard.count)
    }

    fn limit(&self) -> usize {
        let most = self.setup.passwords.max_per_run;
        let limit = self.wish.limit.map_or(most, |limit| limit.min(most));
        usize::try_from(limit).unwrap_or(usize::MAX)
    }
}
