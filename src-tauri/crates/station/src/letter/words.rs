//! The words of a letter, looked up as the pages look theirs up: from the most general language to the most particular, the
//! site's own last.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use onboarding::{HandOut, Lang, PhoneOs, SiteFiles};

use super::built_in;
use crate::packs::readings;

pub(super) type Args = FluentArgs<'static>;

/// Words in one language, of one walk-through, for one phone.
pub(super) struct Words {
    screens: FluentBundle<FluentResource>,
    pack: FluentBundle<FluentResource>,
    labels: FluentBundle<FluentResource>,
    lang: Lang,
    pub(super) os: &'static str,
}

/// Arguments by their names.
pub(super) fn args(named: &[(&'static str, &str)]) -> Args {
    let value = |text: &str| FluentValue::String(Cow::Owned(text.to_owned()));
    let named = named.iter().map(|(name, text)| (*name, value(text)));
    named.collect()
}

impl Words {
    pub(super) fn of(sheet: &HandOut) -> Self {
        let files = &sheet.site_files;
        let phone = folders(sheet.phone_lang);
        let phone: Vec<_> = phone.iter().map(String::as_str).collect();
        let read = folders(sheet.lang);
        let read: Vec<_> = read.iter().map(String::as_str).collect();
        Self {
            screens: bundle(sheet.lang, screens(&read, files)),
            pack: bundle(sheet.lang, pack(&sheet.pack, "messages", &read, files)),
            labels: bundle(sheet.phone_lang, pack(&sheet.pack, "labels", &phone, files)),
            lang: sheet.lang,
            os: match sheet.phone_os {
                PhoneOs::Ios => "ios",
                PhoneOs::Android => "android",
            },
        }
    }

    /// The language it is read in, as HTML names it.
    pub(super) fn tag(&self) -> &str {
        match &self.lang {
            Lang::Ja | Lang::JaEasy => "ja",
            Lang::En | Lang::Pseudo => "en",
            Lang::Further(code) => code.as_str(),
        }
    }

    /// A sentence of the letter, with its readings.
    pub(super) fn say(&self, key: &str, args: &Args) -> String {
        formatted(&self.screens, key, args).unwrap_or_default()
    }

    /// The same without readings, for a line that can show none.
    pub(super) fn plain(&self, key: &str, args: &Args) -> String {
        readings::without(&self.say(key, args))
    }

    /// A sentence of the walk-through, where it has one.
    pub(super) fn of_pack(&self, key: &str, label: &str) -> Option<String> {
        formatted(&self.pack, key, &args(&[("label", label), ("os", self.os)]))
    }

    /// What the phone shows.
    pub(super) fn label(&self, key: &str) -> String {
        let said = formatted(&self.labels, key, &args(&[("os", self.os)]));
        said.unwrap_or_default()
    }

    /// A text that the site wrote itself.
    pub(super) fn of_site(&self, written: &onboarding::Words) -> String {
        let folders = folders(self.lang);
        let in_folder = |folder: &String| written.iter().find(|(code, _)| code == folder);
        let found = folders.iter().rev().find_map(in_folder);
        let text = found.or_else(|| written.iter().next());
        let text = text.map_or("", |(_, text)| text);
        match self.lang {
            Lang::JaEasy => text.to_owned(),
            Lang::Ja | Lang::En | Lang::Pseudo | Lang::Further(_) => readings::without(text),
        }
    }
}

/// The folders a language is written in, the most general in front.
fn folders(lang: Lang) -> Vec<String> {
    let of = |folders: &[&str]| folders.iter().map(|it| (*it).to_owned()).collect();
    match &lang {
        Lang::Ja => of(&["ja"]),
        Lang::JaEasy => of(&["ja", "ja_easy"]),
        Lang::En | Lang::Pseudo => of(&["en"]),
        Lang::Further(code) => of(&["en", code.as_str()]),
    }
}

fn screens(folders: &[&str], files: &SiteFiles) -> Vec<String> {
    let of_folder = |folder: &&str| {
        let inside = format!("locales/{folder}/");
        let own = files.0.iter().filter_map(move |file| {
            let name = file.path.strip_prefix(&inside)?;
            (!name.contains('/')).then(|| file.text.clone())
        });
        let built_in = built_in::screens(folder).iter();
        built_in
            .map(|text| (*text).to_owned())
            .chain(own)
            .collect::<Vec<_>>()
    };
    folders.iter().flat_map(of_folder).collect()
}

/// A walk-through that the site ships stands for the whole one that is built in.
fn pack(pack: &str, kind: &str, folders: &[&str], files: &SiteFiles) -> Vec<String> {
    let own = |path: &str| files.0.iter().find(|file| file.path == path);
    let text = |from: &str, folder: &str| {
        let prefix = format!("packs/{from}/");
        let shipped = files.0.iter().any(|file| file.path.starts_with(&prefix));
        let found = match shipped {
            true => own(&format!("{prefix}{kind}.{folder}.ftl")).map(|file| file.text.clone()),
            false => Some(built_in::pack(from, &format!("{kind}.{folder}")).to_owned()),
        };
        let found = found.filter(|text| !text.is_empty());
        let beside = || own(&format!("locales/{folder}/packs/{from}.ftl"));
        found.or_else(|| beside().map(|file| file.text.clone()))
    };
    let of_folder = |folder: &&str| ["shared", pack].map(|from| text(from, folder));
    folders.iter().flat_map(of_folder).flatten().collect()
}

/// Later texts have the last word; what cannot be read of a text is left out, for it was judged when it was taken in.
fn bundle(lang: Lang, texts: Vec<String>) -> FluentBundle<FluentResource> {
    let tag = match &lang {
        Lang::Ja | Lang::JaEasy => "ja",
        Lang::En | Lang::Pseudo => "en",
        Lang::Further(code) => code.as_str(),
    };
    let mut bundle = FluentBundle::new(tag.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    for text in texts {
        let read = FluentResource::try_new(text).unwrap_or_else(|(partly, _)| partly);
        bundle.add_resource_overriding(read);
    }
    bundle
}

fn formatted(bundle: &FluentBundle<FluentResource>, key: &str, args: &Args) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    Some(text.into_owned())
}
