//! The walk-throughs and reading languages in force: those built in, and newer or further ones from the site's folder.
//!
//! The site's folder has the form of the app's own: `packs/<pack>/` with `pack.toml`, `messages.<lang>.ftl` and
//! `labels.<lang>.ftl`, and `locales/<lang>/` for a further language. What breaks a rule is not used at all.

mod fluent;
mod folder;
mod language;
mod own;
mod readings;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use onboarding::{LangCode, OtherScreens, Pack, PackError, Packs, Route, SiteFile, SiteFiles};

pub(crate) use folder::Folder;

/// The walk-throughs built in.
const PACKS: [&str; 3] = [
    include_str!("../../../../../ui/packs/walkthrough-a/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-b/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-c/pack.toml"),
];
/// The other screens they share.
const OTHER_SCREENS: &str = include_str!("../../../../../ui/packs/shared/other-screens.toml");

/// The walk-throughs in force, the site's own words, and what there is to say of them.
#[derive(Debug)]
pub struct SitePacks {
    pub packs: Packs,
    /// The words of what is in force.
    pub files: SiteFiles,
    /// The site's own packs with their versions, and its languages.
    pub in_force: Vec<String>,
    /// What of the site's folder is not used: file, place, and what is allowed.
    pub problems: Vec<String>,
}

/// One thing wrong with the site's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The file within the folder.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: Option<usize>,
    pub(crate) what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl SitePacks {
    /// The built-in packs, and what of the site's folder is good.
    ///
    /// # Errors
    /// Only when a built-in pack cannot be read.
    pub fn load(dir: Option<&Path>) -> Result<Self, PackError> {
        let others = OtherScreens::parse(OTHER_SCREENS)?;
        let mut loaded = Self {
            packs: Packs::parse(OTHER_SCREENS, PACKS)?,
            files: SiteFiles::default(),
            in_force: Vec::new(),
            problems: Vec::new(),
        };
        let Some(dir) = dir else {
            return Ok(loaded);
        };
        match Folder::read(dir) {
            Ok(folder) => loaded.take(&folder, &others),
            Err(problem) => loaded.problems.push(problem.to_string()),
        }
        Ok(loaded)
    }

    /// Each pack in force, with its version and where it comes from.
    pub fn versions(&self) -> impl Iterator<Item = String> {
        Route::ALL.into_iter().map(|route| {
            let pack = self.packs.of(route);
            let own = own_prefix(&pack.id);
            let site = self.files.0.iter().any(|file| file.path.starts_with(&own));
            let from = if site { "the site's" } else { "built in" };
            format!("{} version {} ({from})", pack.id, pack.version)
        })
    }

    /// The same with the languages of the site.
    pub fn told(&self) -> impl Iterator<Item = String> {
        let languages = self
            .in_force
            .iter()
            .filter(|name| LangCode::parse(name).is_ok());
        let languages = languages.map(|code| format!("language {code} (the site's)"));
        self.versions().chain(languages)
    }

    fn take(&mut self, folder: &Folder, others: &OtherScreens) {
        let built_in = self.packs.clone();
        for id in folder.packs() {
            match self.pack(folder, id, others) {
                Ok(pack) => self.packs = self.packs.clone().with(pack),
                Err(problem) => self.problems.push(problem.to_string()),
            }
        }
        let mut files = Vec::new();
        let packs = Route::ALL.map(|route| self.packs.of(route).clone());
        let own = packs.iter().filter(|pack| *pack != built_in.of(pack.route));
        for pack in own {
            self.in_force.push(format!("{} {}", pack.id, pack.version));
            files.extend(folder.under(&own_prefix(&pack.id)));
        }
        let packs = Route::ALL.map(|route| self.packs.of(route).clone());
        for code in folder.languages() {
            let problems = match LangCode::parse(code) {
                Ok(_) => language::check(folder, code, &packs),
                Err(wrong) => vec![Problem {
                    file: format!("locales/{code}"),
                    line: None,
                    what: wrong.to_string(),
                }],
            };
            if problems.is_empty() {
                self.in_force.push(code.to_owned());
                files.extend(folder.under(&format!("locales/{code}/")));
            } else {
                self.problems.push(language::summary(code, &problems));
            }
        }
        self.problems.extend(folder.strays());
        // The pages get words; rows and screens come to them with the views.
        files.retain(|file: &SiteFile| !file.path.ends_with(".toml"));
        self.files = SiteFiles(Arc::new(files));
    }

    fn pack(&self, folder: &Folder, id: &str, others: &OtherScreens) -> Result<Pack, Problem> {
        let pack = own::read(folder, id, others)?;
        let now = self.packs.of(pack.route);
        let problem = |what| Problem {
            file: format!("{}pack.toml", own_prefix(id)),
            line: None,
            what,
        };
        if Route::ALL
            .iter()
            .any(|route| *route != pack.route && self.packs.of(*route).id == id)
        {
            return Err(problem(format!("id {id:?} belongs to another route")));
        }
        if pack.version <= now.version {
            let what = format!(
                "version {} is not newer than version {} of {:?}, which is used; allowed: {} or more",
                pack.version,
                now.version,
                now.id,
                now.version + 1
            );
            return Err(problem(what));
        }
        Ok(pack)
    }
}

/// Where a pack's own files lie.
fn own_prefix(id: &str) -> String {
    format!("packs/{id}/")
}

/// The built-in words of a kind, by language: `messages` or `labels` that the packs share.
fn shared(kind: &str, lang: &str) -> &'static str {
    match (kind, lang) {
        ("messages", "ja") => include_str!("../../../../../ui/packs/shared/messages.ja.ftl"),
        ("messages", "ja_easy") => {
            include_str!("../../../../../ui/packs/shared/messages.ja_easy.ftl")
        }
        ("messages", "en") => include_str!("../../../../../ui/packs/shared/messages.en.ftl"),
        ("labels", "ja") => include_str!("../../../../../ui/packs/shared/labels.ja.ftl"),
        ("labels", "en") => include_str!("../../../../../ui/packs/shared/labels.en.ftl"),
        (_, _) => "",
    }
}

/// What the screens themselves say to the person: the keys of easy Japanese, which has these and no others, with the
/// arguments English gives them.
fn for_the_person() -> BTreeMap<String, fluent::Uses> {
    const EASY: [&str; 2] = [
        include_str!("../../../../../ui/locales/ja_easy/screens.ftl"),
        include_str!("../../../../../ui/locales/ja_easy/words.ftl"),
    ];
    const ENGLISH: [&str; 2] = [
        include_str!("../../../../../ui/locales/en/screens.ftl"),
        include_str!("../../../../../ui/locales/en/words.ftl"),
    ];
    let all = |texts: [&str; 2]| -> BTreeMap<_, _> {
        let read = texts.into_iter().filter_map(|text| fluent::read(text).ok());
        read.flat_map(|words| words.messages).collect()
    };
    let mut english = all(ENGLISH);
    let easy = all(EASY);
    english.retain(|key, _| easy.contains_key(key));
    english
}
