//! What a display shows, as a camera in front of it would see it: whatever drew it, and whether it still lives.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use workplace::{During, Failure, Outcome};

use crate::beside::wait_until;
use crate::stage::Display;

/// Upper left corner and size, in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub(crate) at: (usize, usize),
    pub(crate) size: (usize, usize),
}

/// Every pixel as red, green and blue.
pub(crate) struct Screenshot {
    width: usize,
    height: usize,
    rgb: Vec<[u8; 3]>,
}

/// So much of a screen may change while it is at rest: a cursor blinks, seconds are counted.
const AT_REST: f64 = 0.002;

/// So much of a screen changes at least when another program's window comes up.
const ANOTHER_WINDOW: f64 = 0.1;

/// A window manager's background and an empty page have fewer colours than this.
const COLOURS_OF_NO_WORDS: usize = 32;

/// Half the width and half the height of what is looked at around a spot, and what of it may differ.
const AROUND: (usize, usize) = (60, 16);
const LOOKS_THE_SAME: f64 = 0.1;

impl Screenshot {
    /// Takes one of the whole display.
    pub(crate) fn take(display: &Display) -> Outcome<Self> {
        let dump = display.dump()?;
        let dump = dump.ok_or_else(|| Failure::new("nobody looks at the user's own display"))?;
        read(&dump).ok_or_else(|| Failure::new("a screenshot of a form that is not known"))
    }

    /// Takes one as soon as nothing moves any more.
    pub(crate) fn at_rest(display: &Display, limit: Duration) -> Outcome<Self> {
        let mut before = Self::take(display)?;
        let quiet = wait_until(limit, || {
            let now = match Self::take(display) {
                Ok(now) => now,
                Err(failure) => return Some(Err(failure)),
            };
            let rests = before.differs(&now) < AT_REST;
            before = now;
            rests.then_some(Ok(()))
        });
        quiet.unwrap_or_else(|| Err(Failure::new("the screen does not come to rest")))?;
        Ok(before)
    }

    /// Takes one as soon as another program's page, with words on it, stands over a good part of `before`.
    pub(crate) fn drawn_over(display: &Display, before: &Self, limit: Duration) -> Outcome<Self> {
        let seen = wait_until(limit, || {
            let now = match Self::take(display) {
                Ok(now) => now,
                Err(failure) => return Some(Err(failure)),
            };
            (now.differs(before) > ANOTHER_WINDOW && now.where_it_differs(before).has_words())
                .then_some(Ok(()))
        });
        seen.unwrap_or_else(|| Err(Failure::new("no other program drew on the display")))?;
        Self::at_rest(display, limit)
    }

    /// The pixels that are not the same as in the other one.
    fn where_it_differs(&self, other: &Self) -> Self {
        let pairs = self.rgb.iter().zip(&other.rgb);
        let rgb: Vec<[u8; 3]> = pairs.filter(|(a, b)| a != b).map(|(a, _)| *a).collect();
        Self {
            width: rgb.len(),
            height: 1,
            rgb,
        }
    }

    /// Whether anything is written there: letters have edges of many colours, an empty window has none.
    pub(crate) fn has_words(&self) -> bool {
        let colours: BTreeSet<[u8; 3]> = self.rgb.iter().copied().collect();
        colours.len() > COLOURS_OF_NO_WORDS
    }

    /// The share of pixels that are not alike, from 0 to 1.
    pub(crate) fn differs(&self, other: &Self) -> f64 {
        if (self.width, self.height) != (other.width, other.height) {
            return 1.0;
        }
        let pairs = self.rgb.iter().zip(&other.rgb);
        let unlike = pairs.filter(|(a, b)| {
            let channels = a.iter().zip(b.iter());
            channels.map(|(a, b)| a.abs_diff(*b)).any(|by| by > 24)
        });
        share(unlike.count(), self.rgb.len())
    }

    /// Whether what lies around a spot looks the same in both.
    pub(crate) fn is_alike_at(&self, other: &Self, (x, y): (i64, i64)) -> bool {
        let at =
            |middle: i64, half: usize| usize::try_from(middle).unwrap_or(0).saturating_sub(half);
        let area = Area {
            at: (at(x, AROUND.0), at(y, AROUND.1)),
            size: (AROUND.0 * 2, AROUND.1 * 2),
        };
        let (ours, theirs) = (self.cut(area), other.cut(area));
        ours.differs(&theirs) < LOOKS_THE_SAME
    }

    fn cut(&self, area: Area) -> Self {
        let rows = area.at.1..(area.at.1 + area.size.1).min(self.height);
        let columns = area.at.0..(area.at.0 + area.size.0).min(self.width);
        let (width, height) = (columns.len(), rows.len());
        let rgb = rows.flat_map(|y| {
            let row = y * self.width;
            columns.clone().map(move |x| self.rgb[row + x])
        });
        Self {
            width,
            height,
            rgb: rgb.collect(),
        }
    }

    /// The share of an area that has just this colour, from 0 to 1.
    pub(crate) fn share_of(&self, colour: [u8; 3], area: Area) -> f64 {
        let rows = area.at.1..(area.at.1 + area.size.1).min(self.height);
        let alike = rows.map(|y| {
            let from = (y * self.width + area.at.0).min(self.rgb.len());
            let to = (from + area.size.0).min(self.rgb.len());
            let row = self.rgb[from..to].iter();
            row.filter(|pixel| **pixel == colour).count()
        });
        share(alike.sum(), area.size.0 * area.size.1)
    }

    /// Writes it as PNG.
    pub(crate) fn write(&self, to: &Path) -> Outcome<()> {
        let file = fs::File::create(to)?;
        let (width, height) = (u32::try_from(self.width)?, u32::try_from(self.height)?);
        let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().during("a picture")?;
        let bytes = self.rgb.as_flattened();
        writer.write_image_data(bytes).during("a picture")?;
        Ok(())
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of pixels are far below what a double holds"
)]
fn share(of: usize, all: usize) -> f64 {
    of as f64 / all.max(1) as f64
}

/// Reads the dump of an X window with true colours of one byte each, the lowest first.
fn read(dump: &[u8]) -> Option<Screenshot> {
    let number = |index: usize| {
        let bytes = dump.get(index * 4..index * 4 + 4)?;
        usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
    };
    let (header, width, height) = (number(0)?, number(4)?, number(5)?);
    let (order, bits, line, colours) = (number(7)?, number(11)?, number(12)?, number(19)?);
    let step = bits / 8;
    if order != 0 || step < 3 {
        return None;
    }
    // A colour of the map takes twelve bytes.
    let pixels = dump.get(header + colours * 12..)?;
    let mut rgb = Vec::with_capacity(width * height);
    for y in 0..height {
        let row = pixels.get(y * line..y * line + width * step)?;
        rgb.extend(
            row.chunks_exact(step)
                .map(|pixel| [pixel[2], pixel[1], pixel[0]]),
        );
    }
    Some(Screenshot { width, height, rgb })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two by one pixels: blue, then red.
    fn dump(bytes_each: u32) -> Vec<u8> {
        let mut numbers = [0_u32; 25];
        numbers[0] = 100;
        (numbers[4], numbers[5]) = (2, 1);
        (numbers[11], numbers[12]) = (bytes_each * 8, bytes_each * 2);
        let mut bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_be_bytes()).collect();
        for pixel in [[255, 0, 0, 0], [0, 0, 255, 0]] {
            bytes.extend(&pixel[..usize::try_from(bytes_each).unwrap()]);
        }
        bytes
    }

    #[test]
    fn colours_are_read_whatever_room_a_pixel_takes() {
        for bytes_each in [3, 4] {
            let seen = read(&dump(bytes_each)).unwrap();
            assert_eq!(seen.rgb, [[0, 0, 255], [255, 0, 0]]);
        }
        assert!(read(&dump(4)[..103]).is_none(), "cut");
    }

    #[test]
    fn shares_are_those_of_the_area() {
        let seen = read(&dump(4)).unwrap();
        let area = |x| Area {
            at: (x, 0),
            size: (1, 1),
        };
        let share = |x| seen.share_of([0, 0, 255], area(x)) > 0.5;
        assert_eq!((share(0), share(1)), (true, false));
        assert!(seen.differs(&seen) < 0.1);
    }
}
