//! The walk-throughs and reading languages in force: those built in, and newer or further ones from the site's folder.
//!
//! The site's folder has the form of the app's own: `packs/<pack>/` with `pack.toml`, `messages.<lang>.ftl` and
//! `labels.<lang>.ftl`, and `locales/<lang>/` for a further language. What breaks a rule is not used at all.

mod built_in;
mod fluent;
mod folder;
mod language;
mod own;
mod problem;
pub(crate) mod readings;

use std::path::Path;
use std::sync::Arc;

use onboarding::{LangCode, OtherScreens, Pack, PackError, Packs, Route, SiteFile, SiteFiles};

use built_in::{OTHER_SCREENS, PACKS, own_prefix};
pub(crate) use folder::Folder;
pub(crate) use problem::Problem;

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
            .filter(|name| LangCode::of_a_sites(name).is_ok());
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
            let problems = match LangCode::of_a_sites(code) {
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
