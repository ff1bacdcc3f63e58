//! A phone screen as a short description; the page draws it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A phone screen as a list of elements from top to bottom; the page draws it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PhoneScreen {
    /// What kind of page it is.
    pub frame: Frame,
    /// What stands on it, from top to bottom.
    pub elements: Vec<Element>,
}

/// The kinds of pages the drawing knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// The app's own page.
    App,
    /// A sign-in page.
    Web,
    /// A panel over the app.
    Sheet,
    /// A question in the middle, over a darkened page.
    Dialog,
    /// The phone's own settings.
    Settings,
    /// The locked phone, with what arrived on it.
    Lock,
    /// The camera's picture.
    Camera,
}

/// One thing on a phone screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// Label key in the pack's label files.
    pub text: Option<String>,
    /// A second, smaller label.
    pub detail: Option<String>,
    /// The control to tap: ringed.
    #[serde(default)]
    pub target: bool,
    /// Name of a drawn symbol.
    pub icon: Option<String>,
}

/// The kinds of things the drawing knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    AppBar,
    Heading,
    Text,
    Illustration,
    ListItem,
    Account,
    /// An entry field; its text is the value shown in it: `sign_in_name`, `pass` or a label key.
    Field,
    Button,
    ButtonSecondary,
    Link,
    Spinner,
    Check,
    /// A round + in the app bar or the corner.
    Plus,
    /// The way out of a page, at its upper left.
    Close,
    /// A row with a switch at its end, off.
    Switch,
    /// A message that arrived on the phone.
    Notification,
    /// The frame of a camera that looks for a code.
    Viewfinder,
    Spacer,
}
