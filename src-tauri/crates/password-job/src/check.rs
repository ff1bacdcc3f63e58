//! Whether the job could run: its file, its key and, where wanted, what the directory lets it read.

use std::path::Path;

use entra::GraphErrorKind;

use crate::access;
use crate::asking::word;
use crate::config::JobSetup;
use crate::early::{Early, NO_REPORT, unread};
use crate::folder;
use crate::ledger::Ledger;
use crate::report::Ending;
use crate::roll;
use crate::stop::Stop;

/// What was found, a line each.
#[derive(Debug)]
pub struct Checked {
    /// What is there.
    pub good: Vec<String>,
    /// What to look at, though it keeps nothing from working.
    pub warnings: Vec<String>,
    /// What keeps the job from working.
    pub wrong: Vec<String>,
    /// The code for it.
    pub ending: Ending,
}

/// Looks at the key, and asks the directory where `online`.
pub(crate) async fn check(setup: &JobSetup, folder: &Path, online: bool) -> Checked {
    let mut checked = Checked {
        good: Vec::new(),
        warnings: setup.warnings.clone(),
        wrong: Vec::new(),
        ending: Ending::Done,
    };
    match access::key(setup) {
        Ok(key) => checked.good.push(format!(
            "the key is the certificate's (SHA-256 {})",
            key.thumbprint()
        )),
        Err(why) => checked.wrong(Ending::Configuration, why),
    }
    // A clock that is wrong does no harm here: the lines are counted.
    let known = folder::parts(folder).and_then(|parts| Ledger::look(&parts, i64::MAX));
    match known {
        Ok(known) => checked
            .good
            .push(format!("people in the ledger: {}", known.len())),
        Err(error) => checked.wrong(Ending::Configuration, error.to_string()),
    }
    if online && checked.wrong.is_empty() {
        ask(setup, &mut checked).await;
    }
    checked
}

async fn ask(setup: &JobSetup, checked: &mut Checked) {
    let access = match access::open(setup, &Stop::default(), &mut |_| {}).await {
        Ok(access) => access,
        Err(no) => return checked.wrong(no.ending, no.why),
    };
    checked.good.push("the app signed in".to_owned());
    match roll::read(&access.session, setup, None, &Stop::default()).await {
        Ok(roll) => checked
            .good
            .push(format!("people on the roll: {}", roll.whole)),
        Err(no) => checked.early(Early::from(no)),
    }
    match access.session.registrations_page(None).await {
        Ok(_) => checked
            .good
            .push("the registration report can be read".to_owned()),
        Err(error) if error.kind == GraphErrorKind::NotPermitted => {
            checked.warnings.push(NO_REPORT.to_owned());
        }
        Err(error) => checked.early(unread("the registration report", &error)),
    }
    domains(setup, &access, checked).await;
}

/// What the domains say of the age of passwords, against what is configured.
async fn domains(setup: &JobSetup, access: &access::Access, checked: &mut Checked) {
    let names = match access.session.verified_domains().await {
        Ok(names) => names.unwrap_or_default(),
        Err(error) => {
            let why = format!("the domains cannot be read: {}", word(&error.kind));
            checked.warnings.push(why);
            return;
        }
    };
    for name in names {
        match access.session.domain_passwords(&name).await {
            Ok(said) => {
                let notice = said.notice_days.unwrap_or(setup.passwords.notice_days);
                let late = said
                    .validity_days
                    .and_then(|days| setup.late_for(days, notice));
                checked
                    .warnings
                    .extend(late.map(|late| format!("{name}: {late}")));
            }
            Err(error) => {
                let why = format!("the domain {name} cannot be read: {}", word(&error.kind));
                checked.warnings.push(why);
            }
        }
    }
}

impl Checked {
    fn early(&mut self, early: Early) {
        self.wrong(early.ending, early.why);
    }

    fn wrong(&mut self, ending: Ending, why: String) {
        self.ending = self.ending.max(ending);
        self.wrong.push(why);
    }
}
