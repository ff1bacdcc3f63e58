//! What the form alone cannot say of a pack: its parts fit each other.

use std::collections::BTreeSet;

use super::form::{FORMAT, OtherScreens, Pack, Route, Row, RowKind, Variant};
use super::screen::PhoneScreen;

/// How many pictures a person can still choose among.
const DETOURS_MAX: usize = 5;

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("the pack cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("row {row}: {what}")]
    Row { row: String, what: &'static str },
    #[error("other screen {screen}: {what}")]
    OtherScreen { screen: String, what: &'static str },
    #[error("the form is {format}, and this station reads form {FORMAT}")]
    Format { format: u32 },
    #[error("the pack has no rows")]
    Empty,
    #[error("every row can be skipped")]
    NothingNeeded,
    #[error("there is no pack for {route:?}")]
    NoPack { route: Route },
}

impl Pack {
    pub(super) fn check(&self) -> Result<(), PackError> {
        format(self.format)?;
        if self.rows.is_empty() {
            return Err(PackError::Empty);
        }
        let mut seen = BTreeSet::new();
        let mut last = 0;
        let mut light = None;
        let mut needed = false;
        for row in &self.rows {
            let bad = |what| PackError::Row {
                row: row.id.clone(),
                what,
            };
            if !seen.insert(row.id.as_str()) {
                return Err(bad("its id is used twice"));
            }
            if let Some(number) = row.number {
                if number != last + 1 {
                    return Err(bad("its number does not follow the one before"));
                }
                last = number;
            }
            if row.light.is_some() && row.light <= light {
                return Err(bad("its light comes before that of an earlier row"));
            }
            light = row.light.or(light);
            if row.skip_when.is_some() && needed {
                return Err(bad("it can be skipped, and a row before it cannot"));
            }
            needed |= row.skip_when.is_none();
            self.check_first_start(row).map_err(bad)?;
            self.check_screens(row).map_err(bad)?;
            self.check_detours(row).map_err(bad)?;
        }
        if !needed {
            return Err(PackError::NothingNeeded);
        }
        Ok(())
    }

    fn check_first_start(&self, row: &Row) -> Result<(), &'static str> {
        if row.first_start && (row.number.is_some() || row.skip_when.is_none()) {
            return Err("a screen of the first start has no number and can be skipped");
        }
        let place = self.place(&row.id).unwrap_or(0);
        let behind = self.rows.iter().skip(place + 1).map(|row| &row.id);
        if !behind.take(row.stands_for.len()).eq(&row.stands_for) {
            return Err("what it stands for does not follow it");
        }
        if !row.stands_for.is_empty() && self.rows.len() <= self.after(place) {
            return Err("nothing follows what it stands for");
        }
        Ok(())
    }

    fn check_screens(&self, row: &Row) -> Result<(), &'static str> {
        let acts = row.kind == RowKind::Act;
        for (screen, tap) in screens(&row.screen, &row.tap, &row.ios, &row.android) {
            if screen.elements.iter().filter(|e| e.target).count() != usize::from(acts) {
                return Err("a row that acts has exactly one target, another none");
            }
            if tap.is_some() != acts {
                return Err("a row that acts names the label to tap, another does not");
            }
            named(screen, tap)?;
        }
        Ok(())
    }

    fn check_detours(&self, row: &Row) -> Result<(), &'static str> {
        if row.detours.len() > DETOURS_MAX {
            return Err("it has more detours than a person can choose among");
        }
        let mut seen = BTreeSet::new();
        for detour in &row.detours {
            if !seen.insert(detour.screen.as_str()) {
                return Err("it names another screen twice");
            }
            if self.other_screen(&detour.screen).is_none() {
                return Err("it names another screen that nobody knows");
            }
            if detour.offers == Some(self.route) {
                return Err("a detour offers the walk-through it is in");
            }
            if self.place(&detour.back_to).is_none() {
                return Err("a detour leads back to a row that is not there");
            }
        }
        Ok(())
    }
}

impl OtherScreens {
    pub(super) fn check(&self) -> Result<(), PackError> {
        format(self.format)?;
        let mut seen = BTreeSet::new();
        for other in &self.screens {
            let bad = |what| PackError::OtherScreen {
                screen: other.id.clone(),
                what,
            };
            if !seen.insert(other.id.as_str()) {
                return Err(bad("its id is used twice"));
            }
            for (screen, tap) in screens(&other.screen, &other.tap, &other.ios, &other.android) {
                if screen.elements.iter().filter(|e| e.target).count() != usize::from(tap.is_some())
                {
                    return Err(bad("what names a label to tap has exactly one target"));
                }
                named(screen, tap).map_err(bad)?;
            }
        }
        Ok(())
    }
}

fn format(format: u32) -> Result<(), PackError> {
    if format == FORMAT {
        Ok(())
    } else {
        Err(PackError::Format { format })
    }
}

/// The common screen and those of one system, each with its label to tap.
fn screens<'a>(
    screen: &'a PhoneScreen,
    tap: &'a Option<String>,
    ios: &'a Option<Variant>,
    android: &'a Option<Variant>,
) -> impl Iterator<Item = (&'a PhoneScreen, Option<&'a str>)> {
    let own = [ios, android].into_iter().flatten();
    std::iter::once((screen, tap.as_deref()))
        .chain(own.map(|own| (&own.screen, own.tap.as_deref())))
}

/// The ringed control bears the label the sentence names.
fn named(screen: &PhoneScreen, tap: Option<&str>) -> Result<(), &'static str> {
    let target = screen.elements.iter().find(|element| element.target);
    match target {
        Some(target) if target.text.as_deref() != tap => {
            Err("the ringed control has another label than the one to tap")
        }
        Some(_) | None => Ok(()),
    }
}
