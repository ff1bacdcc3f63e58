//! What the tenant says of passkeys, in the visit's own words.

use onboarding::{Answer, EffectId, PasskeyOffer, PasskeyProfile, PasskeyRules, PasskeyTarget};

use crate::drive::Driver;
use crate::perform::GraphEffects;

impl Driver {
    pub(crate) fn read_passkey_rules(&self, id: EffectId) {
        let graph = self.graph_effects();
        self.spawn(id, async move {
            Answer::PasskeyRules(graph.passkey_rules().await)
        });
    }
}

impl GraphEffects {
    /// Reading the rules takes a role besides the right: without them nothing is held up.
    async fn passkey_rules(self) -> Option<PasskeyRules> {
        let session = self.session.as_ref()?;
        match session.passkey_policy().await {
            Ok(policy) => Some(rules(policy)),
            Err(error) => {
                tracing::info!(?error.kind, "the tenant's rules for passkeys could not be read");
                None
            }
        }
    }
}

fn rules(policy: entra::PasskeyPolicy) -> PasskeyRules {
    let profile = |profile: entra::PasskeyProfile| PasskeyProfile {
        ios: profile.ios,
        android: profile.android,
        both_kinds: profile.both_kinds,
    };
    let target = |target: entra::PasskeyTarget| PasskeyTarget {
        id: target.id,
        profiles: target.profiles.into_iter().map(profile).collect(),
    };
    PasskeyRules {
        enabled: policy.enabled,
        self_service: policy.self_service,
        excluded: policy.excluded,
        targets: policy.targets.into_iter().map(target).collect(),
        offer: match policy.campaign {
            Some(entra::Campaign::NotForPasskeys) => PasskeyOffer::None,
            Some(entra::Campaign::Offers) => PasskeyOffer::Skippable,
            Some(entra::Campaign::Insists) => PasskeyOffer::Insists,
            None => PasskeyOffer::CannotTell,
        },
    }
}
