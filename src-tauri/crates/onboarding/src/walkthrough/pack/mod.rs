//! A walk-through as data: rows, their conditions, the light each row ends with, the phone's screens, and the known
//! screens that may stand there instead.

mod check;
mod form;
mod read;
mod screen;

pub use check::PackError;
pub use form::{
    AppVersions, Detour, FORMAT, OtherScreen, OtherScreens, Pack, Route, Row, RowKind, RowNeed,
    Variant,
};
pub use read::Packs;
pub use screen::{Element, ElementKind, Frame, PhoneScreen};
