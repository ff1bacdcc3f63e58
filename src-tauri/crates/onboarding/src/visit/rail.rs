//! The rows at a glance: behind, in hand, ahead, and those that are passed by.

use super::{Board, Glance};
use crate::view::{FirstStart, RailRow, RailState};
use crate::walkthrough::pack::{Pack, Row};

impl Board {
    pub(super) fn rail(&self, cx: &Glance<'_>) -> Vec<RailRow> {
        let lit = |row: &Row| row.light.is_some_and(|it| self.evidence.lit.contains(&it));
        let proven = cx.pack.rows.iter().rposition(lit);
        let state = |place: usize| match place.cmp(&self.row) {
            std::cmp::Ordering::Equal => RailState::Here,
            std::cmp::Ordering::Less | std::cmp::Ordering::Greater
                if self.not_needed(place, cx.pack) =>
            {
                RailState::NotNeeded
            }
            std::cmp::Ordering::Less if proven.is_some_and(|last| place <= last) => {
                RailState::Proven
            }
            std::cmp::Ordering::Less => RailState::Done,
            std::cmp::Ordering::Greater => RailState::Ahead,
        };
        let row = |(place, row): (usize, &Row)| RailRow {
            id: row.id.clone(),
            number: row.number,
            state: state(place),
        };
        cx.pack.rows.iter().enumerate().map(row).collect()
    }

    /// Which of the first start's screens is in hand.
    pub(super) fn first_start(&self, pack: &Pack) -> Option<FirstStart> {
        let (number, of) = pack.first_start(self.row)?;
        let small = |count| u8::try_from(count).unwrap_or(u8::MAX);
        Some(FirstStart {
            number: small(number),
            of: small(of),
        })
    }

    /// Somebody goes to this row: where it is one of the first start's, the app had not been opened before.
    pub(super) fn meets_first_start(&mut self, place: usize, pack: &Pack) {
        self.first_start_met |= pack.first_start(place).is_some();
    }

    /// Whether this row is passed by: another one stood for it, or the app had been opened before.
    pub(super) fn not_needed(&self, place: usize, pack: &Pack) -> bool {
        let Some(row) = pack.rows.get(place) else {
            return false;
        };
        let stood_for = self.stood_in.as_ref().and_then(|id| {
            let place = pack.place(id)?;
            Some(pack.rows[place].stands_for.contains(&row.id))
        });
        let opened = self.answers.app_installed == Some(true) && !self.first_start_met;
        stood_for.unwrap_or(false) || (row.first_start && opened)
    }
}
