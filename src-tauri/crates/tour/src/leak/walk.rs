//! One visit with a pass, a lock and a sign-out, on keys alone, with a look at what each leaves.

use serde_json::Value;
use workplace::{Failure, Outcome, Place, say};

use super::encodings::{Needle, forms};
use super::look::{self, Hits};
use super::secrets::{Secrets, Until};
use crate::counter::{Counter, Opening};
use crate::counts::Counts;
use crate::plain::{self, Rights};
use crate::session::Session;
use crate::site::Info;

/// How often the person's name and sign-in name may stay in memory, where the record and the directory's answers have
/// them, too: 37 and 23 times before freed memory was wiped, 4 to 13 times since.
const NAMES: [(&str, usize); 2] = [("name", 12), ("sign-in name", 16)];

/// What the system calls the page's process.
const PAGE: &str = "memory of WebKitWebProces";

pub(super) fn counted(place: &Place, info: &Info, secrets: &Secrets) -> Outcome<Counts> {
    look::able()?;
    let person = info.person("plain", 0)?;
    let names = [
        ("name", name_of(info, &person.upn)?),
        ("sign-in name", person.upn.clone()),
    ];
    let opening = Opening {
        // Where only we exist the system's own folders are nobody's, and a kiosk trusts no file below them.
        kiosk: plain::has_others(),
        rights: Rights::Plain,
        session: Session::Heard,
        input_method: false,
        neighbour: false,
        variables: &[],
    };
    let counter = Counter::at(place, info, &opening)?;
    if counter.bus.is_none() {
        say!("  no session bus here: nothing goes over one");
    }
    let mut scan = Scan {
        counter: &counter,
        secrets,
        names,
        counts: Counts::default(),
    };
    sign_in(&counter, 1)?;
    visit(&counter, person.everyday_name())?;
    scan.in_use()?;
    end(&counter)?;
    scan.left("the visit", &[Until::VisitEnds])?;
    lock(&counter)?;
    scan.left("the lock", &[Until::VisitEnds, Until::SessionEnds])?;
    sign_in(&counter, 2)?;
    sign_out(&counter)?;
    scan.left("the sign-out", &[Until::VisitEnds, Until::SessionEnds])?;
    Ok(scan.counts)
}

/// The person's name in the directory.
fn name_of(info: &Info, upn: &str) -> Outcome<String> {
    let untold = |error: ureq::Error| Failure::new(format!("the tenant's state: {error}"));
    let mut answer = ureq::get(format!("{}/state", info.control))
        .call()
        .map_err(untold)?;
    let text = answer.body_mut().read_to_string().map_err(untold)?;
    let state: Value = serde_json::from_str(&text)?;
    let people = state["users"].as_array().into_iter().flatten();
    let name = people
        .filter(|one| one["upn"] == upn)
        .find_map(|one| one["display_name"].as_str());
    name.map(str::to_owned)
        .ok_or_else(|| Failure::new("the tenant does not name the person"))
}

struct Scan<'a> {
    counter: &'a Counter,
    secrets: &'a Secrets,
    names: [(&'static str, String); 2],
    counts: Counts,
}

impl Scan<'_> {
    fn check(&mut self, what: &str, holds: bool) {
        if holds {
            self.counts.passed += 1;
        } else {
            self.counts.failed += 1;
            say!("  FAILED: {what}");
        }
    }

    /// While the pass is in sight: what is looked for is there, so a look that finds nothing later means something.
    fn in_use(&mut self) -> Outcome<()> {
        let all = self.needles(&[Until::VisitEnds, Until::SessionEnds]);
        let hits = look::everywhere(self.counter, all)?;
        for what in ["pass", "access token", "refresh token"] {
            let held = hits
                .iter()
                .any(|(needle, place, _)| needle.of == what && place == "memory of madoguchi");
            self.check(
                &format!("the {what} in use is found in the app's memory"),
                held,
            );
        }
        // The pass is never one text in the page, so what else is on the screen shows that its memory is read.
        let shown = hits
            .iter()
            .any(|(needle, place, _)| needle.of == "sign-in name" && place == PAGE);
        let all = "the sign-in name on the screen is found in the page's memory";
        self.check(all, shown);
        let missed = look::controls(self.counter)?;
        for missed in &missed {
            say!("  {missed}");
        }
        let all = "the controls in file, selections, bus and environment are found";
        self.check(all, missed.is_empty());
        Ok(())
    }

    /// Nothing of these secrets is left, and names within their bar.
    fn left(&mut self, after: &str, until: &[Until]) -> Outcome<()> {
        let hits = look::everywhere(self.counter, self.needles(until))?;
        let mut kinds: Vec<&str> = self
            .secrets
            .all()
            .iter()
            .filter(|secret| until.contains(&secret.until))
            .map(|secret| secret.what)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut line = format!("after {after}:");
        for kind in kinds {
            let times = times(&hits, kind, "");
            line = format!("{line} {kind} {times},");
            self.check(&format!("no {kind} after {after}"), times == 0);
        }
        for (needle, place, times) in &hits {
            let is_name = NAMES.iter().any(|(name, _)| needle.of == *name);
            if !is_name {
                say!("    {} as {} in {place}: {times}", needle.of, needle.form);
            }
        }
        for (name, bar) in NAMES {
            let memory = times(&hits, name, "memory of ");
            line = format!("{line} {name} {memory} in memory (bar {bar}),");
            self.check(&format!("the {name} after {after}"), memory <= bar);
        }
        say!("  {}", line.trim_end_matches(','));
        Ok(())
    }

    fn needles(&self, until: &[Until]) -> Vec<Needle> {
        let mut all = Vec::new();
        let secrets = self.secrets.all();
        for secret in secrets
            .iter()
            .filter(|secret| until.contains(&secret.until))
        {
            all.extend(forms(secret.what, end_of(&secret.text)));
        }
        for (what, name) in &self.names {
            all.extend(forms(what, name));
        }
        all
    }
}

/// The last part of a long secret: its own, where the first part of a token is the same in all of them.
fn end_of(text: &str) -> &str {
    const PART: usize = 48;
    let from = text.len().saturating_sub(PART);
    text.get(from..).unwrap_or(text)
}

fn times(hits: &Hits, of: &str, place: &str) -> usize {
    let all = hits
        .iter()
        .filter(|(needle, seen, _)| needle.of == of && seen.starts_with(place));
    all.map(|(_, _, times)| times).sum()
}

/// Signs the operator in for so many times, and waits until a pass can be issued.
pub(crate) fn sign_in(counter: &Counter, times: usize) -> Outcome<()> {
    counter.still()?;
    counter.press(&["Tab", "Return"])?;
    counter.recorded("operator_signed_in", times)?;
    counter.until("the pass policy", |counter| {
        let log = counter.log();
        log.matches("authenticationMethodConfigurations").count() >= times
    })?;
    counter.still().map(drop)
}

/// Up to the pass in sight.
pub(crate) fn visit(counter: &Counter, account: &str) -> Outcome<()> {
    counter.press(&["Tab", "Return"])?;
    counter.recorded("visit_started", 1)?;
    counter.still()?;
    counter.text(account)?;
    counter.press(&["Return"])?;
    counter.until("the person", |counter| {
        let log = counter.log();
        log.contains("/users/{id}/authentication/methods")
            && log.contains("/users/{id}/transitiveMemberOf\"")
    })?;
    counter.still()?;
    counter.press(&["Tab", "Return"])?;
    counter.recorded("person_chosen", 1)?;
    counter.still()?;
    // The first check, past the others, the phone, and on.
    counter.press(&["Tab", "space", "Tab", "Tab", "Tab", "Tab", "space"])?;
    counter.still()?;
    counter.press(&["Tab", "Return"])?;
    counter.recorded("identity_checked", 1)?;
    counter.still()?;
    // Past the route and "check now".
    counter.press(&["Tab", "Tab", "Tab", "Return"])?;
    counter.recorded("pass_issued", 1)?;
    counter.still()?;
    // Showing it takes both sides to the row with the pass.
    counter.press(&["Tab", "Return"])?;
    counter.still()?;
    // To "next", beside the ways out.
    counter.press(&["Tab", "Tab", "Tab", "Tab", "Tab"])?;
    counter.still().map(drop)
}

fn end(counter: &Counter) -> Outcome<()> {
    counter.press(&["Tab", "Return"])?;
    counter.still()?;
    // The safe choice has the keyboard.
    counter.press(&["Tab", "Return"])?;
    counter.recorded("visit_ended", 1)?;
    counter.still()?;
    // Past the next visit: back to the first screen.
    counter.press(&["Tab", "Tab", "Return"])?;
    counter.until("the next visitor's page", |counter| {
        counter.log().matches("page is there").count() >= 2
    })?;
    counter.still().map(drop)
}

/// By the control in the bar, which stands before the heading.
fn lock(counter: &Counter) -> Outcome<()> {
    counter.press(&["shift+Tab", "Return"])?;
    counter.recorded("operator_signed_out", 1)?;
    counter.still().map(drop)
}

/// From the heading: the next visit, what the counter needs, the way out.
fn sign_out(counter: &Counter) -> Outcome<()> {
    counter.press(&["Tab", "Tab", "Tab", "Return"])?;
    counter.recorded("operator_signed_out", 2)?;
    counter.still().map(drop)
}
