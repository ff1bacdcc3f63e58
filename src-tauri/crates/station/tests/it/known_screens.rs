//! The simulated phone, driven in step with the packs, never shows a screen that the pack does not know (N4).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use entra_sim::Case;
use onboarding::{OtherScreens, Pack, Row, RowKind};
use serde::Deserialize;
use serde_json::json;
use test_station::{Phone, Shown, Tenant};

use crate::counter::Counter;

const OTHERS: &str = include_str!("../../../../../ui/packs/shared/other-screens.toml");
const PACKS: [&str; 3] = [
    include_str!("../../../../../ui/packs/walkthrough-a/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-b/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-c/pack.toml"),
];

/// Screens of sign-ins elsewhere, after the walk-throughs: no row and no detour.
const ELSEWHERE: &[&str] = &["notice", "approve", "no-requests"];

/// What the phone shows, and what it is taken through: `known_screens.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    screens: Vec<Screen>,
    walks: Vec<Walk>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Screen {
    name: String,
    rows: Vec<String>,
    #[serde(default)]
    other: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Walk {
    pack: usize,
    meets: String,
    begin: String,
    taps: Vec<String>,
    met: Vec<String>,
}

#[tokio::test]
async fn the_phone_never_shows_a_screen_the_pack_does_not_know_n4() {
    let (known, packs) = (known(), packs());
    let counter = Counter::signed_in(0, &[("once = true", "once = false")]).await;
    let visit = counter.board(Case::Plain).await;
    counter.issue(visit).await;
    let pass = counter.read_pass(visit).await;
    let (with, _) = counter.tenant.person(Case::Plain);
    let (without, _) = counter.tenant.person(Case::HasPush);
    let password = password(&counter.tenant, &without).await;
    let mut met = BTreeSet::new();
    let phones = [
        ("ios", "ja"),
        ("ios", "en"),
        ("android", "ja"),
        ("android", "en"),
    ];
    for (walk, (os, lang)) in known
        .walks
        .iter()
        .flat_map(|walk| phones.map(|phone| (walk, phone)))
    {
        let has_pass = !matches!(walk.meets.as_str(), "no pass" | "missed");
        let typed = Typed {
            upn: if has_pass { &with } else { &without },
            pass: &pass,
            password: &password,
        };
        set_up(&counter.tenant, walk).await;
        let order = json!({"os": os, "lang": lang, "begin": walk.begin, "upn": typed.upn});
        let phone = Phone::open(&counter.tenant, order).await;
        let mut beside = Beside::new(&known, &packs[walk.pack], format!("{os} {lang}"));
        beside.has_pass = has_pass;
        for tap in std::iter::once(None).chain(walk.taps.iter().map(Some)) {
            if let Some(tap) = tap {
                let number = beside.number.clone().unwrap_or_default();
                typed.tap(&phone, tap, &number).await;
            }
            for screen in phone.settled().await {
                beside.sees(&screen, tap.is_some_and(|tap| tap == "back"));
            }
        }
        for other in &walk.met {
            assert!(
                beside.met.contains(other),
                "{}: no {other}: {:?}",
                beside.name,
                beside.trail
            );
        }
        met.extend(beside.met);
    }
    assert!(met.len() > 25, "{met:?}");
}

/// No screen was added to the phone without a thought for the packs.
#[test]
fn every_screen_of_the_phone_is_a_row_or_a_known_other_screen() {
    let (known, packs) = (known(), packs());
    let others = OtherScreens::parse(OTHERS).unwrap();
    let named = |id: &str| others.screens.iter().any(|other| other.id == id);
    for screen in entra_sim::phone_screens() {
        let entries = || {
            let mut all = known.screens.iter();
            all.by_ref()
                .filter(|entry| entry.name.split(' ').next() == Some(screen.id))
                .collect::<Vec<_>>()
        };
        assert_ne!(
            entries().is_empty(),
            !ELSEWHERE.contains(&screen.id),
            "{}",
            screen.id
        );
        for entry in entries() {
            for row in &entry.rows {
                assert!(packs.iter().any(|pack| pack.place(row).is_some()), "{row}");
            }
            assert!(
                entry.other.is_empty() || named(&entry.other),
                "{}",
                entry.other
            );
        }
    }
}

/// A pack without one of its detours does not pass: the walk above can fail.
#[test]
#[should_panic(expected = "does not know qr-scanner")]
fn a_pack_without_the_scanner_is_found_out() {
    let text = ["a2", "a3"].iter().fold(PACKS[0].to_owned(), |text, row| {
        text.replace(
            &format!("{{ screen = \"qr-scanner\", back_to = \"{row}\" }},"),
            "",
        )
    });
    let pack = Pack::parse(&text, &OtherScreens::parse(OTHERS).unwrap()).unwrap();
    let known = known();
    let mut beside = Beside::new(&known, &pack, String::new());
    for screen in ["home", "add-kind", "scan"] {
        let shown = Shown {
            screen: screen.to_owned(),
            turn: String::new(),
            number: None,
            password: false,
        };
        beside.sees(&shown, false);
    }
}

/// What the person types on the phone.
struct Typed<'a> {
    upn: &'a str,
    pass: &'a str,
    password: &'a str,
}

impl Typed<'_> {
    /// Presses a button; with `!` after its name, with something wrong in the fields.
    async fn tap(&self, phone: &Phone, tap: &str, number: &str) {
        let (action, wrong) = tap
            .strip_suffix('!')
            .map_or((tap, false), |action| (action, true));
        let or = |right, slip| if wrong { slip } else { right };
        let fields = [
            (
                "loginfmt",
                or(self.upn, "hanako.mihon@mail.cablechan.example"),
            ),
            ("accesspass", or(self.pass, "mistyped")),
            ("passwd", or(self.password, "mistyped")),
            ("account", self.upn),
            (
                "number",
                or(number, if number == "11" { "12" } else { "11" }),
            ),
        ];
        phone.tap(action, &fields).await;
    }
}

/// The guide beside the phone: the row in hand moves as a person would move it.
struct Beside<'a> {
    known: &'a Known,
    pack: &'a Pack,
    /// Whether the person has a pass; without one a password is asked for in its place.
    has_pass: bool,
    at: usize,
    name: String,
    number: Option<String>,
    met: BTreeSet<String>,
    trail: Vec<String>,
}

impl<'a> Beside<'a> {
    fn new(known: &'a Known, pack: &'a Pack, name: String) -> Self {
        Self {
            name: format!("{} {name}", pack.id),
            known,
            pack,
            has_pass: true,
            at: 0,
            number: None,
            met: BTreeSet::new(),
            trail: Vec::new(),
        }
    }

    /// `back`: the person went back on the phone, and so may have done here.
    fn sees(&mut self, shown: &Shown, back: bool) {
        if shown.number.is_some() {
            self.number.clone_from(&shown.number);
        }
        let entry = self.entry(shown);
        self.trail
            .push(format!("{} at {}", entry.name, self.row().id));
        let reach = self.reach(back);
        let mut rows = reach.clone().map(|at| (at, &self.pack.rows[at]));
        if let Some((at, _)) = rows.find(|(_, row)| entry.rows.contains(&row.id)) {
            self.at = at;
            return;
        }
        let mut detours = reach.flat_map(|at| &self.pack.rows[at].detours);
        let Some(detour) = detours.find(|detour| detour.screen == entry.other) else {
            let what = [&entry.other, &entry.name]
                .into_iter()
                .find(|name| !name.is_empty());
            let row = &self.row().id;
            panic!(
                "{}: {row} does not know {}; {:?}",
                self.name,
                what.unwrap(),
                self.trail
            );
        };
        self.met.insert(detour.screen.clone());
        self.at = self.pack.place(&detour.back_to).unwrap();
    }

    fn entry(&self, shown: &Shown) -> &'a Screen {
        // On this screen the field alone says that a password is asked for.
        let password = shown.screen == "b-secret" && shown.password && !self.has_pass;
        let turn = if password { "password" } else { &shown.turn };
        let turned = format!("{} {turn}", shown.screen);
        let mut all = self.known.screens.iter();
        let found = all.clone().find(|entry| entry.name == turned);
        found
            .or_else(|| all.find(|entry| entry.name == shown.screen))
            .unwrap_or_else(|| panic!("{}: nobody knows {shown:?}", self.name))
    }

    fn row(&self) -> &Row {
        &self.pack.rows[self.at]
    }

    /// The row in hand and the ones that may follow a tap: up to the first that everybody sees and acts in.
    fn reach(&self, back: bool) -> RangeInclusive<usize> {
        let after = self.pack.rows.iter().enumerate().skip(self.at + 1);
        let last = after
            .clone()
            .filter(|(_, row)| !self.row().stands_for.contains(&row.id))
            .find(|(_, row)| row.condition.is_none() && row.kind != RowKind::Wait)
            .map_or(self.pack.rows.len() - 1, |(at, _)| at);
        self.at - usize::from(back && self.at > 0)..=last
    }
}

fn known() -> Known {
    toml::from_str(include_str!("known_screens.toml")).unwrap()
}

fn packs() -> Vec<Pack> {
    let others = OtherScreens::parse(OTHERS).unwrap();
    PACKS
        .iter()
        .map(|text| Pack::parse(text, &others).unwrap())
        .collect()
}

async fn set_up(tenant: &Tenant, walk: &Walk) {
    let (notifications, refusal) = match walk.meets.as_str() {
        "missed" => ("missed", "none"),
        "" | "no pass" => ("shown", "none"),
        refusal => ("shown", refusal),
    };
    let setup = if walk.pack == 2 {
        "passkey"
    } else {
        "phone_sign_in"
    };
    let switches = json!({
        "phone_wait_ms": 40, "phone_setup": setup, "phone_notifications": notifications,
        "phone_refusal": refusal, "phone_refusal_times": 1,
        "authenticator_limit": 5_000, "device_quota": 5_000,
    });
    tenant.control("switches", switches).await;
}

async fn password(tenant: &Tenant, upn: &str) -> String {
    let state = tenant.state().await;
    let mut users = state["users"].as_array().unwrap().iter();
    let user = users.find(|user| user["upn"] == upn).unwrap();
    user["password"].as_str().unwrap().to_owned()
}
