//! Visits that never came to their end: the app was closed, or it crashed.

use crate::chain::Seq;
use crate::entry::{Event, PassEnd};
use crate::error::ReadError;
use crate::log::Log;
use crate::read::event;

/// A visit without an end in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenVisit {
    /// Its number.
    pub visit: u64,
    /// What the record says of its last pass. One that may still work is `Pending`.
    pub pass: PassEnd,
    /// When its last pass ends by itself, in milliseconds since 1970, where there is one.
    pub until_unix_ms: Option<i64>,
}

impl Log {
    /// Every visit that was begun and whose end is not recorded, oldest first.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn open_visits(&self) -> Result<Vec<OpenVisit>, ReadError> {
        // A quotation mark inside a text is escaped, so these words stand nowhere else.
        let mut statement = self.connection.prepare(
            "SELECT seq, visit, body FROM record AS line
             WHERE visit IN (SELECT visit FROM record WHERE instr(body, '\"event\":\"visit_started\"') > 0)
               AND NOT EXISTS (SELECT 1 FROM record WHERE visit = line.visit
                               AND instr(body, '\"event\":\"visit_ended\"') > 0)
             ORDER BY visit, seq",
        )?;
        let mut rows = statement.query([])?;
        let mut open: Vec<OpenVisit> = Vec::new();
        while let Some(row) = rows.next()? {
            let seq = Seq(row.get::<_, i64>(0)?.cast_unsigned());
            let visit = row.get::<_, i64>(1)?.cast_unsigned();
            let body: String = row.get(2)?;
            if open.last().is_none_or(|last| last.visit != visit) {
                open.push(OpenVisit {
                    visit,
                    pass: PassEnd::None,
                    until_unix_ms: None,
                });
            }
            if let Some(last) = open.last_mut() {
                last.fold(&event(seq, &body)?);
            }
        }
        Ok(open)
    }
}

impl OpenVisit {
    fn fold(&mut self, event: &Event) {
        match event {
            Event::PassIntent { .. } | Event::PassUncertain { .. } => {
                self.pass = PassEnd::Uncertain;
            }
            Event::PassIssued {
                start_unix_ms,
                lifetime_minutes,
                ..
            } => {
                self.pass = PassEnd::Pending;
                let lifetime_ms = i64::from(*lifetime_minutes) * 60_000;
                self.until_unix_ms = Some(start_unix_ms.saturating_add(lifetime_ms));
            }
            Event::PassEntered { .. } => self.pass = PassEnd::Used,
            Event::PassRemoved { .. } | Event::PassOrphanRemoved { .. } => {
                self.pass = PassEnd::Removed;
            }
            Event::PassRefused { .. } | Event::PassNotIssued { .. } => self.pass = PassEnd::None,
            Event::PassLapsed { .. } => self.pass = PassEnd::Expired,
            Event::StationStarted { .. }
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::VisitStarted { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::Registered { .. }
            | Event::VisitEnded { .. } => {}
        }
    }
}
