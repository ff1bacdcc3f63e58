//! The languages the screens start in, by the names the file knows them by.

use std::borrow::Cow;
use std::fmt;

use onboarding::{Lang, OPERATOR_STARTS, PERSON_STARTS};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, VariantAccess as _, Visitor};

/// One of the languages the operator's side may start in.
pub(super) fn operator<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
    OneOf(OPERATOR_STARTS).read(deserializer)
}

/// One of the languages the person's side may start in.
pub(super) fn person<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
    OneOf(PERSON_STARTS).read(deserializer)
}

/// A language out of a list; the parser names the whole list when it refuses another.
struct OneOf(&'static [&'static str]);

impl OneOf {
    fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Lang, D::Error> {
        deserializer.deserialize_enum("Lang", self.0, self)
    }
}

impl<'de> Visitor<'de> for OneOf {
    type Value = Lang;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("enum Lang")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Lang, A::Error> {
        let (lang, variant) = data.variant_seed(self)?;
        variant.unit_variant()?;
        Ok(lang)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Lang, E> {
        let listed = self.0.contains(&name).then(|| Lang::of(name)).flatten();
        listed.ok_or_else(|| E::unknown_variant(name, self.0))
    }
}

impl<'de> DeserializeSeed<'de> for OneOf {
    type Value = Lang;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Lang, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

/// [`operator`]'s languages in the schema.
pub(super) struct OperatorStart;

impl JsonSchema for OperatorStart {
    fn schema_name() -> Cow<'static, str> {
        "LangName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": OPERATOR_STARTS })
    }
}

/// [`person`]'s languages in the schema.
pub(super) struct PersonStart;

impl JsonSchema for PersonStart {
    fn schema_name() -> Cow<'static, str> {
        "PersonLangName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": PERSON_STARTS })
    }
}
