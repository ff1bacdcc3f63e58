//! The hand-out of a visit: asked for, made outside, said on the board.

use super::{Board, Context, Glance, Prefs, Receipt, Stage, Visit, illegal_in_state};
use crate::effect::{Effect, EffectFailure, EffectId};
use crate::handout::{ClosingCard, HandOut, HandOutDone, HandOutRow, HandOutView};
use crate::policy::{Paper, PhoneOs, Site};
use crate::trouble::{Message, Trouble, TroubleCode};
use crate::view::EndView;
use crate::walkthrough::pack::Row;

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

impl Sheet {
    fn making(&self) -> bool {
        matches!(self, Self::Making { .. })
    }

    /// Has it made, one at a time.
    fn make(&mut self, hand_out: HandOut, cx: &mut Context<'_>) -> Result<(), Trouble> {
        if cx.site.paper.is_none() {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        if self.making() {
            return Err(illegal_in_state());
        }
        let hand_out = Box::new(hand_out);
        let effect = cx.push(Effect::MakeHandOut { hand_out });
        *self = Self::Making { effect };
        Ok(())
    }

    /// It is there, or what went wrong with it.
    pub(super) fn made(
        &mut self,
        id: EffectId,
        made: Result<HandOutDone, EffectFailure>,
    ) -> Option<Trouble> {
        if !matches!(self, Self::Making { effect } if *effect == id) {
            return None;
        }
        let (sheet, trouble) = match made {
            Ok(done) => (Self::Done { done }, None),
            Err(failure) => (Self::None, Some(failure.trouble)),
        };
        *self = sheet;
        trouble
    }

    /// As the operator sees it, where the site hands out this size.
    fn view(&self, paper: Paper) -> HandOutView {
        let done = match self {
            Self::None | Self::Making { .. } => None,
            Self::Done {
                done: HandOutDone::Printed,
            } => Some(Message::new("op-paper-printed")),
            Self::Done {
                done: HandOutDone::Saved { file },
            } => Some(Message::new("op-paper-saved").text("file", file)),
        };
        HandOutView {
            paper,
            making: self.making(),
            done,
        }
    }
}

impl Visit {
    /// The steps while the visit goes on, the closing card when it has ended with one.
    pub(super) fn make_hand_out(
        &mut self,
        paper: Paper,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        self.at_the_counter()?;
        let prefs = self.prefs;
        match &mut self.stage {
            Stage::HandingOver(board) => {
                let steps = HandOut {
                    paper,
                    ..steps(&prefs, cx)
                };
                board.sheet.make(steps, cx)
            }
            Stage::Ended(receipt) => {
                let card = receipt.card(cx.site).ok_or_else(illegal_in_state)?;
                let card = HandOut {
                    card: Some(card),
                    ..hand_out(paper, &prefs, cx)
                };
                receipt.stays(cx.glance.now);
                receipt.sheet.make(card, cx)
            }
            Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_) | Stage::Ending(_) => {
                Err(illegal_in_state())
            }
        }
    }
}

impl Receipt {
    /// What the closing card says on paper, where the visit came so far.
    fn card(&self, site: &Site) -> Option<ClosingCard> {
        Some(ClosingCard {
            kind: self.end.registered,
            password: self.end.password?,
            help_hours: site.help_hours.clone(),
            after_hours: site.after_hours.clone(),
        })
    }

    pub(super) fn view(&self, cx: &Glance<'_>) -> EndView {
        let paper = cx.site.paper.filter(|_| self.end.password.is_some());
        EndView {
            // The card is a slip, whatever size the steps have.
            hand_out: paper.map(|_| self.sheet.view(Paper::A5)),
            ..self.end.clone()
        }
    }
}

impl Board {
    /// The hand-out is there, or what went wrong with it.
    pub(super) fn on_hand_out(
        &mut self,
        id: EffectId,
        made: Result<HandOutDone, EffectFailure>,
    ) -> Option<Trouble> {
        self.sheet.made(id, made)
    }

    /// None where the site hands out no paper.
    pub(super) fn hand_out_view(&self, cx: &Glance<'_>) -> Option<HandOutView> {
        cx.site.paper.map(|paper| self.sheet.view(paper))
    }
}

/// The steps of the way, on a page. Whoever goes on at home has opened the app here.
pub(super) fn steps(prefs: &Prefs, cx: &Glance<'_>) -> HandOut {
    let opened = |row: &&Row| !row.first_start;
    HandOut {
        rows: rows(prefs.phone_os, opened, cx),
        ..hand_out(Paper::A4, prefs, cx)
    }
}

/// The same for whoever was never here: what the app asks when it is opened first stands in front.
pub(super) fn steps_from_home(prefs: &Prefs, cx: &Glance<'_>) -> HandOut {
    HandOut {
        rows: rows(prefs.phone_os, |_| true, cx),
        ..hand_out(Paper::A4, prefs, cx)
    }
}

/// What is the same on every sheet; the steps or the card come on top.
fn hand_out(paper: Paper, prefs: &Prefs, cx: &Glance<'_>) -> HandOut {
    let site = cx.site;
    HandOut {
        paper,
        lang: prefs.lang,
        training: site.training,
        organisation: site.organisation.clone(),
        help_line: site.help_line.clone(),
        pack: cx.pack.id.clone(),
        rows: Vec::new(),
        phone_os: prefs.phone_os,
        phone_lang: prefs.phone_lang.of_phone(),
        stores: site.stores.clone(),
        helps: site.helps.clone(),
        not_used: site.not_used.clone(),
        card: None,
        site_files: site.files.clone(),
    }
}

fn rows(os: PhoneOs, kept: impl Fn(&&Row) -> bool, cx: &Glance<'_>) -> Vec<HandOutRow> {
    let row = |row: &Row| {
        let (phone, tap) = row.on(os);
        HandOutRow {
            id: row.id.clone(),
            number: row.number,
            kind: row.kind,
            needs: row.needs.clone(),
            condition: row.condition.clone(),
            tap: tap.map(str::to_owned),
            phone: phone.clone(),
        }
    };
    cx.pack.rows.iter().filter(kept).map(row).collect()
}
