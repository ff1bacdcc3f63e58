//! A site's own packs and languages: what is good is used without a new binary, what is not is refused whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use entra_sim::Case;
use onboarding::{
    InFront, Lang, LangCode, OperatorScreen, PersonAction, PersonScreen, Route, VisitAction,
    VisitScreen,
};
use station::packs::SitePacks;
use test_station::{Browser, until};

use crate::counter::Counter;

/// Where the sample configuration would name the folder.
const DIR: &str = "# dir = \"/etc/madoguchi/packs\"";

/// Files of a site's folder, by their path within it.
type Files = BTreeMap<String, String>;

#[test]
fn a_newer_pack_stands_for_the_built_in_one() {
    let folder = written(&newer_a());
    let site = load(folder.path());
    assert_eq!(site.problems, Vec::<String>::new());
    let version = SitePacks::load(None)
        .unwrap()
        .packs
        .of(Route::AddAccount)
        .version;
    let pack = site.packs.of(Route::AddAccount);
    assert_eq!(pack.version, version + 1);
    assert_eq!(
        pack.rows[pack.place("a1").unwrap()].needs,
        [onboarding::RowNeed::Privacy],
        "the site's own row"
    );
    let told: Vec<_> = site.versions().collect();
    assert_eq!(
        told[0],
        format!("walkthrough-a version {} (the site's)", version + 1)
    );
    assert!(
        told[1].ends_with("(built in)") && told[2].ends_with("(built in)"),
        "{told:?}"
    );
    assert_eq!(site.in_force, [format!("walkthrough-a {}", version + 1)]);
    let paths: Vec<_> = site.files.0.iter().map(|file| file.path.as_str()).collect();
    assert!(
        paths.contains(&"packs/walkthrough-a/messages.ja_easy.ftl"),
        "{paths:?}"
    );
    assert!(paths.iter().all(|path| path.ends_with(".ftl")), "{paths:?}");
}

/// The packs built in keep the rules a site's own must keep.
#[test]
fn the_built_in_packs_would_pass_as_a_sites() {
    let mut files = Files::new();
    for pack in ["walkthrough-a", "walkthrough-b", "walkthrough-c"] {
        files.extend(newer(pack));
    }
    let site = load(written(&files).path());
    assert_eq!(site.problems, Vec::<String>::new());
    assert_eq!(site.in_force.len(), 3);
}

const TOML: &str = "packs/walkthrough-a/pack.toml";
pub(crate) const EASY: &str = "packs/walkthrough-a/messages.ja_easy.ftl";
const LABELS: &str = "packs/walkthrough-a/labels.ja.ftl";

/// A file, what stands in it, what stands there instead, and the reason that is given.
const BAD: [(&str, &str, &str, &str); 19] = [
    (
        TOML,
        "id = \"walkthrough-a\"",
        "id = \"other\"",
        "the name of its folder",
    ),
    (
        TOML,
        "kind = \"wait\"",
        "kind = \"dance\"",
        "pack.toml: line ",
    ),
    (TOML, "kind = \"wait\"", "kind = \"dance\"", "`dance`"),
    (
        TOML,
        "tap = \"work-account\"",
        "tap = \"next\"",
        "row a2: the ringed control",
    ),
    (
        TOML,
        "screen = \"code-typed\"",
        "screen = \"moon\"",
        "another screen that nobody knows",
    ),
    (
        TOML,
        "back_to = \"a13\"",
        "back_to = \"z\"",
        "a row that is not there",
    ),
    (
        TOML,
        "needs = [\"pass\"]",
        "",
        "0 rows need the pass; allowed: exactly one",
    ),
    (
        TOML,
        "condition-several-accounts",
        "condition-rain",
        "allowed: condition-several-accounts",
    ),
    (
        TOML,
        "icon = \"authenticator\"",
        "icon = \"unicorn\"",
        "icon \"unicorn\"; allowed: plus",
    ),
    (
        TOML,
        "\"ja\", \"ja_easy\", \"en\"",
        "\"ja\", \"en\"",
        "does not list \"ja_easy\"",
    ),
    (
        TOML,
        "text = \"which-kind\"",
        "text = \"what-kind\"",
        "what-kind: missing, but a drawn phone shows it",
    ),
    (
        EASY,
        "a2-title = アカウントの 種類《しゅるい》\n",
        "",
        "a2-title: missing, but needed",
    ),
    (EASY, "種類《しゅるい》", "種類", "種類: needs its reading"),
    (
        EASY,
        "a2-title =",
        "a99-title = x\na2-title =",
        "a99-title: belongs to no row",
    ),
    (
        EASY,
        "「{ $label }」を タップします。",
        "タップします。",
        "names no { $label }",
    ),
    (
        EASY,
        "a2-title = ",
        "a2-title = { $password }",
        "$password is not known; allowed: $label, $os",
    ),
    (
        EASY,
        "a2-title = ",
        "a2-title = { DATETIME($os) }",
        "only text, arguments and choices",
    ),
    (
        EASY,
        "a2-title = アカウント",
        "a2-title アカウント",
        "messages.ja_easy.ftl: line ",
    ),
    (
        LABELS,
        "setting-up = 設定",
        "setting-up = 設定《せってい》",
        "a phone shows none",
    ),
];

#[test]
fn a_bad_pack_is_refused_whole_with_its_reason() {
    for (file, from, to, wanted) in BAD {
        bad(file, from, to, wanted);
    }
    let built_in = SitePacks::load(None)
        .unwrap()
        .packs
        .of(Route::AddAccount)
        .version;
    let (next, now) = (
        format!("version = {}", built_in + 1),
        format!("version = {built_in}"),
    );
    bad(TOML, &next, &now, "is not newer than version");
    let mut files = newer_a();
    files.remove(LABELS);
    refused(&files, "labels.ja.ftl: missing, but needed");
    let mut files = newer_a();
    files
        .get_mut(EASY)
        .unwrap()
        .push_str(&"# long\n".repeat(30_000));
    refused(&files, "too long; allowed: at most 128 KiB");
}

#[track_caller]
fn bad(file: &str, from: &str, to: &str, wanted: &str) {
    let mut files = newer_a();
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    *text = text.replacen(from, to, 1);
    refused(&files, wanted);
}

#[test]
fn nothing_from_elsewhere_is_read() {
    let folder = written(&newer_a());
    let stray = folder.path().join("packs/walkthrough-a/pack.json");
    fs::write(&stray, "{}").unwrap();
    let site = load(folder.path());
    assert_eq!(
        site.in_force.len(),
        1,
        "a stray file does no harm, but is told of"
    );
    assert!(
        site.problems[0].contains("pack.json: not used; allowed: packs/<pack>/pack.toml"),
        "{:?}",
        site.problems
    );

    for missing in [folder.path().join("nowhere"), stray] {
        let site = load(&missing);
        assert_eq!(
            (site.in_force.len(), site.problems.len()),
            (0, 1),
            "{:?}",
            site.problems
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let folder = written(&newer_a());
    let outside = written(&newer_a());
    let path = "packs/walkthrough-a/messages.en.ftl";
    fs::remove_file(folder.path().join(path)).unwrap();
    std::os::unix::fs::symlink(outside.path().join(path), folder.path().join(path)).unwrap();
    let site = load(folder.path());
    assert!(site.in_force.is_empty());
    assert!(
        site.problems[0].contains("messages.en.ftl: a link; allowed: plain files"),
        "{:?}",
        site.problems
    );

    let linked = outside.path().join("linked");
    std::os::unix::fs::symlink(folder.path(), &linked).unwrap();
    assert!(load(&linked).problems[0].contains("not a link to one"));
    let pack = outside.path().join("packs/linked");
    std::os::unix::fs::symlink(folder.path().join("packs/walkthrough-a"), pack).unwrap();
    assert!(
        load(outside.path())
            .problems
            .iter()
            .any(|problem| problem.contains("packs/linked: a link"))
    );
}

/// S52, N18: a further language is one folder, put there while nobody builds anything.
#[test]
fn a_further_language_is_taken_whole_or_not_at_all() {
    let site = load(written(&vietnamese()).path());
    assert_eq!(site.problems, Vec::<String>::new());
    assert_eq!(site.in_force, ["vi"]);

    for (file, from, wanted) in [
        (
            "locales/vi/screens.ftl",
            "language-vi = Tiếng Việt\n",
            "language-vi: missing",
        ),
        ("locales/vi/screens.ftl", "pe-next = ", "pe-next: missing"),
        (
            "locales/vi/packs/walkthrough-c.ftl",
            "c3-title = ",
            "c3-title: missing",
        ),
        (
            "locales/vi/packs/shared.ftl",
            "other-first-run-say = ",
            "other-first-run-say: missing",
        ),
    ] {
        let mut files = vietnamese();
        let text = files.get_mut(file).unwrap();
        let line = text
            .lines()
            .find(|line| line.starts_with(from.trim_end()))
            .unwrap()
            .to_owned();
        *text = text.replacen(&format!("{line}\n"), "", 1);
        let site = load(written(&files).path());
        assert!(site.in_force.is_empty() && site.files.0.is_empty());
        let [problem] = site.problems.as_slice() else {
            panic!("{:?}", site.problems);
        };
        assert!(
            problem.contains("language vi is not complete") && problem.contains(wanted),
            "{problem}"
        );
    }
    let mut begun = Files::new();
    begun.insert(
        "locales/vi/screens.ftl".to_owned(),
        "pe-next = Tiếp\n".to_owned(),
    );
    let site = load(written(&begun).path());
    assert!(site.problems[0].contains(" more"), "{:?}", site.problems);
    let mut built_in = Files::new();
    built_in.insert(
        "locales/ja/screens.ftl".to_owned(),
        "pe-next = x\n".to_owned(),
    );
    let site = load(written(&built_in).path());
    assert!(
        site.problems[0].contains("like vi or pt-br, but not ja"),
        "{:?}",
        site.problems
    );
}

/// The pages get the words with their views, and the language is chosen like any other without losing the place.
#[tokio::test]
async fn the_pages_get_the_sites_pack_and_language_s52() {
    let mut files = newer_a();
    files.extend(vietnamese());
    let folder = written(&files);
    let packs = format!("dir = '{}'", folder.path().display());
    let counter = Counter::signed_in(0, &[(DIR, &packs)]).await;
    let visit = counter.board(Case::Plain).await;
    counter
        .wants(visit, VisitAction::GoTo { row: "a1".into() })
        .await
        .unwrap();
    let vi = Lang::Further(LangCode::parse("vi").unwrap());
    counter
        .station
        .person_act(None, PersonAction::SetLanguage { lang: vi })
        .await
        .unwrap();
    until(&counter.station, "the language", |operator, person| {
        let PersonScreen::Walk { row, .. } = &person.screen else {
            return None;
        };
        if person.lang != vi {
            return None;
        }
        assert_eq!(serde_json::to_value(person.lang).unwrap(), "vi");
        assert_eq!(
            (row.pack.as_str(), row.id.as_str()),
            ("walkthrough-a", "a1")
        );
        assert_eq!(row.needs, [onboarding::RowNeed::Privacy]);
        let has = |path: &str| person.site_files.0.iter().any(|file| file.path == path);
        assert!(
            has("locales/vi/packs/walkthrough-a.ftl") && has("packs/walkthrough-a/labels.ja.ftl")
        );
        assert_eq!(operator.site_files, person.site_files);
        assert_eq!(operator.health.site_packs.len(), 2);
        matches!(
            operator.screen,
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board { .. },
                ..
            })
        )
        .then_some(())
    })
    .await;
}

/// S60: the health line says what of the folder is not used; the station works all the same.
#[tokio::test]
async fn the_operator_is_told_of_a_bad_pack() {
    let mut files = newer_a();
    files.remove("packs/walkthrough-a/messages.ja.ftl");
    let folder = written(&files);
    let packs = format!("dir = '{}'", folder.path().display());
    let counter = Counter::open(Browser::NeverComes, &[(DIR, &packs)]).await;
    let view = counter.station.operator_view().await.unwrap();
    assert!(view.health.site_packs.is_empty());
    assert!(
        view.health.pack_problems[0].contains("messages.ja.ftl: missing"),
        "{:?}",
        view.health.pack_problems
    );
}

pub(crate) fn load(dir: &Path) -> SitePacks {
    SitePacks::load(Some(dir)).unwrap()
}

pub(crate) fn refused(files: &Files, wanted: &str) {
    let site = load(written(files).path());
    assert!(
        site.in_force.is_empty() && site.files.0.is_empty(),
        "{wanted}"
    );
    let built_in = SitePacks::load(None).unwrap();
    assert_eq!(
        site.packs, built_in.packs,
        "{wanted}: the built-in one is used"
    );
    assert!(
        site.problems.iter().any(|problem| problem.contains(wanted)),
        "{:?}, not {wanted:?}",
        site.problems
    );
}

/// The pack built in, one version on.
fn newer(pack: &str) -> Files {
    let folder = built_in(&format!("packs/{pack}"));
    let mut files = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("packs/{pack}/{}", entry.file_name().to_string_lossy());
        let mut text = fs::read_to_string(entry.path()).unwrap();
        if path.ends_with(".toml") {
            let line = text
                .lines()
                .find(|line| line.starts_with("version = "))
                .unwrap()
                .to_owned();
            let version: u32 = line["version = ".len()..].parse().unwrap();
            text = text.replacen(&line, &format!("version = {}", version + 1), 1);
        }
        files.insert(path, text);
    }
    files
}

/// The first walk-through, one version on, with one row that needs something else.
pub(crate) fn newer_a() -> Files {
    let mut files = newer("walkthrough-a");
    let text = files.get_mut("packs/walkthrough-a/pack.toml").unwrap();
    *text = text.replacen("tap = \"plus\"", "needs = [\"privacy\"]\ntap = \"plus\"", 1);
    files
}

/// A language somebody begins by copying the English one.
pub(crate) fn vietnamese() -> Files {
    let mut files = Files::new();
    for file in ["screens", "words"] {
        let text = fs::read_to_string(built_in(&format!("locales/en/{file}.ftl"))).unwrap();
        files.insert(format!("locales/vi/{file}.ftl"), text);
    }
    files
        .get_mut("locales/vi/screens.ftl")
        .unwrap()
        .push_str("language-vi = Tiếng Việt\n");
    for pack in ["shared", "walkthrough-a", "walkthrough-b", "walkthrough-c"] {
        let text = fs::read_to_string(built_in(&format!("packs/{pack}/messages.en.ftl"))).unwrap();
        files.insert(format!("locales/vi/packs/{pack}.ftl"), text);
    }
    files
}

fn built_in(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../ui")
        .join(path)
}

pub(crate) fn written(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}
