//! How much one station may do, who may have it done, and for whom.

use onboarding::LocalLimits;
use schemars::JsonSchema;
use serde::Deserialize;

use super::wrong::Wrong;

/// How much one station may do, who may have it done, and for whom.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Passes this station may issue within an hour, whoever is signed in: 1 to 10000.
    pub passes_per_hour: u32,
    /// Object ids of those who may issue here, 1 to 200. Without these and without `operator_group` everybody may whom the directory lets.
    pub operators: Option<Vec<String>>,
    /// Object id of a group whose members may issue here, too.
    pub operator_group: Option<String>,
    /// Object id of a group: passes are for its members alone, and for those of `people_unit`.
    pub people_group: Option<String>,
    /// Object id of an administrative unit: the same of its members.
    pub people_unit: Option<String>,
    /// Object ids of people, groups and administrative units that get no pass here, 1 to 200.
    pub not_for: Option<Vec<String>>,
    /// When a pass waits until a colleague has signed in here and confirmed it.
    pub four_eyes: Option<Vec<FourEyesName>>,
    /// Ids of the checks in which a document is seen, for `no_document`.
    pub documents: Option<Vec<String>>,
    /// Object ids of those who may confirm, 1 to 200.
    pub confirmers: Option<Vec<String>>,
    /// Object id of a group whose members may confirm, too.
    pub confirmer_group: Option<String>,
}

/// What a pass waits for a colleague for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FourEyesName {
    /// None of `documents` was among the checks that were made.
    NoDocument,
    /// The person has a directory role that protects, or the roles cannot be read.
    Protected,
    /// The third renewal of a visit, and every further one.
    ThirdRenewal,
}

const MOST: usize = 200;
const ID: &str = "an object id is needed, like 3f2504e0-4f89-41d3-9a0c-0305e82c3301; a name can be given to another";

impl Default for Limits {
    fn default() -> Self {
        Self {
            passes_per_hour: 30,
            operators: None,
            operator_group: None,
            people_group: None,
            people_unit: None,
            not_for: None,
            four_eyes: None,
            documents: None,
            confirmers: None,
            confirmer_group: None,
        }
    }
}

impl Limits {
    /// Who may issue, and for whom.
    pub(super) fn local(&self) -> LocalLimits {
        LocalLimits {
            operators: self.operators.clone().unwrap_or_default(),
            operator_group: self.operator_group.clone(),
            people_group: self.people_group.clone(),
            people_unit: self.people_unit.clone(),
            not_for: self.not_for.clone().unwrap_or_default(),
        }
    }
}

pub(super) fn check(limits: &Limits, wrong: &mut Wrong<'_>) {
    let passes = limits.passes_per_hour;
    wrong.range("limits.passes_per_hour", passes, 1, 10_000);
    for (key, id) in [
        ("limits.operator_group", &limits.operator_group),
        ("limits.people_group", &limits.people_group),
        ("limits.people_unit", &limits.people_unit),
        ("limits.confirmer_group", &limits.confirmer_group),
    ] {
        if id.as_ref().is_some_and(|id| !is_id(id)) {
            wrong.add(key, ID);
        }
    }
    let without = "everybody may issue whom the directory lets";
    list(
        "limits.operators",
        limits.operators.as_ref(),
        without,
        wrong,
    );
    list(
        "limits.not_for",
        limits.not_for.as_ref(),
        "nobody is kept out",
        wrong,
    );
    list(
        "limits.confirmers",
        limits.confirmers.as_ref(),
        "nobody is listed",
        wrong,
    );
    contradictions(limits, wrong);
}

/// Ids, and at least one: whoever empties a list may mean nobody by it, or everybody.
fn list(key: &str, ids: Option<&Vec<String>>, without: &str, wrong: &mut Wrong<'_>) {
    let Some(ids) = ids else { return };
    if ids.is_empty() {
        let what = format!(
            "an empty list says nothing; allowed: at least one object id. Without the key {without}"
        );
        wrong.add(key, what);
    }
    if ids.len() > MOST {
        let what = format!(
            "{} are too many; allowed: at most {MOST}. Put more into a group",
            ids.len()
        );
        return wrong.add(key, what);
    }
    for (place, id) in ids.iter().enumerate() {
        if !is_id(id) {
            wrong.add_member(key, place, ID);
        }
    }
}

/// What one key lets in and another one keeps out, and what stands where another kind belongs.
fn contradictions(limits: &Limits, wrong: &mut Wrong<'_>) {
    let same = |one: &String, other: &Option<String>| {
        other
            .as_ref()
            .is_some_and(|other| one.eq_ignore_ascii_case(other))
    };
    for (place, id) in limits.not_for.iter().flatten().enumerate() {
        for (key, served) in [
            ("limits.people_group", &limits.people_group),
            ("limits.people_unit", &limits.people_unit),
        ] {
            if same(id, served) {
                let what = format!(
                    "{key} lets these people in, and this keeps them out; allowed: one of both"
                );
                wrong.add_member("limits.not_for", place, what);
            }
        }
    }
    for (place, id) in limits.operators.iter().flatten().enumerate() {
        if same(id, &limits.operator_group) {
            let what = "this is limits.operator_group; allowed: the object ids of people";
            wrong.add_member("limits.operators", place, what);
        }
    }
    if limits
        .people_unit
        .as_ref()
        .is_some_and(|unit| same(unit, &limits.people_group))
    {
        let what = "this is limits.people_group; allowed: the object id of an administrative unit";
        wrong.add("limits.people_unit", what);
    }
}

/// As the directory writes one; no object has the one of zeros.
fn is_id(text: &str) -> bool {
    let id = uuid::Uuid::try_parse(text);
    text.len() == 36 && id.is_ok_and(|id| !id.is_nil())
}
