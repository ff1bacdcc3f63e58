//! What the directory proves, light by light, against the baseline taken before the pass.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::directory::{Method, MethodRead, PassReason};
use crate::effect::{EffectId, RegisteredKind};
use crate::ids::PassId;
use crate::plan::Plan;
use crate::policy::DoneLight;
use crate::time::{Mono, ServiceTime};

/// One fact the directory can show. Order is the order they are expected in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    PassUsable,
    PassEntered,
    AuthenticatorAdded,
    PhoneSignInReady,
    PasskeyReady,
}

impl Light {
    /// All lights in the order they are expected.
    pub const ALL: [Self; 5] = [
        Self::PassUsable,
        Self::PassEntered,
        Self::AuthenticatorAdded,
        Self::PhoneSignInReady,
        Self::PasskeyReady,
    ];
}

/// The live check of one visit. A light once lit stays lit.
#[derive(Debug, Default)]
pub(crate) struct Live {
    pub(crate) lit: BTreeSet<Light>,
    pub(crate) device_name: Option<String>,
    /// The directory's id of the method that proves it.
    pub(crate) method: Option<String>,
    /// The first of two agreeing reads was seen.
    pub(crate) confirming: Option<RegisteredKind>,
    pub(crate) registered: Option<RegisteredKind>,
    /// The look that is under way.
    pub(crate) look: Option<Look>,
    pub(crate) next_look: Option<Mono>,
    /// The next look is one that goes before polling: a person asked for it, or it confirms what was just seen.
    pub(crate) asked: bool,
    pub(crate) plan: Plan,
    pub(crate) paused_since: Option<ServiceTime>,
    /// The directory said that the pass was used.
    pub(crate) spent: bool,
    seen_pass: bool,
    missing_reads: u8,
}

/// One look at the directory that is under way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) effect: EffectId,
    pub(crate) asked: bool,
    pub(crate) sent: Mono,
}

/// Reads without a pass that was there before, until it is taken for entered.
const MISSING_READS: u8 = 3;

/// What one read brought that was not known before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    pub(crate) lights: Vec<Light>,
    pub(crate) registered: Option<RegisteredKind>,
    /// This very read shows a registration that counts.
    pub(crate) proven: bool,
}

impl Live {
    /// A new pass is waited for: what was seen of the old one no longer counts.
    pub(crate) fn expect_pass(&mut self) {
        self.lit.remove(&Light::PassUsable);
        self.lit.remove(&Light::PassEntered);
        self.spent = false;
        self.plan = Plan::default();
        self.seen_pass = false;
        self.missing_reads = 0;
    }

    /// Weighs one read against the baseline.
    pub(crate) fn weigh(
        &mut self,
        read: &MethodRead,
        baseline: &MethodRead,
        pass: Option<&PassId>,
        done: DoneLight,
    ) -> News {
        let mut news = News::default();
        self.weigh_pass(read, pass, &mut news);
        let mut proof = None;
        for method in &read.methods {
            match method {
                Method::Authenticator { device_name, .. } => {
                    let ready = phone_sign_in(method);
                    if known(method, baseline) && (!ready || was_ready(method, baseline)) {
                        continue;
                    }
                    self.light(Light::AuthenticatorAdded, &mut news);
                    if device_name.is_some() {
                        self.device_name.clone_from(device_name);
                    }
                    if ready {
                        self.light(Light::PassEntered, &mut news);
                        self.light(Light::PhoneSignInReady, &mut news);
                        if done != DoneLight::Passkey {
                            proof = Some(RegisteredKind::PhoneSignIn);
                            self.method = id(method).map(str::to_owned);
                        }
                    }
                }
                Method::Passkey {
                    in_authenticator: true,
                    ..
                } if !known(method, baseline) => {
                    self.light(Light::PassEntered, &mut news);
                    self.light(Light::PasskeyReady, &mut news);
                    if done != DoneLight::PhoneSignIn && proof.is_none() {
                        proof = Some(RegisteredKind::Passkey);
                        self.method = id(method).map(str::to_owned);
                    }
                }
                Method::Passkey { .. }
                | Method::Pass(_)
                | Method::Password
                | Method::Other { .. } => {}
            }
        }
        news.proven = proof.is_some();
        self.confirm(proof, &mut news);
        news
    }

    fn weigh_pass(&mut self, read: &MethodRead, pass: Option<&PassId>, news: &mut News) {
        let Some(id) = pass else { return };
        match read.pass().filter(|listed| &listed.id == id) {
            Some(listed) => {
                self.seen_pass = true;
                self.missing_reads = 0;
                if listed.usable {
                    self.light(Light::PassUsable, news);
                }
                if listed.reason == PassReason::Used {
                    self.spent = true;
                    self.light(Light::PassEntered, news);
                }
            }
            None if self.seen_pass => {
                self.missing_reads = self.missing_reads.saturating_add(1);
                if self.missing_reads >= MISSING_READS {
                    self.light(Light::PassEntered, news);
                }
            }
            None => {}
        }
    }

    fn confirm(&mut self, proof: Option<RegisteredKind>, news: &mut News) {
        if self.registered.is_some() {
            return;
        }
        if proof.is_some() && self.confirming == proof {
            self.registered = proof;
            news.registered = proof;
        }
        if proof.is_some() {
            self.confirming = proof;
        }
    }

    fn light(&mut self, light: Light, news: &mut News) {
        if self.lit.insert(light) {
            news.lights.push(light);
        }
    }
}

/// Whether an Authenticator entry is registered for phone sign-in, not only for notifications.
pub(crate) fn phone_sign_in(method: &Method) -> bool {
    match method {
        Method::Authenticator {
            created, device_id, ..
        } => created.is_some() || device_id.is_some(),
        Method::Passkey { .. } | Method::Pass(_) | Method::Password | Method::Other { .. } => false,
    }
}

fn id(method: &Method) -> Option<&str> {
    match method {
        Method::Authenticator { id, .. } | Method::Passkey { id, .. } => Some(id),
        Method::Pass(_) | Method::Password | Method::Other { .. } => None,
    }
}

fn known(method: &Method, baseline: &MethodRead) -> bool {
    baseline.methods.iter().any(|old| id(old) == id(method))
}

fn was_ready(method: &Method, baseline: &MethodRead) -> bool {
    baseline
        .methods
        .iter()
        .any(|old| id(old) == id(method) && phone_sign_in(old))
}
