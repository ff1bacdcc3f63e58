//! What the two screens show of it.

use super::password::Password;
use super::trying::Trying;
use super::{AfterRegistration, Step};
use crate::policy::Site;
use crate::retirement::UseQuestion;
use crate::sign_in_test::TestPlace;
use crate::view::{AfterScreen, EndView, PasswordStep, PersonAfterScreen, TestStep};
use crate::visit::person_card::brief;
use crate::visit::{Board, Glance};

impl Board {
    /// The operator's screen, once what follows the registration has begun.
    pub(crate) fn after_screen(&self, cx: &Glance<'_>) -> Option<AfterScreen> {
        let after = self.after.as_ref()?;
        let person = brief(&self.person);
        Some(match &after.step {
            Step::MakingWay { place, .. } => AfterScreen::SignInTest {
                person,
                place: *place,
                step: TestStep::MakingWay,
                sight: None,
                may_end: !after.is_busy(),
            },
            Step::Trying(trying) => AfterScreen::SignInTest {
                person,
                place: trying.place,
                step: trying.step(),
                sight: trying.sight,
                may_end: !after.is_busy(),
            },
            Step::Asking(asking) => {
                let asks = cx.policy.passwords.asks(asking.question);
                AfterScreen::UseQuestion {
                    person,
                    question: asking.question,
                    words: asks.words,
                    also: asks.also,
                    others: asks.others,
                    answer: asking.answer,
                    directory_against: match asking.question {
                        UseQuestion::Windows => self.speaks_against_no(cx.policy.scopes),
                        UseQuestion::Others => None,
                    },
                    leads_off: self.may_be_on_roll(cx).is_some(),
                }
            }
            Step::Password(password) => AfterScreen::Password {
                person,
                tested: after.tested,
                fate: password.told_fate().map(|fate| self.fate_now(fate)),
                changes: cx.policy.passwords.changes(),
                step: password.step(),
                test_places: self.places_again(after, cx),
                looking: after.look.is_some(),
            },
        })
    }

    fn places_again(&self, after: &AfterRegistration, cx: &Glance<'_>) -> Vec<TestPlace> {
        match after.tested {
            Some(tested) if tested.may_be_made_again() || after.waits_for_test() => {
                self.test_places(cx)
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// The person's.
    pub(crate) fn person_after_screen(
        &self,
        site: &Site,
        cx: &Glance<'_>,
    ) -> Option<PersonAfterScreen> {
        let after = self.after.as_ref()?;
        let on_phone = |place| (place == TestPlace::Phone).then(|| site.test_site.clone());
        Some(match &after.step {
            Step::MakingWay { place, .. } => PersonAfterScreen::SignInTest {
                place: *place,
                step: TestStep::MakingWay,
                sight: None,
                site: None,
            },
            Step::Trying(trying) => PersonAfterScreen::SignInTest {
                place: trying.place,
                step: trying.step(),
                sight: trying.sight,
                site: on_phone(trying.place).flatten(),
            },
            Step::Asking(asking) => {
                let asks = cx.policy.passwords.asks(asking.question);
                PersonAfterScreen::UseQuestion {
                    question: asking.question,
                    words: asks.words,
                    also: asks.also,
                    others: asks.others,
                    answer: asking.answer,
                }
            }
            Step::Password(password) => PersonAfterScreen::Password {
                fate: password.told_fate().map(|fate| self.fate_now(fate)),
                changes: cx.policy.passwords.changes(),
                step: password.step(),
            },
        })
    }
}

impl Trying {
    fn step(&self) -> TestStep {
        match self.has_ended() {
            true => TestStep::SignedIn,
            false => TestStep::Trying,
        }
    }
}

impl Password {
    fn step(&self) -> PasswordStep {
        match () {
            () if self.is_reading() => PasswordStep::Reading,
            () if self.is_to_test() => PasswordStep::TestAgain,
            () if self.is_changing() => PasswordStep::Changing,
            () if self.is_joining() => PasswordStep::Joining,
            () if self.may_join() => PasswordStep::MayJoin,
            () if self.wants_understood() => PasswordStep::WaitsForPerson,
            () => PasswordStep::Done,
        }
    }
}

impl EndView {
    /// The closing card, where the visit came so far.
    pub(crate) fn card(&self, site: &Site) -> Option<PersonAfterScreen> {
        Some(PersonAfterScreen::Card {
            kind: self.registered,
            password: self.password?,
            helps: site.helps.clone(),
            not_used: site.not_used.clone(),
            help_hours: site.help_hours.clone(),
            after_hours: site.after_hours.clone(),
        })
    }
}
