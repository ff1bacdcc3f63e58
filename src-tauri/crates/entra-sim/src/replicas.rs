//! Replicas: what a person looked like before each change, so that a read may be old.
//!
//! A change reaches each replica after a time of its own, drawn from the seed. A read swaps the old state in
//! for as long as it holds the tenant's lock; the operations know nothing of it.

use std::collections::{BTreeMap, VecDeque};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use axum::http::{HeaderMap, Method};

use crate::clock::TenantClock;
use crate::directory::User;
use crate::flags::time::{ReplicaPick, TimeFlags};
use crate::params::bearer;
use crate::state::{Inner, Tenant};

/// Older changes are everywhere.
const REMEMBERED: Duration = Duration::from_secs(3_600);
/// So many changes of one person are remembered.
const MOST_CHANGES: usize = 32;

/// What people looked like before.
#[derive(Default)]
pub(crate) struct History {
    clock: Option<Arc<TenantClock>>,
    seed: u64,
    /// By object id; oldest first.
    changes: BTreeMap<String, VecDeque<Change>>,
    /// Changes so far, which is the next one's number.
    made: u64,
    /// Reads so far.
    reads: u64,
    /// While a read holds an old state, nothing is forgotten.
    looking_back: bool,
}

struct Change {
    number: u64,
    at: Duration,
    /// The person before the change, or nobody.
    before: Option<User>,
}

impl History {
    /// A history that begins now: what was before has reached every replica.
    pub(crate) fn beginning(clock: Arc<TenantClock>, seed: u64) -> Self {
        Self {
            clock: Some(clock),
            seed,
            ..Self::default()
        }
    }

    /// Remembers a person who is about to change.
    pub(crate) fn changes(&mut self, user: &User) {
        self.remember(&user.id, Some(user));
    }

    /// Remembers that there was no such person.
    pub(crate) fn appears(&mut self, id: &str) {
        self.remember(id, None);
    }

    /// Whether somebody was made less than so long ago.
    pub(crate) fn is_new(&self, id: &str, age: Duration) -> bool {
        let Some(clock) = &self.clock else {
            return false;
        };
        let now = clock.quota_time();
        let made = |change: &Change| change.before.is_none() && now.saturating_sub(change.at) < age;
        self.changes
            .get(id)
            .is_some_and(|changes| changes.iter().any(made))
    }

    fn remember(&mut self, id: &str, before: Option<&User>) {
        let Some(clock) = &self.clock else { return };
        let at = clock.quota_time();
        if !self.changes.contains_key(id) {
            self.changes.insert(id.to_owned(), VecDeque::new());
        }
        let Some(changes) = self.changes.get_mut(id) else {
            return;
        };
        changes.push_back(Change {
            number: self.made,
            at,
            before: before.cloned(),
        });
        self.made += 1;
        let is_old = |change: &Change| at.saturating_sub(change.at) > REMEMBERED;
        while !self.looking_back
            && (changes.len() > MOST_CHANGES || changes.front().is_some_and(is_old))
        {
            changes.pop_front();
        }
    }

    /// How long a change takes to a replica: drawn evenly from nothing to `most`.
    fn lag(&self, replica: u64, change: u64, most: Duration) -> Duration {
        let most_ms = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
        let drawn = mixed(self.seed ^ mixed(replica) ^ mixed(change ^ 0x6c61_6773));
        Duration::from_millis(drawn % most_ms.saturating_add(1))
    }

    /// The replica a read hits.
    fn pick(&mut self, app: Option<&str>, flags: &TimeFlags) -> u64 {
        let drawn = match (flags.replica_pick, app) {
            (ReplicaPick::Sticky, Some(app)) => app
                .bytes()
                .fold(self.seed, |sum, byte| mixed(sum ^ u64::from(byte))),
            (ReplicaPick::Sticky | ReplicaPick::Any, _) => {
                self.reads += 1;
                mixed(self.seed ^ mixed(self.reads))
            }
        };
        drawn % u64::from(flags.replicas.max(1))
    }
}

/// What a read sees.
#[derive(Clone, Copy)]
enum Age {
    /// What has reached this replica, where a change takes so long at most.
    Replica(u64, Duration),
    /// Everything as it was so long ago.
    Past(Duration),
}

/// The tenant's state as one request sees it; the truth is back when it is dropped.
pub(crate) struct StateView<'a> {
    state: MutexGuard<'a, Inner>,
    swapped: Vec<Swapped>,
}

/// A person whose old state stands in the directory.
struct Swapped {
    id: String,
    number: u64,
    position: usize,
    /// The person was not there: taken out of the list.
    out: bool,
}

/// The state for a request: the truth for a write, what a replica knows for a read. `past` overrides the
/// replicas with a state of so long ago.
pub(crate) fn view<'a>(
    tenant: &'a Tenant,
    method: &Method,
    headers: &HeaderMap,
    past: Option<Duration>,
) -> StateView<'a> {
    let view = StateView {
        state: tenant.lock(),
        swapped: Vec::new(),
    };
    if method == Method::GET {
        view.aged(tenant, headers, past)
    } else {
        view
    }
}

/// What the replica knows that a removal meets, where removals meet one at all.
pub(crate) fn met_by_a_removal<'a>(
    tenant: &'a Tenant,
    method: &Method,
    headers: &HeaderMap,
) -> Option<StateView<'a>> {
    if method != Method::DELETE {
        return None;
    }
    let view = StateView {
        state: tenant.lock(),
        swapped: Vec::new(),
    };
    view.state
        .flags
        .time
        .replica_lag_writes
        .then(|| view.aged(tenant, headers, None))
}

impl<'a> StateView<'a> {
    /// The same as one replica knows it, or as it was so long ago.
    fn aged(mut self, tenant: &Tenant, headers: &HeaderMap, past: Option<Duration>) -> Self {
        let lag = self.state.flags.time.replica_lag_ms;
        if lag == 0 && past.is_none() {
            return self;
        }
        let inner = &mut *self.state;
        let age = match past {
            Some(past) => Age::Past(past),
            None => {
                let sticky = inner.flags.time.replica_pick == ReplicaPick::Sticky;
                let token = bearer(headers).filter(|_| sticky);
                let access = token.and_then(|token| inner.grants.access.get(token));
                let app = access.map(|access| access.client_id.as_str());
                let replica = inner.directory.history.pick(app, &inner.flags.time);
                Age::Replica(replica, Duration::from_millis(u64::from(lag)))
            }
        };
        self.look_back(age, tenant.clock.quota_time());
        self
    }

    fn look_back(&mut self, age: Age, now: Duration) {
        let directory = &mut self.state.directory;
        let history = &directory.history;
        let unknown = |change: &&Change| {
            let lag = match age {
                Age::Replica(replica, most) => history.lag(replica, change.number, most),
                Age::Past(past) => past,
            };
            change.at + lag > now
        };
        for (id, changes) in &history.changes {
            // The first change that is not known yet hides all that came after it.
            let first = changes.iter().find(unknown);
            let position = directory.users.iter().position(|user| user.id == *id);
            if let (Some(change), Some(position)) = (first, position) {
                self.swapped.push(Swapped {
                    id: id.clone(),
                    number: change.number,
                    position,
                    out: change.before.is_none(),
                });
            }
        }
        // From the end of the list, so that taking somebody out moves nobody who is still to be found.
        self.swapped
            .sort_by_key(|swapped| std::cmp::Reverse(swapped.position));
        directory.history.looking_back = !self.swapped.is_empty();
        for swapped in &self.swapped {
            let before = slot(&mut directory.history, swapped);
            match before {
                Some(Some(old)) => {
                    if let Some(user) = directory.users.get_mut(swapped.position) {
                        std::mem::swap(user, old);
                    }
                }
                Some(empty @ None) => *empty = Some(directory.users.remove(swapped.position)),
                None => {}
            }
        }
    }
}

impl Drop for StateView<'_> {
    fn drop(&mut self) {
        let directory = &mut self.state.directory;
        for swapped in self.swapped.iter().rev() {
            let Some(truth) = slot(&mut directory.history, swapped) else {
                continue;
            };
            if swapped.out {
                if let Some(user) = truth.take() {
                    let position = swapped.position.min(directory.users.len());
                    directory.users.insert(position, user);
                }
            } else if let (Some(user), Some(truth)) =
                (directory.users.get_mut(swapped.position), truth.as_mut())
            {
                std::mem::swap(user, truth);
            }
        }
        directory.history.looking_back = false;
    }
}

/// Where a change keeps the person it hides, or who was there before.
fn slot<'a>(history: &'a mut History, swapped: &Swapped) -> Option<&'a mut Option<User>> {
    let changes = history.changes.get_mut(&swapped.id)?;
    let change = changes
        .iter_mut()
        .find(|change| change.number == swapped.number)?;
    Some(&mut change.before)
}

impl Deref for StateView<'_> {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.state
    }
}

impl DerefMut for StateView<'_> {
    fn deref_mut(&mut self) -> &mut Inner {
        &mut self.state
    }
}

/// A number that looks like none of its neighbours (SplitMix64's last step).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
