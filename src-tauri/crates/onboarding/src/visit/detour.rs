//! The phone shows another screen than the row's: which one, and the way back.

use super::{Board, Context, Glance, Prefs, illegal_in_state};
use crate::action::PersonAction;
use crate::policy::PhoneOs;
use crate::trouble::Trouble;
use crate::view::{OtherScreenCard, PhoneShows, Way};
use crate::walkthrough::pack::{Route, Row};
use crate::walkthrough::phone_answers::NotPossibleReason;

/// What the phone shows, as far as the person said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum PhoneScreenReport {
    #[default]
    Row,
    /// Not the row's screen; the known others are offered as pictures.
    Different,
    /// None of the known ones.
    Unknown,
    /// This known one.
    Other { screen: String },
}

impl Board {
    /// What the person said about the phone's screen.
    pub(super) fn screen_act(
        &mut self,
        action: &PersonAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        match action {
            PersonAction::OtherScreen => self.shows = PhoneScreenReport::Different,
            PersonAction::ChooseScreen { screen } => {
                let detours = &self.here(cx)?.detours;
                let listed = detours.iter().any(|detour| &detour.screen == screen);
                if self.shows == PhoneScreenReport::Row || !listed {
                    return Err(illegal_in_state());
                }
                let screen = screen.clone();
                self.shows = PhoneScreenReport::Other { screen };
            }
            PersonAction::NoneOfThese if self.shows == PhoneScreenReport::Different => {
                self.shows = PhoneScreenReport::Unknown;
            }
            PersonAction::BackToRow => self.back_to_row(cx)?,
            PersonAction::NoneOfThese
            | PersonAction::Next
            | PersonAction::NotShown
            | PersonAction::Back
            | PersonAction::ChoosePhone { .. }
            | PersonAction::AppInstalled
            | PersonAction::SetLanguage { .. }
            | PersonAction::SetTextSize { .. }
            | PersonAction::ReadAloud { .. }
            | PersonAction::Touch
            | PersonAction::Reveal
            | PersonAction::Longer
            | PersonAction::Drawn
            | PersonAction::After(_)
            | PersonAction::Done => return Err(illegal_in_state()),
        }
        Ok(())
    }

    /// Whether the person said that the phone shows something else.
    pub(super) fn elsewhere(&self) -> bool {
        self.shows != PhoneScreenReport::Row
    }

    /// The other screen the person recognised.
    pub(super) fn other_screen(&self) -> Option<&str> {
        match &self.shows {
            PhoneScreenReport::Other { screen } => Some(screen),
            PhoneScreenReport::Row | PhoneScreenReport::Different | PhoneScreenReport::Unknown => {
                None
            }
        }
    }

    /// The walk-through that leads around the screen the person recognised.
    pub(super) fn other_route(&self, prefs: &Prefs, cx: &Glance<'_>) -> Option<Route> {
        let screen = self.other_screen()?;
        let detours = &self.here(cx).ok()?.detours;
        let route = detours.iter().find(|at| at.screen == screen)?.offers?;
        let open = self.evidence.registered.is_none();
        (open && self.routes(prefs, cx).contains(&route)).then_some(route)
    }

    /// Why it may not be possible today, going by the screen the person recognised.
    pub(super) fn other_end(&self, cx: &Glance<'_>) -> Option<NotPossibleReason> {
        let ends = cx.pack.other_screen(self.other_screen()?)?.ends;
        ends.filter(|_| self.evidence.registered.is_none())
    }

    /// What the person's screen says of the phone's.
    pub(super) fn phone_shows(&self, prefs: &Prefs, cx: &Glance<'_>) -> PhoneShows {
        let Ok(row) = self.here(cx) else {
            return PhoneShows::Row;
        };
        match &self.shows {
            PhoneScreenReport::Row => PhoneShows::Row,
            PhoneScreenReport::Unknown => PhoneShows::Unknown,
            PhoneScreenReport::Different => PhoneShows::Different {
                screens: row
                    .detours
                    .iter()
                    .filter_map(|detour| card(&detour.screen, prefs.phone_os, cx))
                    .collect(),
            },
            PhoneScreenReport::Other { screen } => {
                let back = way_back(row, screen).and_then(|id| cx.pack.place(id));
                if back.is_some_and(|place| self.leads_too_far(place, cx)) {
                    // The row says to wait, whatever the phone shows; the screen comes with the pass.
                    return PhoneShows::Row;
                }
                let card = card(screen, prefs.phone_os, cx);
                back.zip(card)
                    .map_or(PhoneShows::Unknown, |(place, card)| PhoneShows::Other {
                        way: self.way(screen, place, cx),
                        screen: card,
                        back_to: cx.pack.rows[place].id.clone(),
                        back_to_number: cx.pack.rows[place].number,
                    })
            }
        }
    }

    /// From a known other screen to the row its detour leads back to; from anything else to the row in hand.
    fn back_to_row(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let row = self.here(cx)?;
        let place = match &self.shows {
            PhoneScreenReport::Row => return Err(illegal_in_state()),
            PhoneScreenReport::Different | PhoneScreenReport::Unknown => self.row,
            PhoneScreenReport::Other { screen } => way_back(row, screen)
                .and_then(|id| cx.pack.place(id))
                .unwrap_or(self.row),
        };
        // No other screen leads a person to the pass, or past it, before there is one.
        if !self.bars(place, cx) && !self.leads_too_far(place, cx) {
            self.stood_in_by_detour(place, cx);
            self.meets_first_start(place, cx.pack);
            self.row = place;
        }
        self.row_reached(cx);
        Ok(())
    }

    /// The first start's own way to add an account, met at one of the rows it stands for, passes them by as well.
    fn stood_in_by_detour(&mut self, to: usize, cx: &Glance<'_>) {
        let passes = |(place, row): (usize, &Row)| {
            let from = place + 1;
            let ends = cx.pack.after(place);
            (!row.stands_for.is_empty() && to == ends && (from..ends).contains(&self.row))
                .then(|| row.id.clone())
        };
        if let Some(row) = cx.pack.rows.iter().enumerate().find_map(passes) {
            self.stood_in = Some(row);
        }
    }

    fn way(&self, screen: &str, place: usize, cx: &Glance<'_>) -> Way {
        let tells = cx.pack.other_screen(screen).is_some_and(|it| it.tells);
        // The first start comes before the rows at which it is met, and leads on past them.
        let first = |place| cx.pack.first_start(place).is_some();
        match place > self.row || (first(place) && !first(self.row)) {
            true => Way::Forward,
            false if tells => Way::Told,
            false => Way::Back,
        }
    }

    fn here<'a>(&self, cx: &'a Glance<'_>) -> Result<&'a Row, Trouble> {
        cx.pack.rows.get(self.row).ok_or_else(illegal_in_state)
    }
}

fn way_back<'a>(row: &'a Row, screen: &str) -> Option<&'a str> {
    row.detours
        .iter()
        .find(|detour| detour.screen == screen)
        .map(|detour| detour.back_to.as_str())
}

fn card(id: &str, os: PhoneOs, cx: &Glance<'_>) -> Option<OtherScreenCard> {
    let other = cx.pack.other_screen(id)?;
    let (phone, tap) = other.on(os);
    Some(OtherScreenCard {
        id: other.id.clone(),
        tap: tap.map(str::to_owned),
        phone: phone.clone(),
    })
}
