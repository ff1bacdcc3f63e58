//! One way to check who somebody is. It may have words of the site's own, a key for each language there is: so it is
//! read by hand, and a further language is nothing to be done here.

use std::borrow::Cow;
use std::fmt;

use onboarding::{NoteKind, WRITTEN, Words, Written};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// One way to check.
#[derive(Clone, Debug)]
pub struct Check {
    /// Names the check in the record: 1 to 40 small letters, digits and `-`.
    pub id: String,
    /// Ask for the name of who vouches.
    pub voucher: bool,
    /// The site's own words, by the code of their language.
    texts: Vec<(&'static str, String)>,
}

const FIELDS: &[&str] = &fields::<{ WRITTEN.len() + 2 }>();

/// `id`, each language, `voucher`.
const fn fields<const N: usize>() -> [&'static str; N] {
    let mut fields = ["voucher"; N];
    fields[0] = "id";
    let mut at = 0;
    while at < WRITTEN.len() {
        fields[at + 1] = WRITTEN[at].code;
        at += 1;
    }
    fields
}

impl Check {
    /// One the app has words for.
    pub(super) fn built_in(id: &str, voucher: bool) -> Self {
        Self {
            id: id.to_owned(),
            voucher,
            texts: Vec::new(),
        }
    }

    /// Its own words, where it has them in every language that needs them.
    pub(super) fn words(&self) -> Option<Words> {
        let text = |code: &str| self.texts.iter().find(|text| text.0 == code);
        Words::of(|code| text(code).map(|text| text.1.clone())).ok()
    }

    /// Each text there is.
    pub(super) fn texts(&self) -> impl Iterator<Item = &String> {
        self.texts.iter().map(|(_, text)| text)
    }

    /// What it asks for beside the tick.
    pub(super) fn notes(&self) -> Vec<NoteKind> {
        let kinds = [(self.voucher, NoteKind::Voucher)];
        let asked = kinds.into_iter().filter(|(asked, _)| *asked);
        asked.map(|(_, kind)| kind).collect()
    }
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Check", FIELDS, Fields)
    }
}

/// Reads a check's fields.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Check;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct Check")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Check, A::Error> {
        let (mut id, mut voucher, mut texts) = (None, None, Vec::new());
        while let Some(Field(field)) = map.next_key()? {
            match field {
                "id" => id = Some(map.next_value()?),
                "voucher" => voucher = Some(map.next_value()?),
                code => texts.push((code, map.next_value()?)),
            }
        }
        Ok(Check {
            id: id.ok_or_else(|| A::Error::missing_field("id"))?,
            voucher: voucher.unwrap_or_default(),
            texts,
        })
    }

    /// The values alone, in the order of the fields.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Check, A::Error> {
        let short = |got| A::Error::invalid_length(got, &"struct Check");
        let id = seq.next_element()?.ok_or_else(|| short(0))?;
        let mut texts = Vec::with_capacity(WRITTEN.len());
        for (at, language) in WRITTEN.iter().enumerate() {
            let text = seq.next_element()?.ok_or_else(|| short(at + 1))?;
            texts.push((language.code, text));
        }
        let voucher = seq.next_element()?.unwrap_or_default();
        Ok(Check { id, voucher, texts })
    }
}

/// A key a check may have. That another one is none is said by the key itself, so that its place is known.
struct Field(&'static str);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = Cow::<str>::deserialize(deserializer)?;
        let known = FIELDS.iter().find(|field| **field == said);
        known
            .map(|field| Self(field))
            .ok_or_else(|| D::Error::unknown_field(&said, FIELDS))
    }
}

impl JsonSchema for Check {
    fn schema_name() -> Cow<'static, str> {
        "Check".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({
            "description": "One way to check. `ja` and `en` replace the built-in words of `staff-card`, `photo-id`, `vouching` and `call-back`.",
            "type": "object",
            "properties": {
                "id": {
                    "description": "Names the check in the record: 1 to 40 small letters, digits and `-`.",
                    "type": "string",
                },
                "voucher": {
                    "description": "Ask for the name of who vouches.",
                    "type": "boolean",
                    "default": false,
                },
            },
            "required": ["id"],
            "additionalProperties": false,
        });
        let properties = schema.get_mut("properties");
        if let Some(properties) = properties.and_then(|properties| properties.as_object_mut()) {
            for language in &WRITTEN {
                let text = json_schema!({
                    "description": described(language),
                    "type": ["string", "null"],
                });
                properties.insert(language.code.to_owned(), text.to_value());
            }
        }
        schema
    }
}

/// What the schema says of the words in a language: which others they need beside them.
fn described(language: &Written) -> String {
    let others = WRITTEN
        .iter()
        .filter(|other| other.needed && other.code != language.code);
    let others: Vec<_> = others.map(|other| format!("`{}`", other.code)).collect();
    format!(
        "The check in {}; needs {} as well.",
        language.name,
        others.join(" and ")
    )
}
