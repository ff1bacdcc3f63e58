//! What the directory proves, light by light, against the baseline taken before the pass.

use std::collections::{BTreeMap, BTreeSet};

use crate::light::Light;
use crate::person::directory::{KnownPass, Method, MethodRead, OtherKind};
use crate::policy::{DoneLight, OldApp};
use crate::reading::{DeviceAnswer, MethodQuery};
use crate::record::RegisteredKind;
use crate::registration::agreement::{Agreement, Proof};
use crate::registration::devices::old_app;
use crate::registration::identity::{date, finished, id, known, lacks, lists, was_ready};
use crate::registration::pass_traces::{Listed, PassTraces, WaitedFor, ours_in};
use crate::registration::rivals::Rivals;
use crate::registration::routes::{Routes, Telling};
use crate::registration::strays::Strays;
use crate::time::ServiceTime;
use crate::trouble::TroubleCode;

/// What is proven of one visit's registration. A light once lit stays lit.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) lit: BTreeSet<Light>,
    pub(crate) device_name: Option<String>,
    pub(crate) registered: Option<RegisteredKind>,
    /// The id of the method that was.
    pub(crate) registered_entry: Option<String>,
    pub(crate) agreement: Agreement,
    pub(crate) pass: PassTraces,
    pub(crate) phone: Phone,
    pub(crate) routes: Routes,
    /// The Authenticator entry that has a date, and whose device the next look asks for.
    pub(crate) ask_device_of: Option<String>,
    /// The entries that have a date and no device, as the last list told them.
    dated: Vec<String>,
    /// Those of them of which it was said that they have none, while others were not asked for theirs yet.
    lacking: BTreeSet<String>,
    /// When the first pass of the visit began: what is dated later was done with it.
    since: Option<ServiceTime>,
    /// Something else that was registered, and proves nothing here.
    pub(crate) also: Option<Also>,
    /// The new entry's app is one of the versions known to be bad.
    pub(crate) old_app: Option<String>,
    /// What is new and was there before the pass was in sight.
    pub(crate) strays: Strays,
    /// Of what it is not known yet which one is the person's.
    pub(crate) rivals: Rivals,
    /// The Authenticator entries that are new, and the names of their phones.
    pub(crate) entries: BTreeMap<String, Option<String>>,
}

/// Whether a device can still prove that the phone of an entry with a date is ready.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phone {
    #[default]
    Provable,
    /// The entry has no device, or nobody can be asked where dates prove nothing.
    Unprovable,
}

/// What a read is looked through for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aim<'a> {
    /// What ends the live check.
    pub(crate) done: DoneLight,
    pub(crate) old_apps: &'a [OldApp],
}

impl Aim<'_> {
    fn phone_counts(self) -> bool {
        self.done != DoneLight::Passkey
    }

    pub(crate) fn passkey_counts(self) -> bool {
        self.done != DoneLight::PhoneSignIn
    }
}

/// Something that was registered instead, or besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Also {
    /// A passkey that does not lie in Authenticator, by its name.
    OtherPasskey(Option<String>),
    /// An app that shows codes and nothing else.
    CodesOnly,
}

/// What one read brought that was not known before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    pub(crate) lights: Vec<Light>,
    pub(crate) registered: Option<Proof>,
    /// This very read shows a registration that counts.
    pub(crate) proven: bool,
    /// This very read shows another pass in the place of ours.
    pub(crate) doubted: bool,
    /// This way of asking was refused: another one comes soon.
    pub(crate) elsewhere: bool,
    /// The pass that took the place of ours, once that is certain.
    pub(crate) replaced_by: Option<KnownPass>,
}

impl Evidence {
    /// A new pass is waited for: what was seen of the old one no longer counts.
    pub(crate) fn expect_pass(&mut self) {
        let usable = self.lit.remove(&Light::PassUsable);
        let entered = self.lit.remove(&Light::PassEntered);
        self.pass.renewed |= usable || entered;
        // Also what an entry that is there already becomes later may be the earlier pass's work.
        self.pass.start_over(self.entries.keys());
        self.agreement.excuse();
    }

    /// Something else counts from now on: what was seen once for the other aim is no longer waited for.
    pub(crate) fn aim_anew(&mut self) {
        self.agreement = Agreement::Open;
    }

    /// Whether a device was seen with an entry, which proves phone sign-in; a date alone only makes it probable.
    pub(crate) fn device_seen(&self) -> bool {
        self.lit.contains(&Light::DeviceRegistered)
    }

    /// Evaluates one read against the baseline.
    pub(crate) fn evaluate(
        &mut self,
        read: &MethodRead,
        asked: &MethodQuery,
        baseline: &MethodRead,
        pass: Option<WaitedFor<'_>>,
        aim: Aim<'_>,
    ) -> News {
        let mut news = News::default();
        self.ask_device_of = None;
        self.routes.answered(asked);
        self.forgive();
        if let Some(pass) = pass {
            self.since = Some(self.since.map_or(pass.start, |since| since.min(pass.start)));
        }
        if let Some(pass) = pass.filter(|_| asked.shows_passes()) {
            let (before, listed) = (self.pass.replaced(), ours_in(read, baseline, pass));
            for light in self.pass.take(listed) {
                self.light(light, &mut news);
            }
            if let Listed::Another(other) = listed
                && !before
            {
                news.doubted = !self.pass.replaced();
                news.replaced_by = self.pass.replaced().then(|| other.clone());
            }
        }
        if *asked != MethodQuery::Everything {
            self.pass.not_listed();
        }
        self.evaluate_others(read, baseline);
        let mut proofs = self.evaluate_phones(read, baseline, aim, &mut news);
        proofs.extend(self.evaluate_passkeys(read, baseline, aim, &mut news));
        if self.rivals.open(RegisteredKind::PhoneSignIn) {
            // Whichever is asked for its device, that does not say in whose hand it is.
            self.ask_device_of = None;
        }
        if let Some(dated) = &self.ask_device_of
            && proofs.is_empty()
            && self.phone != Phone::Unprovable
        {
            news.proven = true;
            // The device is the second of two agreeing reads.
            self.agreement.see(Proof::phone(dated));
            return news;
        }
        self.confirm(proofs, asked, &mut news);
        news
    }

    /// Evaluates what the service says of devices; `asked` is what it was asked.
    pub(crate) fn evaluate_devices(
        &mut self,
        told: &DeviceAnswer,
        asked: &MethodQuery,
        baseline: &MethodRead,
        aim: Aim<'_>,
    ) -> News {
        let mut news = News::default();
        let dated = self.ask_device_of.take();
        let proofs = match told {
            DeviceAnswer::NotOffered => {
                self.routes.refused(asked, TroubleCode::Unexpected);
                news.elsewhere = dated.is_none();
                self.ask_elsewhere(dated, &mut news);
                return news;
            }
            DeviceAnswer::Of(None) => {
                self.routes.answered(asked);
                self.lacking.extend(dated.clone());
                // Each entry that is newly dated is asked for its own, before any is said to have none.
                self.ask_device_of = self.not_asked_yet();
                news.proven = self.ask_device_of.is_some();
                if self.ask_device_of.is_none() {
                    self.lacking.clear();
                    self.lacks_device(asked);
                }
                Vec::new()
            }
            DeviceAnswer::Of(Some(_)) => {
                self.routes.answered(asked);
                self.routes.told_device(asked);
                let entry = dated.as_deref().unwrap_or_default();
                self.has_device(entry, &mut news);
                vec![Proof::phone(entry)]
            }
            DeviceAnswer::Entries(read) => {
                if dated.as_ref().is_some_and(|entry| !lists(read, entry)) {
                    // A copy that knows nothing of the entry says nothing of its device.
                    self.routes.failed(asked, TroubleCode::NotFound);
                    self.ask_elsewhere(dated, &mut news);
                    return news;
                }
                self.routes.answered(asked);
                if dated.is_none() {
                    self.forgive();
                }
                let proofs = self.evaluate_phones(read, baseline, aim, &mut news);
                if !proofs.is_empty() {
                    self.routes.told_device(asked);
                }
                let undated = self.ask_device_of.clone().or(dated.clone());
                if undated.is_some_and(|entry| lacks(read, &entry)) {
                    self.lacks_device(asked);
                }
                proofs
            }
        };
        if self.rivals.open(RegisteredKind::PhoneSignIn) {
            self.ask_device_of = None;
            return news;
        }
        self.ask_again(proofs, dated, (asked, aim), &mut news);
        news
    }

    /// What was seen once is asked once more in the same way; what was not told, in another.
    fn ask_again(
        &mut self,
        proofs: Vec<Proof>,
        dated: Option<String>,
        (asked, aim): (&MethodQuery, Aim<'_>),
        news: &mut News,
    ) {
        let counts = aim.phone_counts() && self.device_seen();
        self.confirm(if counts { proofs } else { Vec::new() }, asked, news);
        let again = self.registered.is_none() && (news.proven || self.phone == Phone::Provable);
        let seen = self.agreement.seen().filter(|_| news.proven);
        let seen = seen.map(|proof| proof.method.clone());
        let as_list = dated.is_none();
        let entry = self.ask_device_of.take().or(dated).or(seen);
        let entry = entry.filter(|_| again || as_list);
        news.proven |= again && entry.is_some() && aim.phone_counts();
        self.ask_device_of = entry;
    }

    /// What one way did not tell is asked in another at once; where nobody is left, a list is looked at.
    fn ask_elsewhere(&mut self, dated: Option<String>, news: &mut News) {
        news.proven = dated.is_some();
        self.ask_device_of = dated.filter(|entry| self.routes.device(entry).is_some());
    }

    /// The Authenticator entries that are new, or were made ready; what they prove.
    fn evaluate_phones(
        &mut self,
        read: &MethodRead,
        baseline: &MethodRead,
        aim: Aim<'_>,
        news: &mut News,
    ) -> Vec<Proof> {
        let mut proofs = Vec::new();
        self.dated.clear();
        for method in &read.methods {
            let Method::Authenticator {
                id,
                device_name,
                created,
                device_id,
                ..
            } = method
            else {
                continue;
            };
            if self.is_old(method, baseline) || self.proves_nothing(id) {
                continue;
            }
            self.entries.insert(id.clone(), device_name.clone());
            self.light(Light::AuthenticatorAdded, news);
            if device_name.is_some() {
                self.device_name.clone_from(device_name);
            }
            self.old_app = old_app(method, aim.old_apps).map(str::to_owned);
            if device_id.is_some() {
                self.has_device(id, news);
            } else if created.is_some() {
                self.entered_for(id, news);
                if aim.phone_counts() && self.routes.telling() != Telling::Nobody {
                    self.ask_of(id);
                    continue;
                }
                self.light(Light::PhoneSignInReady, news);
            } else {
                continue;
            }
            if aim.phone_counts() {
                proofs.push(Proof::phone(id));
            }
        }
        proofs
    }

    /// The passkeys in Authenticator that are new.
    fn evaluate_passkeys(
        &mut self,
        read: &MethodRead,
        baseline: &MethodRead,
        aim: Aim<'_>,
        news: &mut News,
    ) -> Vec<Proof> {
        let mut proofs = Vec::new();
        for method in &read.methods {
            if let Method::Passkey {
                id,
                in_authenticator: true,
                ..
            } = method
                && !known(method, baseline)
                && !self.proves_nothing(id)
            {
                self.entered_for(id, news);
                self.light(Light::PasskeyReady, news);
                if aim.passkey_counts() {
                    proofs.push(Proof {
                        kind: RegisteredKind::Passkey,
                        method: id.clone(),
                    });
                }
            }
        }
        proofs
    }

    /// What else is new, by what it is.
    fn evaluate_others(&mut self, read: &MethodRead, baseline: &MethodRead) {
        for method in &read.methods {
            let also = match method {
                Method::Passkey {
                    in_authenticator: false,
                    name,
                    ..
                } if !known(method, baseline) => Also::OtherPasskey(name.clone()),
                Method::Other {
                    kind: OtherKind::Codes,
                    ..
                } if !known(method, baseline) => Also::CodesOnly,
                Method::Passkey { .. }
                | Method::Authenticator { .. }
                | Method::Pass(_)
                | Method::Password
                | Method::Other { .. } => continue,
            };
            self.also = Some(also);
        }
    }

    fn has_device(&mut self, entry: &str, news: &mut News) {
        self.phone = Phone::Provable;
        self.light(Light::AuthenticatorAdded, news);
        self.entered_for(entry, news);
        self.light(Light::DeviceRegistered, news);
        self.light(Light::PhoneSignInReady, news);
    }

    /// The device of this entry proves it. Where nobody who can be asked has one, there is nothing to look for at once.
    fn ask_of(&mut self, entry: &str) {
        if self.routes.telling() == Telling::None {
            self.phone = Phone::Unprovable;
        }
        self.dated.push(entry.to_owned());
        let next = self.not_asked_yet().unwrap_or_else(|| entry.to_owned());
        self.ask_device_of = Some(next).filter(|entry| self.routes.device(entry).is_some());
    }

    /// The latest of the dated entries of which nothing was said.
    fn not_asked_yet(&self) -> Option<String> {
        let mut dated = self.dated.iter().rev();
        dated.find(|entry| !self.lacking.contains(*entry)).cloned()
    }

    /// The baseline's list says nothing of devices: only a date that was not there makes an old entry new.
    fn is_old(&self, method: &Method, baseline: &MethodRead) -> bool {
        let ready = date(method).is_none() || was_ready(method, baseline);
        known(method, baseline) && ready && !self.is_dated_anew(method, baseline)
    }

    fn proves_nothing(&self, method: &str) -> bool {
        self.strays.has(method) || self.rivals.not_it(method)
    }

    /// Which of several that this read has finished is the person's is asked, before any of them is proven.
    pub(crate) fn note_rivals(
        &mut self,
        read: &MethodRead,
        asked: &MethodQuery,
        baseline: &MethodRead,
        aim: Aim<'_>,
    ) {
        if self.registered.is_some() {
            return self.rivals.forget();
        }
        let kinds = [
            (RegisteredKind::PhoneSignIn, aim.phone_counts()),
            (RegisteredKind::Passkey, aim.passkey_counts()),
        ];
        for (kind, counts) in kinds {
            if counts && asked.shows(kind) {
                let methods = read.methods.iter();
                let new = methods.filter(|method| finished(method) == Some(kind));
                let new = new
                    .filter(|method| !self.is_old(method, baseline))
                    .filter_map(id);
                let new: Vec<_> = new.filter(|id| !self.strays.has(id)).collect();
                self.rivals.note(kind, &new);
            }
        }
    }

    /// The same entry with a later date, of a time when a pass of this visit could be entered: an app that was set up
    /// again. Another date alone may be another list's opinion of an old one.
    fn is_dated_anew(&self, method: &Method, baseline: &MethodRead) -> bool {
        let (Some(now), Some(since)) = (date(method), self.since) else {
            return false;
        };
        let same = |old: &&Method| id(old) == id(method);
        let before = baseline.methods.iter().find(same).and_then(date);
        before.is_some_and(|before| now > before && now >= since)
    }

    /// Where a phone could not be proven, those that only did not answer are asked once more with every list.
    fn forgive(&mut self) {
        if self.phone == Phone::Unprovable {
            self.routes.forgive();
        }
    }

    /// Everybody who can be asked is believed when they say it twice.
    fn lacks_device(&mut self, asked: &MethodQuery) {
        self.routes.told_none(asked);
        if self.routes.telling() == Telling::None {
            self.phone = Phone::Unprovable;
            self.agreement.drop_seen();
        }
    }

    /// A method that can only be there because a pass was entered; the present one, if it is seen for the first time.
    fn entered_for(&mut self, method: &str, news: &mut News) {
        if self.pass.tells(method) {
            self.light(Light::PassEntered, news);
        }
    }

    /// Two reads must show the same.
    fn confirm(&mut self, proofs: Vec<Proof>, asked: &MethodQuery, news: &mut News) {
        let asked_about = !proofs.is_empty();
        let proofs = self.rivals.settled(proofs);
        news.proven = !proofs.is_empty();
        if self.registered.is_some() || (asked_about && proofs.is_empty()) {
            return;
        }
        if let Some(agreed) = self.agreement.take(proofs, asked) {
            if let Some(Some(name)) = self.entries.get(&agreed.method) {
                self.device_name = Some(name.clone());
            }
            self.registered = Some(agreed.kind);
            self.registered_entry = Some(agreed.method.clone());
            news.registered = Some(agreed);
        }
    }

    fn light(&mut self, light: Light, news: &mut News) {
        // Whatever is registered then was not done with our pass.
        if light == Light::PassEntered && self.pass.replaced() {
            return;
        }
        if self.lit.insert(light) {
            news.lights.push(light);
        }
    }
}
