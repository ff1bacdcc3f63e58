//! Packs as they are read: parsed, then checked as a whole.

use std::collections::BTreeSet;

use super::check::PackError;
use super::form::{OtherScreens, Pack, Route};

/// The walk-throughs of a station, one for each route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packs {
    add_account: Pack,
    enable_phone_sign_in: Pack,
    create_passkey: Pack,
}

impl Packs {
    /// Reads and checks the other screens and one pack for each route.
    pub fn parse(other_screens: &str, packs: [&str; 3]) -> Result<Self, PackError> {
        let others = OtherScreens::parse(other_screens)?;
        let mut read = packs
            .into_iter()
            .map(|text| Pack::parse(text, &others))
            .collect::<Result<Vec<_>, _>>()?;
        let mut take = |route| {
            let place = read.iter().position(|pack| pack.route == route);
            place
                .map(|place| read.swap_remove(place))
                .ok_or(PackError::NoPack { route })
        };
        Ok(Self {
            add_account: take(Route::AddAccount)?,
            enable_phone_sign_in: take(Route::EnablePhoneSignIn)?,
            create_passkey: take(Route::CreatePasskey)?,
        })
    }

    /// The same with this pack for its route.
    #[must_use]
    pub fn with(mut self, pack: Pack) -> Self {
        match pack.route {
            Route::AddAccount => self.add_account = pack,
            Route::EnablePhoneSignIn => self.enable_phone_sign_in = pack,
            Route::CreatePasskey => self.create_passkey = pack,
        }
        self
    }

    /// The walk-through of a route.
    #[must_use]
    pub fn of(&self, route: Route) -> &Pack {
        match route {
            Route::AddAccount => &self.add_account,
            Route::EnablePhoneSignIn => &self.enable_phone_sign_in,
            Route::CreatePasskey => &self.create_passkey,
        }
    }
}

impl Pack {
    /// Reads and checks `pack.toml`.
    pub fn parse(text: &str, others: &OtherScreens) -> Result<Self, PackError> {
        let mut pack: Self = toml::from_str(text)?;
        let named: BTreeSet<_> = pack
            .rows
            .iter()
            .flat_map(|row| row.detours.iter().map(|detour| detour.screen.clone()))
            .collect();
        let screens = others.screens.iter();
        pack.other_screens = screens
            .filter(|other| named.contains(&other.id))
            .cloned()
            .collect();
        // The labels the walk-throughs share are checked against a phone together with its own.
        for (lang, keys) in &others.unverified {
            let own = pack.unverified.entry(lang.clone()).or_default();
            own.extend(keys.iter().cloned());
        }
        pack.check()?;
        Ok(pack)
    }
}

impl OtherScreens {
    /// Reads and checks `other-screens.toml`.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        let others: Self = toml::from_str(text)?;
        others.check()?;
        Ok(others)
    }
}
