//! Letters are sent beside everything else.

use onboarding::{Answer, EffectId, LetterWanted};

use crate::drive::Driver;
use crate::mail_out::Sending;

impl Driver {
    pub(crate) fn send_letter(&self, id: EffectId, wanted: Box<LetterWanted>) {
        let out = self.mail_out.clone();
        let session = self.graph_effects().session;
        let draw = self.ports.row_pictures.clone();
        let at_unix_ms = self.clock.now().service.0;
        self.spawn(id, async move {
            let sent = Sending {
                out,
                session,
                draw,
                at_unix_ms,
            };
            Answer::Letter(sent.send(&wanted).await)
        });
    }
}
