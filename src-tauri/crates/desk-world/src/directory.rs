//! What the directory holds, and what it does when it is asked.

use onboarding::{
    DeviceAnswer, EffectFailure, IssueAnswer, IssuePermit, IssuedPass, Method, MethodQuery,
    MethodRead, Mono, Now, PassId, PassRequest, PassSecret, PeopleFound, Person, PersonQuery,
    ServiceTime, Trouble, TroubleCode, UserId, VisitId,
};

use crate::World;
use crate::sample;
use crate::true_pass::TruePass;

impl World {
    /// Somebody elsewhere makes a pass.
    pub fn foreign_pass(&mut self, user: &UserId, made: ServiceTime) -> PassId {
        let at = Now {
            mono: Mono(0),
            service: made,
            confirmed: true,
        };
        self.make(user, at, 60, false, None).id.clone()
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

    /// What the directory lists at this time.
    #[must_use]
    pub fn list(&self, user: &UserId, at: Now) -> MethodRead {
        let mut methods: Vec<_> = self.methods(user, at).cloned().collect();
        let pass = self
            .passes
            .iter()
            .rev()
            .find(|pass| &pass.user == user && !pass.gone && pass.from <= at.mono);
        methods.extend(
            pass.map(|pass| sample::listed(&pass.id, pass.made, pass.minutes, pass.reason(at))),
        );
        MethodRead { methods }
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

    pub(crate) fn find(&self, query: &PersonQuery, at: Now) -> PeopleFound {
        let hit = |person: &&Person| match query {
            PersonQuery::Upn(upn) => &person.upn == upn,
            PersonQuery::Name(name) => person.name.contains(name),
        };
        let people: Vec<_> = self.people.values().filter(hit).cloned().collect();
        let methods = match people.as_slice() {
            [one] => Some(self.list(&one.id, at)),
            _ => None,
        };
        PeopleFound {
            people,
            methods,
            more: false,
        }
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
        IssueAnswer::Issued(IssuedPass {
            id: made.id.clone(),
            secret: PassSecret::new(&made.value),
            start: made.made,
            lifetime_minutes: made.minutes,
            once: made.once,
        })
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
            visit,
        })
    }

    pub(crate) fn remove(&mut self, id: &PassId) -> Result<(), EffectFailure> {
        for pass in self.passes.iter_mut().filter(|pass| &pass.id == id) {
            assert!(
                pass.visit.is_some() || self.agreed.contains(&pass.user),
                "a pass was removed without a yes"
            );
            pass.gone = true;
        }
        Ok(())
    }
}
