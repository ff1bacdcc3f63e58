//! What the directory holds, and what it does when it is asked.

use onboarding::{
    Answer, DeviceAnswer, IssueAnswer, IssuePermit, IssuedPass, KnownPass, Method, MethodQuery,
    MethodRead, Mono, Now, PassId, PassRemoval, PassRequest, PassSecret, PeopleFound, Person,
    PersonQuery, ServiceTime, Trouble, TroubleCode, UserId, VisitId,
};

use crate::sample;
use crate::true_pass::{HeldUp, TruePass};
use crate::{FirstRead, World};

impl World {
    /// Somebody elsewhere makes a pass.
    pub fn foreign_pass(&mut self, user: &UserId, made: ServiceTime) -> PassId {
        let at = Now {
            mono: Mono(0),
            service: made,
            confirmed: true,
        };
        self.foreign_pass_at(user, at)
    }

    /// The same at this very moment.
    pub fn foreign_pass_at(&mut self, user: &UserId, at: Now) -> PassId {
        self.foreign_pass_like(user, at, (60, false))
    }

    /// The same with this lifetime in minutes, for one use or for many.
    pub fn foreign_pass_like(
        &mut self,
        user: &UserId,
        at: Now,
        (minutes, once): (u32, bool),
    ) -> PassId {
        self.make(user, at, minutes, once, None).id.clone()
    }

    /// The pass of this person that works.
    pub fn live_pass(&self, user: &UserId, at: Now) -> Option<&TruePass> {
        self.passes
            .iter()
            .rev()
            .find(|pass| &pass.user == user && pass.live(at))
    }

    /// The person types the pass on the phone.
    pub fn use_pass(&mut self, user: &UserId, at: Now) -> bool {
        let pass = self
            .passes
            .iter_mut()
            .rev()
            .find(|pass| &pass.user == user && pass.live(at));
        pass.map(|pass| pass.used = Some(at.mono)).is_some()
    }

    /// The person gets a method.
    pub fn add(&mut self, user: &UserId, method: Method) {
        self.methods.entry(user.clone()).or_default().push(method);
    }

    /// The person gets a method at this time.
    pub fn add_from(&mut self, user: &UserId, from: Now, method: Method) {
        self.later.push((user.clone(), from, method));
    }

    /// A method other than a pass goes.
    pub(crate) fn remove_method(&mut self, user: &UserId, gone: &str) -> PassRemoval {
        let agreed = |(of, method): &(UserId, String)| (of, method.as_str()) == (user, gone);
        assert!(
            self.taken_out.agreed.iter().any(agreed),
            "a method was removed without a yes"
        );
        let stays = |method: &Method| match method {
            Method::Authenticator { id, .. }
            | Method::Passkey { id, .. }
            | Method::Other { id, .. } => id != gone,
            Method::Pass(_) | Method::Password => true,
        };
        let count = |world: &Self| world.methods.get(user).map_or(0, Vec::len) + world.later.len();
        let before = count(self);
        if let Some(methods) = self.methods.get_mut(user) {
            methods.retain(stays);
        }
        self.later
            .retain(|(of, _, method)| of != user || stays(method));
        match count(self) < before {
            true => PassRemoval::Removed,
            false => PassRemoval::NotThere,
        }
    }

    /// Whoever is signed in as the person has to sign in anew.
    pub(crate) fn end_sessions(&mut self, user: &UserId) -> Answer {
        assert!(
            self.taken_out.agreed_sessions.contains(user),
            "sessions were ended without a yes"
        );
        self.taken_out.ended.push(user.clone());
        Answer::SessionsEnded(Ok(()))
    }

    /// What the directory lists at this time.
    #[must_use]
    pub fn list(&self, user: &UserId, at: Now) -> MethodRead {
        let mut methods: Vec<_> = self.methods(user, at).cloned().collect();
        let of_user = |pass: &&TruePass| &pass.user == user && pass.listed(at);
        let pass = self.passes.iter().rev().find(of_user);
        methods.extend(pass.map(|pass| {
            let method = sample::listed(&pass.id, pass.made, pass.minutes, pass.reason(at));
            match method {
                Method::Pass(known) => Method::Pass(KnownPass {
                    once: Some(pass.once),
                    ..known
                }),
                other @ (Method::Authenticator { .. }
                | Method::Passkey { .. }
                | Method::Password
                | Method::Other { .. }) => other,
            }
        }));
        MethodRead {
            methods,
            partial: false,
            unread: false,
        }
    }

    fn methods<'a>(&'a self, user: &'a UserId, at: Now) -> impl Iterator<Item = &'a Method> {
        let later = self
            .later
            .iter()
            .filter(move |(of, from, _)| of == user && from.mono <= at.mono);
        let now = self.methods.get(user).into_iter().flatten();
        now.chain(later.map(|(_, _, method)| method))
    }

    /// What the tenant says of devices, in the ways it has.
    pub(crate) fn devices(&mut self, user: &UserId, wants: &MethodQuery, at: Now) -> DeviceAnswer {
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
        let methods = self.methods(user, at);
        match wants {
            MethodQuery::Devices if self.expands => DeviceAnswer::Entries(MethodRead {
                methods: methods.filter_map(entry).collect(),
                partial: false,
                unread: false,
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

    /// What is read with somebody who was looked for.
    pub(crate) fn found_with(&self, user: &UserId, at: Now) -> MethodRead {
        let mut read = self.list(user, at);
        if self.finds == FirstRead::Nothing {
            return MethodRead {
                partial: true,
                unread: true,
                ..MethodRead::default()
            };
        }
        if self.finds == FirstRead::Kinds {
            let listed = |method: &Method| match method {
                Method::Pass(_) | Method::Authenticator { .. } | Method::Passkey { .. } => true,
                Method::Password | Method::Other { .. } => false,
            };
            read.methods.retain(listed);
            read.partial = true;
        }
        read
    }

    pub(crate) fn find(&self, query: &PersonQuery, at: Now) -> PeopleFound {
        let hit = |person: &&Person| match query {
            PersonQuery::Upn(upn) => &person.upn == upn,
            PersonQuery::Name(name) => name.spellings().any(|name| person.name.contains(name)),
        };
        let hits = self.people.values().filter(hit);
        let people: Vec<_> = hits.map(|person| self.shown(person)).collect();
        let methods = match people.as_slice() {
            [one] => Some(self.found_with(&one.id, at)),
            _ => None,
        };
        PeopleFound {
            people,
            methods,
            more: false,
            belonging: self.belonging.clone(),
        }
    }

    /// Somebody who is already named.
    pub(crate) fn one(&self, user: &UserId, at: Now) -> PeopleFound {
        let people = self.people.get(user).map(|person| self.shown(person));
        PeopleFound {
            people: people.into_iter().collect(),
            methods: Some(self.found_with(user, at)),
            more: false,
            belonging: self.belonging.clone(),
        }
    }

    /// With the roll among their groups, where the directory tells groups.
    pub(crate) fn shown(&self, person: &Person) -> Person {
        let mut person = person.clone();
        if self.roll.contains(&person.id)
            && let Some(groups) = &mut person.groups
        {
            groups.push(sample::ROLL.to_owned());
        }
        person
    }

    pub(crate) fn issue(
        &mut self,
        permit: &IssuePermit,
        request: &PassRequest,
        now: Now,
    ) -> IssueAnswer {
        let user = permit.user();
        if let Some(earlier) = self.live_pass(user, now) {
            // I4: nobody else's pass is replaced without a yes.
            assert!(
                earlier.visit.is_some() || self.agreed.contains(user),
                "a pass was replaced without a yes"
            );
            if self.second_refused {
                return IssueAnswer::Refused(Trouble::new(TroubleCode::PassExists));
            }
        }
        let made = self.make(
            user,
            now,
            request.lifetime_minutes,
            request.once,
            Some(permit.visit()),
        );
        let mut said = IssuedPass {
            id: made.id.clone(),
            secret: PassSecret::new(&made.value),
            start: made.made,
            lifetime_minutes: made.minutes,
            once: made.once,
        };
        if let Some(misstate) = self.misstates {
            misstate(&mut said);
        }
        IssueAnswer::Issued(said)
    }

    fn make(
        &mut self,
        user: &UserId,
        at: Now,
        minutes: u32,
        once: bool,
        visit: Option<VisitId>,
    ) -> &TruePass {
        for earlier in self.passes.iter_mut().filter(|pass| &pass.user == user) {
            earlier.gone_from.get_or_insert(at.mono);
            earlier.gone = true;
        }
        self.made += 1;
        let id = PassId(format!("pass-{}", self.made));
        let value = format!("Zk{}!vQ{}+w", self.made, self.made * 7);
        self.passes.push_mut(TruePass {
            id,
            user: user.clone(),
            value,
            made: at.service,
            from: at.mono,
            minutes,
            once,
            used: None,
            gone: false,
            gone_from: None,
            visit,
        })
    }

    /// Where the copy that is asked is behind it knows nothing of a new pass, says so, and changes nothing.
    pub(crate) fn remove(&mut self, id: &PassId, now: Now, seen: Now) -> PassRemoval {
        let agreed = &self.agreed;
        let there = |pass: &&mut TruePass| &pass.id == id && !pass.gone && pass.listed(seen);
        match self.passes.iter_mut().find(there) {
            Some(pass) => {
                assert!(
                    pass.visit.is_some() || agreed.contains(&pass.user),
                    "a pass was removed without a yes"
                );
                pass.gone = true;
                pass.gone_from = Some(now.mono);
                PassRemoval::Removed
            }
            None => PassRemoval::NotThere,
        }
    }

    /// What was held up on its way and is there by now takes effect.
    pub fn arrive(&mut self, now: Now) {
        let due = |held: &mut HeldUp| held.at <= now.mono;
        let arrived: Vec<_> = self.held_up.extract_if(.., due).collect();
        for held in arrived {
            let ago = i64::try_from(now.mono.0 - held.at.0).unwrap_or(i64::MAX);
            let at = Now {
                mono: held.at,
                service: now.service.after_ms(-ago),
                confirmed: true,
            };
            let visit = Some(held.visit);
            self.make(&held.user, at, held.minutes, held.once, visit);
        }
    }
}
