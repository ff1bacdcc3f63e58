//! How the person beside reads, and the phone in their hand.

use crate::action::PersonAction;
use crate::language::Lang;
use crate::policy::{PhoneOs, Site, TextSize};

/// How this person reads and what phone is in the person's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prefs {
    pub(crate) lang: Lang,
    pub(crate) text_size: TextSize,
    pub(crate) reading_aloud: bool,
    pub(crate) phone_os: PhoneOs,
    /// Somebody said so; before that it is a guess.
    pub(crate) phone_chosen: bool,
    pub(crate) phone_lang: Lang,
}

impl Prefs {
    pub(crate) fn of(site: &Site) -> Self {
        let phone_lang = if site.person_lang == Lang::En {
            Lang::En
        } else {
            Lang::Ja
        };
        Self {
            lang: site.person_lang,
            text_size: TextSize::Normal,
            reading_aloud: false,
            phone_os: PhoneOs::Ios,
            phone_chosen: false,
            phone_lang,
        }
    }

    /// Takes what somebody said of the phone.
    pub(crate) fn choose_phone(&mut self, os: PhoneOs) {
        self.phone_os = os;
        self.phone_chosen = true;
    }

    /// Applies what needs no visit; says whether it did.
    pub(crate) fn act(&mut self, action: &PersonAction) -> bool {
        match action {
            PersonAction::SetLanguage { lang } => self.lang = *lang,
            PersonAction::SetTextSize { size } => self.text_size = *size,
            PersonAction::ReadAloud { on } => self.reading_aloud = *on,
            PersonAction::ChoosePhone { os } => self.choose_phone(*os),
            PersonAction::Touch => {}
            PersonAction::AppInstalled
            | PersonAction::Next
            | PersonAction::NotShown
            | PersonAction::Back
            | PersonAction::OtherScreen
            | PersonAction::ChooseScreen { .. }
            | PersonAction::NoneOfThese
            | PersonAction::BackToRow
            | PersonAction::Reveal
            | PersonAction::Longer
            | PersonAction::Drawn
            | PersonAction::After(_)
            | PersonAction::Done => return false,
        }
        true
    }
}
