//! The form of a walk-through: its rows, their conditions and screens, and the known screens that may stand there
//! instead.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::screen::PhoneScreen;
use crate::light::Light;
use crate::policy::PhoneOs;
use crate::walkthrough::phone_answers::{NotPossibleReason, SkipWhen};

/// The version of the form itself; a pack of another form is refused.
pub const FORMAT: u32 = 1;

/// What a walk-through leads to, in the words of Microsoft's app.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// A: the account is not in the app yet.
    AddAccount,
    /// B: the account is in the app, without phone sign-in.
    EnablePhoneSignIn,
    /// C: a passkey in the app.
    CreatePasskey,
}

/// One walk-through. Its words lie beside it: `messages.<lang>.ftl` for reading, `labels.<lang>.ftl` for what the
/// phone says; words that several walk-throughs share lie in the folder `shared`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The version of this form; 1.
    pub format: u32,
    /// The name of the folder it lies in.
    pub id: String,
    /// Grows with every change of its contents.
    pub version: u32,
    /// What it leads to.
    pub route: Route,
    /// The languages its sentences are written in.
    pub reading_languages: Vec<String>,
    /// The languages of phones it knows the labels of.
    pub phone_languages: Vec<String>,
    /// Label keys without a public source, by language of the phone: to be compared with a real phone.
    #[serde(default)]
    pub unverified: BTreeMap<String, BTreeSet<String>>,
    /// The versions of Authenticator from which on it takes a passkey where the tenant's profile allows passkeys of
    /// both kinds, device-bound and synced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_for_both_kinds: Option<AppVersions>,
    /// What is done, in order.
    pub rows: Vec<Row>,
    /// The other screens its rows name, put in when it is read.
    #[serde(skip_deserializing, default)]
    #[schemars(skip)]
    pub other_screens: Vec<OtherScreen>,
}

/// A version of the app for each system, which count differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppVersions {
    /// On an iPhone, e.g. `6.8.37`.
    pub ios: String,
    /// On Android.
    pub android: String,
}

/// One row: what the phone shows and what is done there. `<id>-say` is its sentence, `<id>-more` what may be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Unique in its pack; the beginning of its message keys.
    pub id: String,
    /// The number of the customer's guide this row fulfils, e.g. `S25.6`.
    pub demand: String,
    /// Row number the person sees; none for what comes before the first row.
    pub number: Option<u8>,
    /// Whether the person acts or waits here.
    pub kind: RowKind,
    /// What else must be on the screen while the row is in hand.
    #[serde(default)]
    pub needs: Vec<RowNeed>,
    /// Message key of a condition: only some people see this row.
    pub condition: Option<String>,
    /// The walk begins after this row when this is known; rows like it stand first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_when: Option<SkipWhen>,
    /// One of the screens that whoever opens the app for the first time meets: they bear no number, and are counted
    /// apart.
    #[serde(default, skip_serializing_if = "is_false")]
    pub first_start: bool,
    /// Ids of the rows right behind the first start that need not be done once this one was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_for: Vec<String>,
    /// When the live check lights this, the row and all before it are done.
    #[serde(default)]
    #[schemars(schema_with = "lights")]
    pub light: Option<Light>,
    /// Label key of the control to tap.
    pub tap: Option<String>,
    /// What the phone shows.
    pub screen: PhoneScreen,
    /// What an iPhone shows instead, where it differs.
    pub ios: Option<Variant>,
    /// What an Android phone shows instead, where it differs.
    pub android: Option<Variant>,
    /// Known other screens a phone may show at this row.
    #[serde(default)]
    pub detours: Vec<Detour>,
}

/// What one system's phone shows instead of the common screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Label key of the control to tap there.
    pub tap: Option<String>,
    /// What the phone shows.
    pub screen: PhoneScreen,
}

/// Another screen that a phone may show at a row, and the row the person comes back to from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Detour {
    /// The id of the other screen.
    pub screen: String,
    /// The id of the row to come back to.
    pub back_to: String,
    /// The walk-through the operator is offered instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offers: Option<Route>,
}

/// The known other screens, shared by all walk-throughs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherScreens {
    /// The version of this form; 1.
    pub format: u32,
    /// Grows with every change of its contents.
    pub version: u32,
    /// Label keys without a public source, by language of the phone: to be compared with a real phone.
    #[serde(default)]
    pub unverified: BTreeMap<String, BTreeSet<String>>,
    /// The screens, in no order.
    pub screens: Vec<OtherScreen>,
}

/// One screen that is not the row's. `other-<id>-title` names it, `other-<id>-say` says what is done there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherScreen {
    /// Unique among them; the middle of its message keys.
    pub id: String,
    /// Label key of the control to tap; none where nothing is tapped.
    pub tap: Option<String>,
    /// Why the phone cannot be set up today, where this screen may mean that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<NotPossibleReason>,
    /// The person cannot go on from it alone: whoever recognises it has told the operator.
    #[serde(default, skip_serializing_if = "is_false")]
    pub tells: bool,
    /// What the phone shows.
    pub screen: PhoneScreen,
    /// What an iPhone shows instead, where it differs.
    pub ios: Option<Variant>,
    /// What an Android phone shows instead, where it differs.
    pub android: Option<Variant>,
}

/// Whether the person acts, waits, prepares or is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    Prepare,
    Act,
    Wait,
    Done,
}

/// What else must be on the screen while a row is in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowNeed {
    StoreCodes,
    SignInName,
    Pass,
    Privacy,
}

impl Route {
    /// All routes.
    pub const ALL: [Self; 3] = [
        Self::AddAccount,
        Self::EnablePhoneSignIn,
        Self::CreatePasskey,
    ];
}

impl Pack {
    /// The place of a row by its id.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    /// The place of the first row nobody can skip.
    #[must_use]
    pub fn first_needed(&self) -> usize {
        let needed = self.rows.iter().position(|row| row.skip_when.is_none());
        needed.unwrap_or(0)
    }

    /// The place of the first row for whom the app is on the phone and has never been opened.
    #[must_use]
    pub fn opened(&self) -> usize {
        let first = self.rows.iter().position(|row| row.first_start);
        first.unwrap_or_else(|| self.first_needed())
    }

    /// Which of the first start's screens a row is, and how many there are.
    #[must_use]
    pub fn first_start(&self, place: usize) -> Option<(usize, usize)> {
        let row = self.rows.get(place).filter(|row| row.first_start)?;
        let mut all = self.rows.iter().filter(|row| row.first_start);
        let of = all.clone().count();
        let number = all.position(|each| each.id == row.id)? + 1;
        Some((number, of))
    }

    /// The place after this row for whom did it: past the rows it stands for.
    #[must_use]
    pub fn after(&self, place: usize) -> usize {
        let stands_for = self.rows.get(place).map(|row| row.stands_for.len());
        place + 1 + stands_for.unwrap_or(0)
    }

    /// One of the other screens by its id.
    #[must_use]
    pub fn other_screen(&self, id: &str) -> Option<&OtherScreen> {
        self.other_screens.iter().find(|other| other.id == id)
    }

    /// How many rows carry a number.
    #[must_use]
    pub fn numbered(&self) -> u8 {
        self.rows
            .iter()
            .filter_map(|row| row.number)
            .max()
            .unwrap_or(0)
    }
}

impl Row {
    /// What a phone of this system shows, and the label to tap there.
    #[must_use]
    pub fn on(&self, os: PhoneOs) -> (&PhoneScreen, Option<&str>) {
        on(
            os,
            (&self.screen, &self.tap),
            self.ios.as_ref(),
            self.android.as_ref(),
        )
    }
}

impl OtherScreen {
    /// What a phone of this system shows, and the label to tap there.
    #[must_use]
    pub fn on(&self, os: PhoneOs) -> (&PhoneScreen, Option<&str>) {
        on(
            os,
            (&self.screen, &self.tap),
            self.ios.as_ref(),
            self.android.as_ref(),
        )
    }
}

fn on<'a>(
    os: PhoneOs,
    common: (&'a PhoneScreen, &'a Option<String>),
    ios: Option<&'a Variant>,
    android: Option<&'a Variant>,
) -> (&'a PhoneScreen, Option<&'a str>) {
    let own = match os {
        PhoneOs::Ios => ios,
        PhoneOs::Android => android,
    };
    let (screen, tap) = own.map_or(common, |own| (&own.screen, &own.tap));
    (screen, tap.as_deref())
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a function of a reference"
)]
fn is_false(said: &bool) -> bool {
    !said
}

/// The lights as the schema lists them; the live check itself knows nothing of schemas.
fn lights(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let [usable, entered, added, device, phone, passkey] = Light::ALL;
    schemars::json_schema!({
        "description": "When the live check lights this, the row and all before it are done.",
        "enum": [usable, entered, added, device, phone, passkey, null]
    })
}
