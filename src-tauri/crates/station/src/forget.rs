//! What is forgotten of an operator, and what is remembered.

use crate::drive::Driver;

impl Driver {
    pub(crate) fn forget_operator(&mut self) {
        if let Some(session) = self.session.take() {
            let mono_ms = self.ports.clock.mono_ms();
            let demand = session.challenge();
            self.challenge.left(session.operator(), demand, mono_ms);
            session.forget();
        }
    }

    /// Opens the authority's page that signs the browser out.
    pub(crate) fn end_browser_session(&mut self) {
        self.challenge.forget();
        let Some(address) = self.browser_session.take() else {
            return;
        };
        let open = self.ports.open_browser.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = open(&address) {
                tracing::warn!(%error, "the browser's session could not be ended");
            }
        });
    }

    pub(crate) fn remember(&self, upn: String) {
        if let Some(last) = self.ports.last_operator.clone() {
            tokio::task::spawn_blocking(move || last.remember(&upn));
        }
    }
}
