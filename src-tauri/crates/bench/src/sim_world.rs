//! Counters in front of one tenant, in virtual time. Every counter is a `Desk` of the shipped code: what it wants to
//! be done is done here, a little later, against a limiter of the simulated tenant's.

mod counter;

use std::collections::BTreeMap;
use std::time::Duration;

use desk_world::{AnswerFault, Kind, kind, polls, sample};
use entra_sim::throttle::{Admission, Limiter, Priority};
use onboarding::{Answer, EffectId, PackError, Task};

use crate::rng::SeededRng;
pub(crate) use counter::Counter;

/// How the network to the tenant and the tenant's copies behave.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NetworkModel {
    /// Milliseconds to the tenant and as many back.
    pub(crate) there_ms: u64,
    /// Each read shows a state up to so many milliseconds old.
    pub(crate) stale_ms: u64,
    /// Answers never say what share of the limit is in use.
    pub(crate) silent: bool,
}

/// Something the one who runs the bench acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The person was found.
    Found(usize),
    /// The pass is there and begins to settle.
    Issued(usize),
    /// What a person asked for was refused for so many seconds.
    Refused(usize, u64),
    /// The screen says that the registration is there.
    Registered(usize),
    /// A moment that was scheduled with [`SimWorld::schedule`].
    Scheduled(usize, ScheduledAction),
}

/// What comes later at a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScheduledAction {
    Begin,
    Again,
    Reveal,
    Step,
    Leave,
}

/// One request that reached the tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    pub(crate) at_ms: u64,
    pub(crate) counter: usize,
    pub(crate) issue: bool,
    pub(crate) refused: bool,
}

#[derive(Debug)]
enum Event {
    Wake,
    Arrive(Task),
    Answer(Reply),
    Scheduled(ScheduledAction),
}

/// What the tenant says, on its way back.
#[derive(Debug)]
struct Reply {
    id: EffectId,
    answer: Answer,
    kind: Kind,
    /// What share of the limit is in use, where that is told.
    percent: Option<u32>,
    /// For how many seconds what a person asked for was refused.
    refused_s: Option<u64>,
}

/// The counters, the tenant and the clock.
pub(crate) struct SimWorld {
    pub(crate) now_ms: u64,
    pub(crate) counters: Vec<Counter>,
    pub(crate) limiter: Option<Limiter>,
    /// What reached the tenant since this was last emptied.
    pub(crate) requests: Vec<Request>,
    pub(crate) network: NetworkModel,
    events: BTreeMap<(u64, u64), (usize, Event)>,
    scheduled: u64,
    rng: SeededRng,
}

impl SimWorld {
    /// So many counters with signed-in operators.
    pub(crate) fn new(
        counters: usize,
        seed: u64,
        network: NetworkModel,
    ) -> Result<Self, PackError> {
        let mut rng = SeededRng::seeded(seed);
        let open = |number| Counter::open(number, rng.next());
        let counters = (0..counters).map(open).collect::<Result<_, _>>()?;
        Ok(Self {
            now_ms: 0,
            counters,
            limiter: None,
            requests: Vec::new(),
            network,
            events: BTreeMap::new(),
            scheduled: 0,
            rng,
        })
    }

    /// Goes on until something happens that the bench acts on; none when `until_ms` comes first.
    pub(crate) fn next(&mut self, until_ms: u64) -> Option<Moment> {
        loop {
            let entry = self.events.first_entry()?;
            if entry.key().0 > until_ms {
                self.now_ms = until_ms;
                return None;
            }
            let ((at_ms, _), (place, event)) = entry.remove_entry();
            self.now_ms = at_ms;
            let moment = self.happens(place, event);
            self.settle(place);
            if moment.is_some() {
                return moment;
            }
        }
    }

    /// Something comes at this counter, at this time or now, whichever is later.
    pub(crate) fn schedule(&mut self, at_ms: u64, place: usize, action: ScheduledAction) {
        self.push(at_ms, place, Event::Scheduled(action));
    }

    /// Lets somebody at a counter do something.
    pub(crate) fn at<T>(&mut self, place: usize, act: impl FnOnce(&mut Counter, u64) -> T) -> T {
        let result = act(&mut self.counters[place], self.now_ms);
        self.settle(place);
        result
    }

    fn happens(&mut self, place: usize, event: Event) -> Option<Moment> {
        match event {
            Event::Wake => {
                self.counters[place].wake(self.now_ms);
                None
            }
            Event::Scheduled(action) => Some(Moment::Scheduled(place, action)),
            Event::Arrive(task) => {
                self.arrive(place, task);
                None
            }
            Event::Answer(reply) => self.hear(place, reply),
        }
    }

    fn hear(&mut self, place: usize, reply: Reply) -> Option<Moment> {
        let kind = reply.kind;
        let fine = reply.refused_s.is_none();
        let counter = &mut self.counters[place];
        counter.hear(reply.id, reply.answer, reply.percent, self.now_ms);
        match kind {
            Kind::Find if fine => Some(Moment::Found(place)),
            Kind::Issue if fine => Some(Moment::Issued(place)),
            Kind::Methods if counter.registers(self.now_ms) => Some(Moment::Registered(place)),
            Kind::Methods if counter.waiting() => None,
            Kind::Find | Kind::Methods | Kind::Issue | Kind::Remove | Kind::RemoveMethod => {
                let refused_s = reply.refused_s;
                refused_s.map(|seconds| Moment::Refused(place, seconds))
            }
            Kind::SignIn
            | Kind::Policies
            | Kind::Passkeys
            | Kind::Renew
            | Kind::Record
            | Kind::Paper
            | Kind::Try
            | Kind::Roll
            | Kind::Proof
            | Kind::Change
            | Kind::Access
            | Kind::Belonging
            | Kind::Colleague
            | Kind::Job
            | Kind::Sessions
            | Kind::Numbers
            | Kind::Keep
            | Kind::Letter
            | Kind::Unanswered => None,
        }
    }

    /// A request reaches the tenant.
    fn arrive(&mut self, place: usize, task: Task) {
        let now = sample::after_ms(self.now_ms);
        let (kind, poll) = (kind(&task.effect), polls(&task.effect));
        let admission = self.limiter.as_mut().map(|limiter| {
            let priority = if poll { Priority::Low } else { Priority::High };
            limiter.admit_as(Duration::from_millis(self.now_ms), 1, priority)
        });
        let (outcome, percent, refused_s) = match admission {
            Some(Admission::Refused { retry_after_s }) => {
                let fault =
                    AnswerFault::Throttled(u32::try_from(retry_after_s).unwrap_or(u32::MAX));
                let outcome = self.counters[place].world.spoilt(&task, fault, now);
                (outcome, None, Some(retry_after_s).filter(|_| !poll))
            }
            Some(Admission::Admitted { percentage }) => {
                let percent = (percentage * 100.0) as u32;
                let told = Some(percent).filter(|p| *p >= 80 && !self.network.silent);
                (self.served(place, &task), told, None)
            }
            None => (self.served(place, &task), None, None),
        };
        self.requests.push(Request {
            at_ms: self.now_ms,
            counter: place,
            issue: kind == Kind::Issue,
            refused: matches!(admission, Some(Admission::Refused { .. })),
        });
        let Some(answer) = outcome else { return };
        let back_ms = self.now_ms + self.network.there_ms;
        let reply = Reply {
            id: task.id,
            answer,
            kind,
            percent,
            refused_s,
        };
        self.push(back_ms, place, Event::Answer(reply));
    }

    fn served(&mut self, place: usize, task: &Task) -> Option<Answer> {
        let stale_ms = self.rng.up_to(self.network.stale_ms);
        let seen = sample::after_ms(self.now_ms.saturating_sub(stale_ms));
        let now = sample::after_ms(self.now_ms);
        self.counters[place].world.answer_seeing(task, now, seen)
    }

    /// Takes what the counter wants done, and notes when it wants to be woken.
    fn settle(&mut self, place: usize) {
        let now_ms = self.now_ms;
        let wishes = self.counters[place].wishes(now_ms);
        for task in wishes {
            let there_ms = now_ms + self.network.there_ms;
            self.push(there_ms, place, Event::Arrive(task));
        }
        if let Some(wake_ms) = self.counters[place].next_wake() {
            self.push(wake_ms, place, Event::Wake);
        }
    }

    fn push(&mut self, at_ms: u64, place: usize, event: Event) {
        self.scheduled += 1;
        let at_ms = at_ms.max(self.now_ms);
        self.events.insert((at_ms, self.scheduled), (place, event));
    }
}
