//! What the operator's token allows, by a fresh one.

use onboarding::{Answer, EffectFailure, EffectId, Rights};

use crate::drive::Driver;
use crate::perform::{GraphEffects, signed_out};
use crate::translate;

impl Driver {
    pub(crate) fn renew_rights(&self, id: EffectId) {
        let graph = self.graph_effects();
        let clock = self.ports.clock.clone();
        self.spawn(id, async move {
            let rights = graph.renew_rights(&|| clock.mono_ms()).await;
            Answer::Rights(rights)
        });
    }

    pub(crate) fn read_policies(&self, id: EffectId) {
        let graph = self.graph_effects();
        self.spawn(id, async move { Answer::Policies(graph.policies().await) });
    }
}

impl GraphEffects {
    /// A fresh token, and the roles that are active now.
    async fn renew_rights(
        self,
        mono_ms: &(dyn Fn() -> u64 + Sync),
    ) -> Result<Rights, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let renewed = session.renew_now().await;
        renewed.map_err(|error| translate::failed(&error))?;
        let roles = session.my_roles().await;
        Ok(translate::rights(session, roles, mono_ms()))
    }
}
