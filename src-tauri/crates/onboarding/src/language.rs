//! The languages there are, and texts written in them.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// A language the operator may work in, and a site may write its own texts in.
#[derive(Debug)]
pub struct Written {
    /// The name of its folder, and of its texts in the configuration.
    pub code: &'static str,
    /// What English calls it.
    pub name: &'static str,
    /// Every text of a site's has it; a further language may be left out, and English stands in.
    pub needed: bool,
}

/// All of them, in the order texts are kept in. One more is one line here, its name among [`PERSON_STARTS`], and its
/// folder of words.
pub const WRITTEN: [Written; 2] = [
    Written {
        code: "ja",
        name: "Japanese",
        needed: true,
    },
    Written {
        code: "en",
        name: "English",
        needed: true,
    },
];

/// What the operator's screens may start in.
pub const OPERATOR_STARTS: &[&str] = &codes::<{ WRITTEN.len() + 1 }>();

/// What the person's screens may start in.
pub const PERSON_STARTS: &[&str] = &["ja", "ja_easy", "en", "pseudo"];

const CODES: &[&str] = &codes::<{ WRITTEN.len() }>();

/// The codes of [`WRITTEN`], and the pseudo-language in every place beyond them.
const fn codes<const N: usize>() -> [&'static str; N] {
    let mut codes = ["pseudo"; N];
    let mut at = 0;
    while at < WRITTEN.len() {
        codes[at] = WRITTEN[at].code;
        at += 1;
    }
    codes
}

/// A language words are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    Ja,
    /// Easy Japanese: short sentences, with the reading of every Chinese character above it.
    JaEasy,
    En,
    /// Stretched and bracketed English that finds clipped and hard-coded text.
    Pseudo,
    /// A further language to read in, known by its folder; what it does not say is read in English.
    #[serde(untagged)]
    #[ts(untagged)]
    Further(LangCode),
}

impl Lang {
    /// The language of a code; none where it is not a code at all.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "ja" => Some(Self::Ja),
            "ja_easy" => Some(Self::JaEasy),
            "en" => Some(Self::En),
            "pseudo" => Some(Self::Pseudo),
            further => LangCode::parse(further).ok().map(Self::Further),
        }
    }

    /// Its name in the configuration and of its folder.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Ja => "ja",
            Self::JaEasy => "ja_easy",
            Self::En => "en",
            Self::Pseudo => "pseudo",
            Self::Further(code) => code.as_str(),
        }
    }

    /// The language a phone is set to, which is none of the ways of writing one; English where its labels are not
    /// known in this one.
    pub(crate) fn of_phone(self) -> Self {
        match self {
            Self::Ja | Self::JaEasy => Self::Ja,
            Self::En | Self::Pseudo | Self::Further(_) => Self::En,
        }
    }
}

/// The code of a further language, such as `vi` or `pt-br`: two or three small letters, then perhaps `-` and two to
/// four more letters or digits. It is the name of the language's folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string & {}")]
pub struct LangCode([u8; 8]);

/// Not the code of a further language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a further language; allowed: like vi or pt-br, but not ja, en or pseudo")]
pub struct NoLangCode;

impl LangCode {
    /// Reads a code.
    ///
    /// # Errors
    /// [`NoLangCode`] for anything else, and for Japanese and English, which have names of their own in [`Lang`].
    pub fn parse(text: &str) -> Result<Self, NoLangCode> {
        let (language, rest) = text.split_once('-').unwrap_or((text, "xx"));
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase());
        let region = (2..=4).contains(&rest.len())
            && rest
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let further = !matches!(text, "ja" | "en");
        if !(2..=3).contains(&language.len()) || !letters(language) || !region || !further {
            return Err(NoLangCode);
        }
        let mut code = [0; 8];
        code[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(code))
    }

    /// Reads the code of a language that a site brings itself.
    ///
    /// # Errors
    /// [`NoLangCode`] for what is no code, and for a language the operator may work in, whose words are built in.
    pub fn of_a_sites(text: &str) -> Result<Self, NoLangCode> {
        if CODES.contains(&text) {
            return Err(NoLangCode);
        }
        Self::parse(text)
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl fmt::Debug for LangCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for LangCode {
    type Error = NoLangCode;

    fn try_from(text: String) -> Result<Self, NoLangCode> {
        Self::parse(&text)
    }
}

impl From<LangCode> for String {
    fn from(code: LangCode) -> Self {
        code.as_str().to_owned()
    }
}

/// A text of the site's in the languages it is written in, in their order.
#[derive(Clone, Debug, PartialEq, Eq, TS)]
#[ts(type = "{ [code in string]: string }")]
pub struct Words(Vec<(&'static str, String)>);

impl Words {
    /// The text of each language, or why they do not do: a language that every text needs is named where it lacks.
    ///
    /// # Errors
    /// The code of a needed language without a text.
    pub fn of(mut text: impl FnMut(&str) -> Option<String>) -> Result<Self, &'static str> {
        let mut texts = Vec::with_capacity(WRITTEN.len());
        for language in &WRITTEN {
            match text(language.code) {
                Some(text) => texts.push((language.code, text)),
                None if language.needed => return Err(language.code),
                None => {}
            }
        }
        Ok(Self(texts))
    }

    /// The same text in every language.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self(CODES.iter().map(|code| (*code, text.to_owned())).collect())
    }

    /// Each text with the code of its language.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(code, text)| (*code, text.as_str()))
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (code, text) in self.iter() {
            map.serialize_entry(code, text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Words", CODES, Texts)
    }
}

/// Reads a text's languages.
struct Texts;

impl<'de> Visitor<'de> for Texts {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct Words")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let mut found: Vec<(&str, String)> = Vec::new();
        while let Some(Code(code)) = map.next_key()? {
            if found.iter().any(|(other, _)| *other == code) {
                return Err(A::Error::duplicate_field(code));
            }
            found.push((code, map.next_value()?));
        }
        Words::of(in_code(&found)).map_err(A::Error::missing_field)
    }

    /// The texts alone, in the order of the languages.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Words, A::Error> {
        let mut found: Vec<(&str, String)> = Vec::new();
        for code in CODES {
            found.extend(seq.next_element()?.map(|text| (*code, text)));
        }
        Words::of(in_code(&found)).map_err(|_| A::Error::invalid_length(found.len(), &self))
    }
}

/// Finds a text by the code it was found under.
fn in_code(found: &[(&str, String)]) -> impl FnMut(&str) -> Option<String> {
    |code| {
        let text = found.iter().find(|text| text.0 == code);
        text.map(|text| text.1.clone())
    }
}

/// A code a text may stand under.
struct Code(&'static str);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = Cow::<str>::deserialize(deserializer)?;
        let known = CODES.iter().find(|code| **code == said);
        known
            .map(|code| Self(code))
            .ok_or_else(|| D::Error::unknown_field(&said, CODES))
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let needed = WRITTEN.iter().filter(|language| language.needed);
        let needed: Vec<_> = needed.map(|language| language.code).collect();
        let mut schema = json_schema!({
            "description": "A text in both languages.",
            "type": "object",
            "properties": {},
            "required": needed,
            "additionalProperties": false,
        });
        let properties = schema.get_mut("properties");
        if let Some(properties) = properties.and_then(|properties| properties.as_object_mut()) {
            for language in &WRITTEN {
                let description = format!("In {}.", language.name);
                let text = json_schema!({ "description": description, "type": "string" });
                properties.insert(language.code.to_owned(), text.to_value());
            }
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_again_by_its_code() {
        for code in OPERATOR_STARTS
            .iter()
            .chain(PERSON_STARTS)
            .chain(&["pt-br"])
        {
            assert_eq!(Lang::of(code).unwrap().code(), *code);
        }
        assert_eq!(Lang::of("tlh_x"), None);
    }

    #[test]
    fn whatever_the_operator_may_start_in_the_person_may_as_well() {
        assert!(
            OPERATOR_STARTS
                .iter()
                .all(|code| PERSON_STARTS.contains(code))
        );
    }

    #[test]
    fn a_site_brings_no_language_of_the_operators() {
        for code in CODES {
            LangCode::of_a_sites(code).unwrap_err();
        }
        LangCode::of_a_sites("vi").unwrap();
    }

    #[test]
    fn a_text_is_kept_in_the_order_of_the_languages_and_lacks_none_that_is_needed() {
        let words = Words::of(|code| Some(code.to_uppercase())).unwrap();
        assert_eq!(words.iter().next(), Some(("ja", "JA")));
        assert_eq!(
            Words::of(|code| (code == "ja").then(String::new)),
            Err("en")
        );
    }
}
