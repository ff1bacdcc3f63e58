//! Counters in front of one tenant, in virtual time. Every counter is a `Desk` of the shipped code: what it wants to
//! be done is done here, a little later, against a limiter of the simulated tenant's.

mod counter;
mod site;

use std::collections::BTreeMap;
use std::time::Duration;

use entra_sim::throttle::{Admission, Limiter, Priority};
use onboarding::{
    DeviceAnswer, Effect, EffectId, IssuedPass, MethodQuery, Outcome, PackError, PassId,
    PassSecret, ServiceTime, Trouble, TroubleCode,
};

use crate::chance::Chance;
pub(crate) use counter::Counter;

/// How the way to the tenant and the tenant's copies behave.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
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
    /// A moment that was ordered with [`Hall::order`].
    Ordered(usize, Order),
}

/// What comes later at a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
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
    Arrive(EffectId, Effect),
    Answer(EffectId, Outcome, Option<u32>, Want),
    Ordered(Order),
}

/// What a request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Find,
    Read { asked: bool },
    Issue,
    Remove,
}

/// The counters, the tenant and the clock.
pub(crate) struct Hall {
    pub(crate) now_ms: u64,
    pub(crate) counters: Vec<Counter>,
    pub(crate) limiter: Option<Limiter>,
    /// What reached the tenant since this was last emptied.
    pub(crate) requests: Vec<Request>,
    pub(crate) way: Way,
    events: BTreeMap<(u64, u64), (usize, Event)>,
    ordered: u64,
    passes: u64,
    chance: Chance,
}

impl Hall {
    /// So many counters with signed-in operators.
    pub(crate) fn new(counters: usize, seed: u64, way: Way) -> Result<Self, PackError> {
        let mut chance = Chance::seeded(seed);
        let open = |number| Counter::open(number, chance.next());
        let counters = (0..counters).map(open).collect::<Result<_, _>>()?;
        Ok(Self {
            now_ms: 0,
            counters,
            limiter: None,
            requests: Vec::new(),
            way,
            events: BTreeMap::new(),
            ordered: 0,
            passes: 0,
            chance,
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
    pub(crate) fn order(&mut self, at_ms: u64, place: usize, order: Order) {
        self.push(at_ms, place, Event::Ordered(order));
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
            Event::Ordered(order) => Some(Moment::Ordered(place, order)),
            Event::Arrive(id, effect) => {
                self.arrive(place, id, effect);
                None
            }
            Event::Answer(id, outcome, percent, want) => {
                let refused = quiet(&outcome).filter(|_| want != Want::Read { asked: false });
                let fine = refused.is_none();
                let counter = &mut self.counters[place];
                counter.hear(id, outcome, percent, self.now_ms);
                match want {
                    Want::Find if fine => Some(Moment::Found(place)),
                    Want::Issue if fine => Some(Moment::Issued(place)),
                    Want::Read { .. } if counter.registers(self.now_ms) => {
                        Some(Moment::Registered(place))
                    }
                    Want::Read { .. } if counter.waiting() => None,
                    Want::Find | Want::Read { .. } | Want::Issue | Want::Remove => {
                        refused.map(|seconds| Moment::Refused(place, seconds))
                    }
                }
            }
        }
    }

    /// A request reaches the tenant.
    fn arrive(&mut self, place: usize, id: EffectId, effect: Effect) {
        let want = match &effect {
            Effect::FindPerson { .. } | Effect::ReadPerson { .. } => Want::Find,
            Effect::ReadMethods { asked_for, .. } => Want::Read { asked: *asked_for },
            Effect::IssuePass { .. } => Want::Issue,
            Effect::RemovePass { .. } => Want::Remove,
            Effect::SignIn { .. }
            | Effect::CancelSignIn
            | Effect::ForgetOperator
            | Effect::ReadPolicies
            | Effect::Record { .. }
            | Effect::MakeHandOut { .. }
            | Effect::RebuildWindows { .. } => return,
        };
        let poll = want == Want::Read { asked: false };
        let admission = self.limiter.as_mut().map(|limiter| {
            let priority = if poll { Priority::Low } else { Priority::High };
            limiter.admit_as(Duration::from_millis(self.now_ms), 1, priority)
        });
        let (outcome, percent) = match admission {
            Some(Admission::Refused { retry_after_s }) => (refusal(want, retry_after_s), None),
            Some(Admission::Admitted { percentage }) => {
                let percent = (percentage * 100.0) as u32;
                (
                    self.served(place, &effect),
                    Some(percent).filter(|p| *p >= 80 && !self.way.silent),
                )
            }
            None => (self.served(place, &effect), None),
        };
        self.requests.push(Request {
            at_ms: self.now_ms,
            counter: place,
            issue: want == Want::Issue,
            refused: matches!(admission, Some(Admission::Refused { .. })),
        });
        let back_ms = self.now_ms + self.way.there_ms;
        self.push(back_ms, place, Event::Answer(id, outcome, percent, want));
    }

    fn served(&mut self, place: usize, effect: &Effect) -> Outcome {
        let stale_ms = self.chance.up_to(self.way.stale_ms);
        let seen_ms = self.now_ms.saturating_sub(stale_ms);
        let truth = &mut self.counters[place].truth;
        match effect {
            Effect::IssuePass { request, .. } => {
                self.passes += 1;
                let id = PassId(format!("pass-{}", self.passes));
                let start = site::moment(self.now_ms).service;
                truth.pass = Some((id.clone(), start));
                let pass = IssuedPass {
                    id,
                    secret: PassSecret::new("measured"),
                    start,
                    lifetime_minutes: request.lifetime_minutes,
                    once: request.once,
                };
                Outcome::Issued { pass }
            }
            Effect::RemovePass { .. } => {
                truth.pass = None;
                Outcome::PassRemoved
            }
            Effect::FindPerson { .. } | Effect::ReadPerson { .. } => Outcome::Found {
                people: truth.person.clone().into_iter().collect(),
                methods: Some(truth.list(seen_ms)),
                more: false,
            },
            Effect::ReadMethods {
                wants: MethodQuery::Devices | MethodQuery::DeviceOf(_),
                ..
            } => Outcome::Devices {
                told: DeviceAnswer::Entries(truth.entries(seen_ms)),
            },
            Effect::ReadMethods { .. }
            | Effect::SignIn { .. }
            | Effect::CancelSignIn
            | Effect::ForgetOperator
            | Effect::ReadPolicies
            | Effect::Record { .. }
            | Effect::MakeHandOut { .. }
            | Effect::RebuildWindows { .. } => Outcome::Methods {
                read: truth.list(seen_ms),
            },
        }
    }

    /// Takes what the counter wants done, and notes when it wants to be woken.
    fn settle(&mut self, place: usize) {
        let now_ms = self.now_ms;
        let wishes = self.counters[place].wishes(now_ms);
        for (id, effect) in wishes {
            let there_ms = now_ms + self.way.there_ms;
            self.push(there_ms, place, Event::Arrive(id, effect));
        }
        if let Some(wake_ms) = self.counters[place].next_wake() {
            self.push(wake_ms, place, Event::Wake);
        }
    }

    fn push(&mut self, at_ms: u64, place: usize, event: Event) {
        self.ordered += 1;
        let at_ms = at_ms.max(self.now_ms);
        self.events.insert((at_ms, self.ordered), (place, event));
    }
}

fn refusal(want: Want, retry_after_s: u64) -> Outcome {
    let seconds = u32::try_from(retry_after_s).unwrap_or(u32::MAX);
    let trouble = Trouble::new(TroubleCode::Throttled).number("seconds", seconds);
    match want {
        Want::Find => Outcome::FindFailed { trouble },
        Want::Issue => Outcome::IssueNotSent { trouble },
        Want::Read { .. } | Want::Remove => Outcome::Failed {
            trouble,
            retry_after_s: Some(seconds),
        },
    }
}

/// For how long a refusal asks.
fn quiet(outcome: &Outcome) -> Option<u64> {
    let trouble = match outcome {
        Outcome::FindFailed { trouble }
        | Outcome::IssueNotSent { trouble }
        | Outcome::Failed { trouble, .. } => trouble,
        Outcome::SignedIn { .. }
        | Outcome::SignInFailed { .. }
        | Outcome::Policies { .. }
        | Outcome::Found { .. }
        | Outcome::Methods { .. }
        | Outcome::Devices { .. }
        | Outcome::Recorded
        | Outcome::RecordFailed
        | Outcome::Issued { .. }
        | Outcome::IssueRefused { .. }
        | Outcome::IssueUncertain { .. }
        | Outcome::PassRemoved
        | Outcome::HandOutMade { .. } => return None,
    };
    match trouble.args.get("seconds") {
        Some(onboarding::Arg::Number(seconds)) => u64::try_from(*seconds).ok(),
        Some(onboarding::Arg::Text(_)) | None => None,
    }
}

/// The service's clock, for passes.
pub(crate) fn service_ms(at_ms: u64) -> ServiceTime {
    site::moment(at_ms).service
}
