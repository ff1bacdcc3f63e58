//! The hand-out of a visit: asked for, made outside, said on the board.

use super::{Board, Context, Glance, Prefs, illegal_in_state};
use crate::effect::{Effect, EffectFailure, EffectId};
use crate::handout::{HandOut, HandOutDone, HandOutRow, HandOutView};
use crate::policy::Paper;
use crate::policy::PhoneOs;
use crate::trouble::{Message, Trouble, TroubleCode};

/// How far the hand-out is.
#[derive(Debug, Default)]
pub(crate) enum Sheet {
    #[default]
    None,
    Making {
        effect: EffectId,
    },
    Done {
        done: HandOutDone,
    },
}

impl Board {
    /// Has the hand-out made, for the route, phone and language the visit has now.
    pub(super) fn make_hand_out(
        &mut self,
        paper: Paper,
        prefs: &Prefs,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        if cx.site.paper.is_none() {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        if matches!(self.sheet, Sheet::Making { .. }) {
            return Err(illegal_in_state());
        }
        let hand_out = Box::new(hand_out(paper, prefs, cx));
        let effect = cx.push(Effect::MakeHandOut { hand_out });
        self.sheet = Sheet::Making { effect };
        Ok(())
    }

    /// The hand-out is there, or what went wrong with it.
    pub(super) fn on_hand_out(
        &mut self,
        id: EffectId,
        made: Result<HandOutDone, EffectFailure>,
    ) -> Option<Trouble> {
        if !matches!(self.sheet, Sheet::Making { effect } if effect == id) {
            return None;
        }
        let (sheet, trouble) = match made {
            Ok(done) => (Sheet::Done { done }, None),
            Err(failure) => (Sheet::None, Some(failure.trouble)),
        };
        self.sheet = sheet;
        trouble
    }

    /// None where the site hands out no paper.
    pub(super) fn hand_out_view(&self, cx: &Glance<'_>) -> Option<HandOutView> {
        let paper = cx.site.paper?;
        let done = match &self.sheet {
            Sheet::None | Sheet::Making { .. } => None,
            Sheet::Done {
                done: HandOutDone::Printed,
            } => Some(Message::new("op-paper-printed")),
            Sheet::Done {
                done: HandOutDone::Saved { file },
            } => Some(Message::new("op-paper-saved").text("file", file)),
        };
        Some(HandOutView {
            paper,
            making: matches!(self.sheet, Sheet::Making { .. }),
            done,
        })
    }
}

fn hand_out(paper: Paper, prefs: &Prefs, cx: &Glance<'_>) -> HandOut {
    let site = cx.site;
    HandOut {
        paper,
        lang: prefs.lang,
        training: site.training,
        organisation: site.organisation.clone(),
        help_line: site.help_line.clone(),
        pack: cx.pack.id.clone(),
        rows: rows(prefs.phone_os, cx),
        phone_os: prefs.phone_os,
        phone_lang: prefs.phone_lang.of_phone(),
        stores: site.stores.clone(),
        helps: site.helps.clone(),
        not_used: site.not_used.clone(),
        site_files: site.files.clone(),
    }
}

fn rows(os: PhoneOs, cx: &Glance<'_>) -> Vec<HandOutRow> {
    let row = |row: &crate::Row| HandOutRow {
        id: row.id.clone(),
        number: row.number,
        kind: row.kind,
        needs: row.needs.clone(),
        condition: row.condition.clone(),
        tap: row.on(os).1.map(str::to_owned),
    };
    cx.pack.rows.iter().map(row).collect()
}
