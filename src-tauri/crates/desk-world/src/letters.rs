//! Letters are handed over.

use onboarding::{HandedOver, LetterWanted, MailWay, VisitId};

use crate::taken_letter::TakenLetter;
use crate::world::World;

impl World {
    pub(crate) fn take_letter(
        &mut self,
        visit: Option<VisitId>,
        letter: &LetterWanted,
    ) -> HandedOver {
        let pass = letter.pass.as_ref();
        self.letters.push(TakenLetter {
            visit,
            to: letter.to.clone(),
            what: letter.what,
            pass: pass.map(|it| (it.characters().to_owned(), it.start(), it.minutes())),
        });
        HandedOver {
            way: MailWay::OwnMailbox,
        }
    }
}
