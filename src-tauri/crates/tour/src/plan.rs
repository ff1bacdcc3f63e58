//! What a tour goes through.

use std::path::PathBuf;

use clap::ValueEnum;

/// A language of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    Ja,
    En,
    /// Stretched and bracketed, to find what is cut off or not translated.
    Pseudo,
}

impl Lang {
    /// As it stands in file names and in the configuration.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::Pseudo => "pseudo",
        }
    }
}

/// What a tour goes through.
pub(crate) struct Plan {
    pub(crate) langs: Vec<Lang>,
    /// Where pictures and `tour.json` go.
    pub(crate) out: PathBuf,
    /// Check every screen's accessibility.
    pub(crate) axe: bool,
    /// The size of the window.
    pub(crate) size: (u32, u32),
    /// Use the user's own display.
    pub(crate) own_display: bool,
    /// Kiosk mode on two displays.
    pub(crate) kiosk: bool,
    /// Go to every row the site offers, in a visit of its own.
    pub(crate) rows: bool,
    /// Leave beside each picture what a screen reader is told.
    pub(crate) tree: bool,
    /// What the phone's moments are drawn from; without one, from chance.
    pub(crate) seed: Option<u32>,
}

impl Plan {
    /// A user's own display has the user's own store, and who listens has a bus without one.
    pub(crate) fn has_a_vault(&self) -> bool {
        !self.own_display && !self.tree
    }
}

/// The size every screen must fit into.
pub(crate) const SIZE: (u32, u32) = (1280, 800);
