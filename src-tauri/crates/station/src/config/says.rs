//! What people are told of their password, in the site's own words: on the screen, on the card and to the operator.

use onboarding::{SiteFile, Words};
use schemars::JsonSchema;
use serde::Deserialize;

/// Sentences on the password that stand in the place of the built-in ones. At most 120 characters each.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Says {
    /// Not to write it down: said only to whom nothing asks for it.
    pub memo: Option<Words>,
    /// That the three-month change stays in force, and what to do when the notice comes.
    pub three_months: Option<Words>,
    /// What to do when it is forgotten, and where.
    pub forgotten: Option<Words>,
    /// That it changes by itself: said only where that is known.
    pub changes: Option<Words>,
    /// That nobody knows the new one, administrators included.
    pub nobody: Option<Words>,
    /// That not knowing it is no problem while passwordless sign-in works.
    pub no_need: Option<Words>,
    /// That the three-month change is no longer needed: said only where that is known.
    pub no_three_months: Option<Words>,
    /// That apps may ask to sign in again, and what to choose then.
    pub apps: Option<Words>,
    /// To delete the old password from machines that remember it.
    pub devices: Option<Words>,
    /// The procedure by which a password is set anew, and where: said to whom needs one again. The station makes none.
    pub reset: Option<Words>,
}

impl Says {
    /// Each with its key below `passwords.says`; the pages know it as `pe-password-` and the key.
    pub(super) fn each(&self) -> [(&'static str, Option<&Words>); 10] {
        [
            ("memo", self.memo.as_ref()),
            ("three_months", self.three_months.as_ref()),
            ("forgotten", self.forgotten.as_ref()),
            ("changes", self.changes.as_ref()),
            ("nobody", self.nobody.as_ref()),
            ("no_need", self.no_need.as_ref()),
            ("no_three_months", self.no_three_months.as_ref()),
            ("apps", self.apps.as_ref()),
            ("devices", self.devices.as_ref()),
            ("reset", self.reset.as_ref()),
        ]
    }

    /// For the pages, as files of each language; easy Japanese has the Japanese with its readings.
    pub(super) fn files(&self) -> Vec<SiteFile> {
        let mut files = Vec::new();
        for (folder, lang) in [("ja", "ja"), ("ja_easy", "ja"), ("en", "en")] {
            let said = self.each().into_iter().filter_map(|(key, said)| {
                let (_, text) = said?.iter().find(|(of, _)| *of == lang)?;
                Some((key, text))
            });
            let lines: String = said
                .map(|(key, text)| {
                    let text = match folder {
                        "ja" => without_readings(text),
                        _ => text.to_owned(),
                    };
                    format!(
                        "pe-password-{} = {{ \"{}\" }}\n",
                        key.replace('_', "-"),
                        text.replace('\\', "\\\\").replace('"', "\\\"")
                    )
                })
                .collect();
            if !lines.is_empty() {
                files.push(SiteFile {
                    path: format!("locales/{folder}/said.ftl"),
                    text: lines,
                });
            }
        }
        files
    }
}

fn without_readings(text: &str) -> String {
    let mut within = false;
    text.chars()
        .filter(|&c| {
            within |= c == '《';
            let stays = !within;
            within &= c != '》';
            stays
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S40 to S47: all these sentences are data of the site, with readings where they are read so.
    #[test]
    fn each_sentence_on_the_password_can_be_the_sites_own() {
        let text = r#"memo = { ja = "紙《かみ》に \"書《か》かない\" {{ }}", en = "a\\b" }"#;
        let says: Says = toml::from_str(text).unwrap();
        let files = says.files();
        let told: Vec<_> = files
            .iter()
            .map(|file| (file.path.as_str(), file.text.as_str()))
            .collect();
        let expected = [
            (
                "locales/ja/said.ftl",
                "pe-password-memo = { \"紙に \\\"書かない\\\" {{ }}\" }\n",
            ),
            (
                "locales/ja_easy/said.ftl",
                "pe-password-memo = { \"紙《かみ》に \\\"書《か》かない\\\" {{ }}\" }\n",
            ),
            ("locales/en/said.ftl", "pe-password-memo = { \"a\\\\b\" }\n"),
        ];
        assert_eq!(told, expected);
        assert!(Says::default().files().is_empty());
    }

    /// A key that no page knows would be said nowhere.
    #[test]
    fn every_sentence_has_its_place_on_the_pages() {
        let built_in = include_str!("../../../../../ui/locales/ja/screens.ftl");
        for (key, _) in Says::default().each() {
            let line = format!("\npe-password-{} = ", key.replace('_', "-"));
            assert!(built_in.contains(&line), "{key}");
        }
    }
}
