//! The outside world of the tests: a directory, a record and a network that can fail. It knows the truth.

use std::collections::{BTreeMap, VecDeque};

use onboarding::{
    DeviceAnswer, Effect, EffectId, GrantedPolicy, HandOutDone, IssuedPass, Method, MethodQuery,
    MethodRead, Now, Operator, Outcome, PassId, PassReason, PassRequest, PassSecret, Person,
    PersonQuery, ServiceTime, Trouble, TroubleCode, UserId, VisitId, record::Event,
};

use crate::sample;

/// Kinds of effects, to hold back or to spoil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    SignIn,
    Policies,
    Find,
    Methods,
    Record,
    Issue,
    Remove,
    Paper,
    Unanswered,
}

/// How an answer is spoilt.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It was done and the answer got lost.
    LostAnswer,
    /// It was never done and nobody can tell.
    LostQuestion,
    /// A clear no.
    Refused(TroubleCode),
    /// Nothing left the machine.
    NotSent,
    Throttled(u32),
    Failed(TroubleCode),
}

/// A pass that was really made.
#[derive(Debug)]
pub(crate) struct TruePass {
    pub(crate) id: PassId,
    pub(crate) user: UserId,
    pub(crate) value: String,
    pub(crate) made: ServiceTime,
    pub(crate) minutes: u32,
    pub(crate) once: bool,
    pub(crate) used: bool,
    /// Removed or replaced.
    pub(crate) gone: bool,
    /// The visit that asked for it; none when someone else did.
    pub(crate) visit: Option<VisitId>,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) people: BTreeMap<UserId, Person>,
    pub(crate) methods: BTreeMap<UserId, Vec<Method>>,
    pub(crate) passes: Vec<TruePass>,
    /// What is durable.
    pub(crate) record: Vec<(Option<VisitId>, Event)>,
    /// When each entry of the record was written.
    pub(crate) times: Vec<ServiceTime>,
    pub(crate) record_fails: bool,
    /// Which entries, by name, cannot be written.
    pub(crate) unwritable: Option<&'static str>,
    pub(crate) network_down: bool,
    /// A second pass is refused instead of replacing the first.
    pub(crate) second_refused: bool,
    pub(crate) faults: VecDeque<(Kind, Fault)>,
    /// Reads that come before the truth.
    pub(crate) reads: VecDeque<MethodRead>,
    pub(crate) operator: Operator,
    pub(crate) policies: Option<GrantedPolicy>,
    /// Users whose present pass the operator agreed to replace.
    pub(crate) agreed: Vec<UserId>,
    /// When requests on methods were made, and whether somebody asked for them.
    pub(crate) requests: Vec<(u64, bool)>,
    /// The devices of Authenticator entries, which the list does not show.
    pub(crate) devices: BTreeMap<String, String>,
    /// Whether the tenant tells of devices for all entries at once, and for one.
    pub(crate) expands: bool,
    pub(crate) names_devices: bool,
    pub(crate) device_questions: Vec<MethodQuery>,
    /// What every list was to show.
    pub(crate) lists: Vec<MethodQuery>,
    made: u32,
}

impl World {
    pub(crate) fn new() -> Self {
        let people: BTreeMap<_, _> = ["1", "2", "3"]
            .map(|id| (sample::user(id), sample::person(id)))
            .into();
        let methods = people
            .keys()
            .map(|id| (id.clone(), vec![Method::Password]))
            .collect();
        Self {
            people,
            methods,
            passes: Vec::new(),
            record: Vec::new(),
            times: Vec::new(),
            record_fails: false,
            unwritable: None,
            network_down: false,
            second_refused: false,
            faults: VecDeque::new(),
            reads: VecDeque::new(),
            operator: sample::operator("op-1"),
            policies: Some(sample::granted()),
            agreed: Vec::new(),
            requests: Vec::new(),
            devices: BTreeMap::new(),
            expands: true,
            names_devices: true,
            device_questions: Vec::new(),
            lists: Vec::new(),
            made: 0,
        }
    }

    /// Somebody elsewhere makes a pass.
    pub(crate) fn foreign_pass(&mut self, user: &UserId, made: ServiceTime) -> PassId {
        self.make(user, made, 60, false, None)
    }

    /// The pass of this person that works.
    pub(crate) fn live_pass(&self, user: &UserId, at: ServiceTime) -> Option<&TruePass> {
        self.passes
            .iter()
            .rev()
            .find(|pass| &pass.user == user && pass.live(at))
    }

    /// The person types the pass on the phone.
    pub(crate) fn use_pass(&mut self, user: &UserId, at: ServiceTime) -> bool {
        let pass = self
            .passes
            .iter_mut()
            .rev()
            .find(|pass| &pass.user == user && pass.live(at));
        pass.map(|pass| pass.used = true).is_some()
    }

    pub(crate) fn add(&mut self, user: &UserId, method: Method) {
        self.methods.entry(user.clone()).or_default().push(method);
    }

    /// What the directory lists.
    pub(crate) fn list(&self, user: &UserId, at: ServiceTime) -> MethodRead {
        let mut methods = self.methods.get(user).cloned().unwrap_or_default();
        let pass = self
            .passes
            .iter()
            .rev()
            .find(|pass| &pass.user == user && !pass.gone);
        methods.extend(
            pass.map(|pass| sample::listed(&pass.id, pass.made, pass.minutes, pass.reason(at))),
        );
        MethodRead { methods }
    }

    /// Does what is asked and answers; none for what is not answered.
    pub(crate) fn answer(&mut self, effect: &Effect, now: Now) -> Option<Outcome> {
        let kind = kind(effect);
        if matches!(
            kind,
            Kind::Find | Kind::Methods | Kind::Issue | Kind::Remove
        ) {
            let polled = matches!(
                effect,
                Effect::ReadMethods {
                    asked_for: false,
                    ..
                }
            );
            self.requests.push((now.mono.0, !polled));
        }
        let fault = self
            .faults
            .iter()
            .position(|(of, _)| *of == kind)
            .and_then(|at| self.faults.remove(at));
        let fault = fault.map(|(_, fault)| fault);
        let offline = (self.network_down && kind != Kind::Record).then_some(Fault::NotSent);
        match fault.or(offline) {
            Some(fault) => self.spoilt(effect, kind, fault, now),
            None => self.done(effect, now),
        }
    }

    fn spoilt(&mut self, effect: &Effect, kind: Kind, fault: Fault, now: Now) -> Option<Outcome> {
        if matches!(fault, Fault::LostAnswer) {
            self.done(effect, now);
        }
        let (code, retry_after_s) = match fault {
            Fault::Refused(code) | Fault::Failed(code) => (code, None),
            Fault::Throttled(seconds) => (TroubleCode::Throttled, Some(seconds)),
            Fault::LostAnswer | Fault::LostQuestion | Fault::NotSent => {
                (TroubleCode::NoNetwork, None)
            }
        };
        let trouble = Trouble::new(code);
        Some(match (kind, fault) {
            (Kind::Unanswered, _) => return None,
            (Kind::SignIn, _) => Outcome::SignInFailed { trouble },
            (Kind::Policies, _) => Outcome::Policies { policy: None },
            (Kind::Find, _) => Outcome::FindFailed { trouble },
            (Kind::Record, _) => Outcome::RecordFailed,
            (Kind::Issue, Fault::LostAnswer | Fault::LostQuestion) => {
                Outcome::IssueUncertain { support: None }
            }
            (Kind::Issue, Fault::NotSent) => Outcome::IssueNotSent { trouble },
            (Kind::Issue, _) => Outcome::IssueRefused { trouble },
            (Kind::Methods | Kind::Remove | Kind::Paper, _) => Outcome::Failed {
                trouble,
                retry_after_s,
            },
        })
    }

    fn done(&mut self, effect: &Effect, now: Now) -> Option<Outcome> {
        Some(match effect {
            Effect::SignIn { .. } => Outcome::SignedIn {
                operator: self.operator.clone(),
            },
            Effect::ReadPolicies => Outcome::Policies {
                policy: self.policies,
            },
            Effect::FindPerson { query, .. } => self.find(query, now),
            Effect::ReadPerson { user, .. } => {
                let people: Vec<_> = self.people.get(user).cloned().into_iter().collect();
                Outcome::Found {
                    people,
                    methods: Some(self.list(user, now.service)),
                    more: false,
                }
            }
            Effect::ReadMethods { user, wants, .. }
                if matches!(wants, MethodQuery::Devices | MethodQuery::DeviceOf(_)) =>
            {
                Outcome::Devices {
                    told: self.devices(user, wants),
                }
            }
            Effect::ReadMethods { user, wants, .. } => {
                self.lists.push(wants.clone());
                let scripted = self.reads.pop_front();
                let read = scripted.unwrap_or_else(|| self.list(user, now.service));
                Outcome::Methods {
                    read: of_kind(read, wants),
                }
            }
            Effect::Record { visit, entry } => self.write(*visit, entry, now.service),
            Effect::IssuePass {
                visit,
                request,
                permit,
            } => {
                assert_eq!(
                    (permit.visit(), permit.user()),
                    (*visit, &request.user),
                    "a permit of another visit"
                );
                self.issue(*visit, request, now)
            }
            Effect::RemovePass { pass, .. } => self.remove(pass),
            Effect::MakeHandOut { .. } => Outcome::HandOutMade {
                done: HandOutDone::Printed,
            },
            Effect::CancelSignIn | Effect::ForgetOperator | Effect::RebuildWindows { .. } => {
                return None;
            }
        })
    }

    /// What the tenant says of devices, in the ways it has.
    fn devices(&mut self, user: &UserId, wants: &MethodQuery) -> DeviceAnswer {
        self.device_questions.push(wants.clone());
        let entry = |method: &Method| {
            let Method::Authenticator { id, .. } = method else {
                return None;
            };
            let mut method = method.clone();
            if let Method::Authenticator { device_id, .. } = &mut method {
                *device_id = self.devices.get(id).cloned();
            }
            Some(method)
        };
        let methods = self.methods.get(user).into_iter().flatten();
        match wants {
            MethodQuery::Devices if self.expands => DeviceAnswer::Entries(MethodRead {
                methods: methods.filter_map(entry).collect(),
            }),
            MethodQuery::DeviceOf(id) if self.names_devices => {
                DeviceAnswer::Of(self.devices.get(id).cloned())
            }
            MethodQuery::Everything
            | MethodQuery::Passes
            | MethodQuery::Authenticators
            | MethodQuery::Passkeys
            | MethodQuery::Devices
            | MethodQuery::DeviceOf(_) => DeviceAnswer::NotOffered,
        }
    }

    fn find(&self, query: &PersonQuery, now: Now) -> Outcome {
        let hit = |person: &&Person| match query {
            PersonQuery::Upn(upn) => &person.upn == upn,
            PersonQuery::Name(name) => person.name.contains(name),
        };
        let people: Vec<_> = self.people.values().filter(hit).cloned().collect();
        let methods = match people.as_slice() {
            [one] => Some(self.list(&one.id, now.service)),
            _ => None,
        };
        Outcome::Found {
            people,
            methods,
            more: false,
        }
    }

    fn write(&mut self, visit: Option<VisitId>, entry: &Event, at: ServiceTime) -> Outcome {
        if self.record_fails
            || self
                .unwritable
                .is_some_and(|name| format!("{entry:?}").starts_with(name))
        {
            return Outcome::RecordFailed;
        }
        self.record.push((visit, entry.clone()));
        self.times.push(at);
        Outcome::Recorded
    }

    fn issue(&mut self, visit: VisitId, request: &PassRequest, now: Now) -> Outcome {
        let user = &request.user;
        if let Some(earlier) = self.live_pass(user, now.service) {
            // I4: nobody else's pass is replaced without a yes.
            assert!(
                earlier.visit.is_some() || self.agreed.contains(user),
                "a pass was replaced without a yes"
            );
            if self.second_refused {
                return Outcome::IssueRefused {
                    trouble: Trouble::new(TroubleCode::PassExists),
                };
            }
        }
        let id = self.make(
            user,
            now.service,
            request.lifetime_minutes,
            request.once,
            Some(visit),
        );
        let made = self.passes.last().unwrap();
        let secret = PassSecret::new(&made.value);
        let (lifetime_minutes, once) = (made.minutes, made.once);
        Outcome::Issued {
            pass: IssuedPass {
                id,
                secret,
                start: now.service,
                lifetime_minutes,
                once,
            },
        }
    }

    fn make(
        &mut self,
        user: &UserId,
        made: ServiceTime,
        minutes: u32,
        once: bool,
        visit: Option<VisitId>,
    ) -> PassId {
        for earlier in self.passes.iter_mut().filter(|pass| &pass.user == user) {
            earlier.gone = true;
        }
        self.made += 1;
        let id = PassId(format!("pass-{}", self.made));
        let value = format!("Zk{}!vQ{}+w", self.made, self.made * 7);
        let (id_, user) = (id.clone(), user.clone());
        self.passes.push(TruePass {
            id: id_,
            user,
            value,
            made,
            minutes,
            once,
            used: false,
            gone: false,
            visit,
        });
        id
    }

    fn remove(&mut self, id: &PassId) -> Outcome {
        for pass in self.passes.iter_mut().filter(|pass| &pass.id == id) {
            assert!(
                pass.visit.is_some() || self.agreed.contains(&pass.user),
                "a pass was removed without a yes"
            );
            pass.gone = true;
        }
        Outcome::PassRemoved
    }

    /// Names of the durable entries, in order.
    pub(crate) fn written(&self) -> Vec<String> {
        self.record
            .iter()
            .map(|(_, entry)| entry_name(entry))
            .collect()
    }
}

impl TruePass {
    pub(crate) fn live(&self, at: ServiceTime) -> bool {
        let spent = self.once && self.used;
        !(self.gone || spent) && at < self.made.after_minutes(self.minutes)
    }

    fn reason(&self, at: ServiceTime) -> PassReason {
        match (
            self.once && self.used,
            at < self.made.after_minutes(self.minutes),
        ) {
            (true, _) => PassReason::Used,
            (false, true) => PassReason::Enabled,
            (false, false) => PassReason::Expired,
        }
    }
}

pub(crate) fn kind(effect: &Effect) -> Kind {
    match effect {
        Effect::SignIn { .. } => Kind::SignIn,
        Effect::ReadPolicies => Kind::Policies,
        Effect::FindPerson { .. } | Effect::ReadPerson { .. } => Kind::Find,
        Effect::ReadMethods { .. } => Kind::Methods,
        Effect::Record { .. } => Kind::Record,
        Effect::IssuePass { .. } => Kind::Issue,
        Effect::RemovePass { .. } => Kind::Remove,
        Effect::MakeHandOut { .. } => Kind::Paper,
        Effect::CancelSignIn | Effect::ForgetOperator | Effect::RebuildWindows { .. } => {
            Kind::Unanswered
        }
    }
}

/// `PassIntent` of `PassIntent { … }`.
pub(crate) fn entry_name(entry: &impl std::fmt::Debug) -> String {
    format!("{entry:?}")
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect()
}

/// An effect that waits for its answer.
#[derive(Debug)]
pub(crate) struct Flying {
    pub(crate) id: EffectId,
    pub(crate) effect: Effect,
}

/// `v1 IssuePass`, `v1 record PassIntent`, `SignIn`.
pub(crate) fn describe(effect: &Effect) -> String {
    let of = |visit: &VisitId| format!("v{}", visit.0);
    match effect {
        Effect::Record {
            visit: Some(visit),
            entry,
        } => format!("{} record {}", of(visit), entry_name(entry)),
        Effect::Record { visit: None, entry } => format!("record {}", entry_name(entry)),
        Effect::FindPerson { visit, .. }
        | Effect::ReadPerson { visit, .. }
        | Effect::ReadMethods { visit, .. }
        | Effect::IssuePass { visit, .. }
        | Effect::RemovePass { visit, .. }
        | Effect::MakeHandOut { visit, .. }
        | Effect::RebuildWindows { visit } => format!("{} {}", of(visit), entry_name(effect)),
        Effect::SignIn { .. }
        | Effect::CancelSignIn
        | Effect::ForgetOperator
        | Effect::ReadPolicies => entry_name(effect),
    }
}

/// What a read that asks for one kind shows of the whole list.
fn of_kind(mut read: MethodRead, wants: &MethodQuery) -> MethodRead {
    read.methods.retain(|method| match wants {
        MethodQuery::Everything | MethodQuery::Devices | MethodQuery::DeviceOf(_) => true,
        MethodQuery::Passes => matches!(method, Method::Pass(_)),
        MethodQuery::Authenticators => matches!(method, Method::Authenticator { .. }),
        MethodQuery::Passkeys => matches!(method, Method::Passkey { .. }),
    });
    read
}
