//! What the machine around the shipped app gives it or refuses: namespaces for the pages' sandbox, an input method, an
//! environment.

use std::fs;
use std::path::Path;

use workplace::{Outcome, Place, output, say};

use crate::checks::Checks;
use crate::counter::{Counter, Opening, PLANTED_LIBRARY, PLANTED_SETTINGS};
use crate::plain::{self, Rights};
use crate::session::Session;
use crate::{ibus, neighbour};

const CLEANED: &str = "environment_cleaned";
const MISSING: &str = "sandbox_missing";
/// What would load code, open TLS or obey before `main`; the last makes the app start itself once more. The browser of
/// the sign-in is given all of them, so none may keep it from its work.
const PLANTED: [(&str, &str); 6] = [
    ("GIO_EXTRA_MODULES", "/planted/gio"),
    ("GIO_MODULE_DIR", "/planted/dir"),
    ("GTK_IM_MODULE_FILE", "/planted/cache"),
    ("SSL_CERT_FILE", "/planted/ca"),
    ("XDG_CONFIG_HOME", PLANTED_SETTINGS),
    ("MALLOC_PLANTED_", "planted"),
];

/// Where namespaces can be made, the pages are shut in, and nothing says otherwise.
pub(crate) fn shut_in(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    let name = "the pages are shut in where namespaces can be made";
    let trial = ["--unshare-all", "--ro-bind", "/", "/", "/bin/true"];
    let mut bubblewrap = plain::plain(counter.folder(), Path::new("/usr/bin/bwrap"), Rights::Plain);
    if output(bubblewrap.args(trial)).is_err() {
        say!("  not run here: {name}");
        return Ok(());
    }
    let sandbox = counter.family()?.sandbox;
    checks.hold(
        name,
        sandbox > 0,
        "nothing stands between the app and its page",
    );
    let said = counter.events().iter().any(|event| event == MISSING);
    checks.hold(name, !said, "the record says that there is no sandbox");
    Ok(())
}

/// Where nobody may make namespaces, as in many containers, the app starts all the same and says so.
pub(crate) fn without_namespaces(place: &Place, checks: &mut Checks) -> Outcome<()> {
    let name = "the app starts where namespaces are refused, and its record says so";
    let mut namespace = plain::plain(&place.root, Path::new("/bin/true"), Rights::NoNamespaces);
    if output(&mut namespace).is_err() {
        say!("  not run here: {name}");
        return Ok(());
    }
    let opening = Opening {
        // The system's own folders are nobody's there, and a kiosk trusts no file below them.
        kiosk: false,
        rights: Rights::NoNamespaces,
        session: Session::Bare,
        input_method: false,
        neighbour: false,
        variables: &[],
    };
    let counter = Counter::opened(place, &opening)?;
    counter.sign_in()?;
    let family = counter.family()?;
    checks.equal(name, (family.pages.len(), family.sandbox), (1, 0));
    let events = counter.events();
    let said = events.iter().filter(|event| *event == MISSING).count();
    checks.equal(name, said, 1);
    counter.keep("no-namespaces");
    Ok(())
}

/// What an input method makes of the keys arrives in the search field: letters that mean nobody before it.
pub(crate) fn by_an_input_method(place: &Place, checks: &mut Checks) -> Outcome<()> {
    let opening = Opening {
        kiosk: true,
        rights: Rights::Plain,
        session: Session::Heard,
        input_method: true,
        neighbour: true,
        variables: &PLANTED,
    };
    let counter = Counter::opened(place, &opening)?;
    counter.sign_in()?;
    counter.press(&["Tab", "Return"])?;
    counter.recorded("visit_started", 1)?;
    counter.still()?;
    let person = counter.info.person("plain", 0)?.everyday_name();
    let found = counter.find(&ibus::turned(person));
    let words = found.err().map(|failure| failure.to_string());
    let name = "ibus types into the search field";
    checks.hold(name, words.is_none(), &words.unwrap_or_default());
    beside(&counter, checks);
    planted(&counter, checks)
}

/// T5: what a program of the same session planted runs in the app at no time, and in its pages where they are shut in.
fn beside(counter: &Counter, checks: &mut Checks) {
    let shut_in = counter.family().is_ok_and(|family| family.sandbox > 0);
    let log = counter.log();
    let runs = log.lines().filter(|line| {
        let runs = neighbour::RUNS.iter().any(|words| line.contains(words));
        runs && (shut_in || line.contains("in madoguchi"))
    });
    let runs: Vec<String> = runs.map(str::to_owned).collect();
    checks.check("the desktop's settings lead to no code", &runs);
}

/// T6: nothing of a hostile environment is with the app or with what it started, and the record says that it was there.
fn planted(counter: &Counter, checks: &mut Checks) -> Outcome<()> {
    let name = "no process has what a line of a .profile planted, and the record says so";
    for (id, process) in counter.family()?.all {
        let handed = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        let has = String::from_utf8_lossy(&handed).contains("planted");
        checks.hold(name, !has, &format!("{process} has it"));
    }
    let said = counter.events();
    let times = said.iter().filter(|event| *event == CLEANED).count();
    checks.equal(name, times, 1);
    let name = "GTK looked for no library that planted settings name";
    checks.equal(name, counter.times(PLANTED_LIBRARY), 0);
    Ok(())
}
