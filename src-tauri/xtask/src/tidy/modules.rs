//! The modules of one crate, and which takes an item out of which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::code::{bare, end_of_item, words};
use super::uses::{Import, paths, split};

/// One file of a crate, or a module that stands within one.
#[derive(Debug, Default)]
struct Module {
    /// The module whose file it stands in, which is itself for most.
    home: String,
    /// Names its code defines, fields and methods aside.
    items: BTreeSet<String>,
    imports: Vec<Import>,
    /// Its code without imports.
    code: String,
}

/// A crate's modules by their paths; the root is "".
#[derive(Debug, Default)]
pub(super) struct Modules {
    all: BTreeMap<String, Module>,
    /// Macros that are called at the root wherever they stand.
    macros: BTreeMap<String, String>,
}

/// What a module takes from another: the module, and one item for each.
pub(super) type Arrows = BTreeMap<String, BTreeMap<String, String>>;

/// What a path leads to.
enum Target {
    Module(String),
    Item(String, String),
}

/// Re-exports may lead on to others, but not for ever.
const STEPS: usize = 8;

impl Modules {
    /// Reads the modules that the root declares, and theirs. What only tests are built of is not among them.
    pub(super) fn read(root: &Path) -> Self {
        let mut modules = Self::default();
        if let (Ok(text), Some(folder)) = (fs::read_to_string(root), root.parent()) {
            modules.add("", "", &bare(&text), folder);
        }
        modules
    }

    fn add(&mut self, path: &str, home: &str, code: &str, folder: &Path) {
        let (within, code) = without_inner(code);
        for (name, inner) in within {
            self.add(&join(path, &name), home, &inner, &folder.join(&name));
        }
        for (name, file) in declared(&code, folder) {
            if let Ok(text) = fs::read_to_string(&file) {
                let path = join(path, &name);
                self.add(&path, &path, &bare(&text), &folder.join(name));
            }
        }
        let (imports, code) = split(&code);
        for (_, exported) in code.match_indices("#[macro_export]").filter_map(|(at, _)| {
            let after = &code[at..];
            after.split_once("macro_rules!")
        }) {
            if let Some(name) = words(exported).next() {
                self.macros.insert(name.to_owned(), path.to_owned());
            }
        }
        let module = Module {
            home: home.to_owned(),
            items: items(&code),
            imports,
            code,
        };
        self.all.insert(path.to_owned(), module);
    }

    /// Every arrow between two files; what stands within one takes and gives for it.
    pub(super) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (from, module) in &self.all {
            let taken = self.taken_by(from).into_iter();
            let taken = taken.map(|(to, item)| (self.all[&to].home.clone(), item));
            let elsewhere = taken.filter(|(to, _)| *to != module.home);
            arrows
                .entry(module.home.clone())
                .or_default()
                .extend(elsewhere);
        }
        arrows
    }

    fn taken_by(&self, from: &str) -> BTreeMap<String, String> {
        let module = &self.all[from];
        let used: BTreeSet<&str> = words(&module.code).collect();
        let mut targets = Vec::new();
        for import in &module.imports {
            if import.name == "*" {
                let above = &import.path[..import.path.len() - 1];
                if let Some(Target::Module(to)) = self.resolve(from, above, STEPS) {
                    let taken = self.all[&to]
                        .items
                        .iter()
                        .find(|item| used.contains(&***item));
                    targets.extend(taken.map(|item| Target::Item(to.clone(), item.clone())));
                }
            } else if !import.is_public || used.contains(&*import.name) {
                // What is only handed on is a name in a list of contents.
                targets.extend(self.resolve(from, &import.path, STEPS));
            }
        }
        targets.extend(
            paths(&module.code)
                .iter()
                .filter_map(|path| self.resolve(from, path, STEPS)),
        );
        targets
            .into_iter()
            .filter_map(|target| match target {
                Target::Item(to, item) => (to != from).then_some((to, item)),
                Target::Module(_) => None,
            })
            .collect()
    }

    /// Where a path leads that is written in this module; none when it leaves the crate.
    fn resolve(&self, from: &str, path: &[String], steps: usize) -> Option<Target> {
        let mut at = self.begin(from, path, steps)?;
        let mut rest = at.1;
        while let Some(name) = rest.first() {
            let inner = join(&at.0, name);
            if !self.all.contains_key(&inner) {
                return self.item(&at.0, name, &rest[1..], steps);
            }
            at.0 = inner;
            rest = &rest[1..];
        }
        Some(Target::Module(at.0))
    }

    /// The module a path starts from, and the segments after it.
    fn begin<'a>(
        &self,
        from: &str,
        path: &'a [String],
        steps: usize,
    ) -> Option<(String, &'a [String])> {
        let steps = steps.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some((String::new(), rest)),
            "self" => Some((from.to_owned(), rest)),
            "super" => {
                let mut at = above(from)?;
                let mut rest = rest;
                while rest.first().is_some_and(|segment| segment == "super") {
                    at = above(&at)?;
                    rest = &rest[1..];
                }
                Some((at, rest))
            }
            name if self.all.contains_key(&join(from, name)) => Some((join(from, name), rest)),
            name => {
                let mut imports = self.all[from].imports.iter();
                let import = imports.find(|import| import.name == name && import.path != path)?;
                match self.resolve(from, &import.path, steps)? {
                    Target::Module(to) => Some((to, rest)),
                    Target::Item(..) => None,
                }
            }
        }
    }

    /// A name of a module: where it is defined, through whatever hands it on.
    fn item(&self, at: &str, name: &str, rest: &[String], steps: usize) -> Option<Target> {
        let steps = steps.checked_sub(1)?;
        let module = &self.all[at];
        let here = || Target::Item(at.to_owned(), name.to_owned());
        if let Some(import) = module.imports.iter().find(|import| import.name == name) {
            let mut path = import.path.clone();
            path.extend(rest.iter().cloned());
            return self.resolve(at, &path, steps);
        }
        if module.items.contains(name) {
            return Some(here());
        }
        let handed_on = module.imports.iter().filter(|import| import.name == "*");
        for import in handed_on {
            let above = &import.path[..import.path.len() - 1];
            if let Some(Target::Module(to)) = self.resolve(at, above, steps)
                && self.all[&to].items.contains(name)
            {
                return Some(Target::Item(to, name.to_owned()));
            }
        }
        if let Some(to) = self.macros.get(name).filter(|_| at.is_empty()) {
            return Some(Target::Item(to.clone(), name.to_owned()));
        }
        // A macro may have made it.
        Some(here())
    }
}

/// The modules that a source holds with their braces, and the source with those empty.
fn without_inner(code: &str) -> (Vec<(String, String)>, String) {
    let mut found = Vec::new();
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((name, open)) = next_inner(rest) {
        let end = open + end_of_item(&rest[open..]);
        let (inner, after) = (&rest[open + 1..end], &rest[end..]);
        let inner = inner.strip_suffix('}').unwrap_or(inner);
        found.push((name.to_owned(), inner.to_owned()));
        kept.push_str(&rest[..=open]);
        kept.push('}');
        rest = after;
    }
    (found, kept + rest)
}

/// The name of the next `mod name {`, and where its brace is.
fn next_inner(code: &str) -> Option<(&str, usize)> {
    code.match_indices("mod ").find_map(|(at, word)| {
        let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let from = at + word.len();
        let open = from + code[from..].find(['{', '}', ';'])?;
        let name = code[from..open].trim();
        let is_name = !name.is_empty() && name.chars().all(in_word);
        let begins = code[open..].starts_with('{') && !code[..at].ends_with(in_word);
        (is_name && begins).then_some((name, open))
    })
}

/// The files behind `mod name;`.
fn declared(code: &str, folder: &Path) -> Vec<(String, PathBuf)> {
    let statements = code.split(['{', '}', ';']);
    let names = statements.filter_map(|statement| {
        let (_, name) = statement.rsplit_once("mod ")?;
        let name = name.trim();
        let is_name = !name.is_empty() && words(name).count() == 1;
        is_name.then(|| name.to_owned())
    });
    names
        .filter_map(|name| {
            let flat = folder.join(format!("{name}.rs"));
            let deep = folder.join(&name).join("mod.rs");
            let file = [flat, deep].into_iter().find(|file| file.is_file())?;
            Some((name, file))
        })
        .collect()
}

fn items(code: &str) -> BTreeSet<String> {
    const KINDS: [&str; 10] = [
        "struct",
        "enum",
        "union",
        "type",
        "trait",
        "fn",
        "const",
        "static",
        "mod",
        "macro_rules",
    ];
    let mut before = "";
    let mut found = BTreeSet::new();
    for word in words(code) {
        if KINDS.contains(&before) {
            found.insert(word.to_owned());
        }
        before = word;
    }
    found
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        return name.to_owned();
    }
    format!("{path}::{name}")
}

fn above(path: &str) -> Option<String> {
    if path.is_empty() {
        return None;
    }
    Some(
        path.rsplit_once("::")
            .map_or("", |(above, _)| above)
            .to_owned(),
    )
}
