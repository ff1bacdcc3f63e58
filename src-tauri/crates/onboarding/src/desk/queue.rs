//! Numbers for a turn: handed out in advance or given at the start of a visit, kept in memory only.

use crate::time::{Mono, Now};
use crate::trouble::Trouble;
use crate::view::{TicketCard, TicketState};
use crate::visit::illegal_in_state;

/// No number was given or called for so long: a new day begins. The desk knows no calendar, and a morning that begins
/// before midnight of the service's clock must not be cut in two.
const NIGHT_S: u64 = 6 * 3_600;
/// More people than this do not wait in one room.
const QUEUE_MAX: usize = 200;

/// The numbers of one day at this station.
#[derive(Debug)]
pub(crate) struct Tickets {
    next: u32,
    queue: Vec<TicketCard>,
    moved: Mono,
}

impl Tickets {
    pub(crate) fn new(now: Now) -> Self {
        Self {
            next: 1,
            queue: Vec::new(),
            moved: now.mono,
        }
    }

    /// The next number is handed out to somebody who waits.
    pub(crate) fn take(&mut self, now: Now) -> Result<(), Trouble> {
        self.move_on(now);
        if self.queue.len() >= QUEUE_MAX {
            return Err(illegal_in_state());
        }
        let number = self.fresh();
        let ticket = TicketCard {
            number,
            state: TicketState::Waiting,
        };
        let missed = |ticket: &TicketCard| ticket.state == TicketState::Missed;
        let place = self.queue.iter().position(missed);
        self.queue.insert(place.unwrap_or(self.queue.len()), ticket);
        Ok(())
    }

    /// This number is called; one that was called before waits again.
    pub(crate) fn call(&mut self, number: u32, now: Now) -> Result<(), Trouble> {
        self.move_on(now);
        let place = self.place(number)?;
        for ticket in &mut self.queue {
            if ticket.state == TicketState::Called {
                ticket.state = TicketState::Waiting;
            }
        }
        self.queue[place].state = TicketState::Called;
        Ok(())
    }

    /// Nobody came with this number: it goes to the end, and the second time it goes for good.
    pub(crate) fn no_show(&mut self, number: u32, now: Now) -> Result<(), Trouble> {
        self.move_on(now);
        let place = self.place(number)?;
        let mut ticket = self.queue.remove(place);
        if ticket.state != TicketState::Missed {
            ticket.state = TicketState::Missed;
            self.queue.push(ticket);
        }
        Ok(())
    }

    /// The number of a visit that starts now: the one that was called, else a fresh one.
    pub(crate) fn for_visit(&mut self, now: Now) -> u32 {
        self.move_on(now);
        let called = |ticket: &TicketCard| ticket.state == TicketState::Called;
        match self.queue.iter().position(called) {
            Some(place) => self.queue.remove(place).number,
            None => self.fresh(),
        }
    }

    /// The number of somebody who calls: whoever was called to the counter still comes.
    pub(crate) fn for_caller(&mut self, now: Now) -> u32 {
        self.move_on(now);
        self.fresh()
    }

    /// The number that was called, if one was.
    pub(crate) fn called(&self, now: Now) -> Option<u32> {
        let mut today = self.queue(now).into_iter();
        let called = today.find(|ticket| ticket.state == TicketState::Called)?;
        Some(called.number)
    }

    /// Who waits, in order. Yesterday's numbers mean nothing.
    pub(crate) fn queue(&self, now: Now) -> Vec<TicketCard> {
        match self.new_day(now) {
            true => Vec::new(),
            false => self.queue.clone(),
        }
    }

    /// The number that is given next.
    pub(crate) fn next(&self, now: Now) -> u32 {
        if self.new_day(now) { 1 } else { self.next }
    }

    fn fresh(&mut self) -> u32 {
        let number = self.next;
        self.next = number.saturating_add(1);
        number
    }

    fn place(&self, number: u32) -> Result<usize, Trouble> {
        let held = |ticket: &TicketCard| ticket.number == number;
        self.queue
            .iter()
            .position(held)
            .ok_or_else(illegal_in_state)
    }

    fn move_on(&mut self, now: Now) {
        if self.new_day(now) {
            *self = Self::new(now);
        }
        self.moved = now.mono;
    }

    fn new_day(&self, now: Now) -> bool {
        self.moved.after_s(NIGHT_S) <= now.mono
    }
}
