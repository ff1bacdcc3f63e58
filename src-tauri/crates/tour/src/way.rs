//! A way through the app by mouse and keyboard alone: learnt once where WebDriver tells what lies where, then gone
//! again in an app that no WebDriver sees.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use workplace::{During, Failure, Outcome, output};

use crate::beside::wait_until;
use crate::screenshot::Screenshot;
use crate::stage::Display;
use crate::window::{SOON, Window};

/// A step's screen may take so long: the machine may be busy with other things.
const LIMIT: Duration = Duration::from_secs(60);

/// A press that did nothing is made again, as a person would: a busy machine loses one now and then.
const TRIES: u32 = 3;
const ONE_TRY: Duration = Duration::from_secs(20);

/// A screen is the one that was learnt where no more than this of it is different: names, numbers, seconds.
const ALIKE: f64 = 0.02;

/// More than a cursor that blinks.
const CHANGED: f64 = 0.0003;

/// What a hand does.
#[derive(Clone, Debug)]
pub(crate) enum Hand {
    Presses(i64, i64),
    Types(String),
}

/// One thing done, and what the screen shows then.
pub(crate) struct Step {
    name: &'static str,
    hand: Hand,
    then: Screenshot,
}

/// The steps in order, each with a name.
#[derive(Default)]
pub(crate) struct Way {
    /// What the screen shows before the first.
    begin: Option<Screenshot>,
    steps: Vec<Step>,
}

impl Way {
    /// The way begins at what is on the screen now.
    pub(crate) fn learn_begin(&mut self, display: &Display) -> Outcome<()> {
        self.begin = Some(Screenshot::at_rest(display, LIMIT)?);
        Ok(())
    }

    /// Presses what matches and waits for what matches then.
    pub(crate) async fn learn_press(
        &mut self,
        (window, display): (&Window, &Display),
        name: &'static str,
        css: &str,
        then: &str,
    ) -> Outcome<()> {
        // In the middle of what can be pressed, where the display has it.
        const SPOT: &str = "const r = document.querySelector(arguments[0]).getBoundingClientRect();\
             return [Math.round(screenX + r.x + r.width / 2), Math.round(screenY + r.y + r.height / 2)]";
        window.sees(css, name, SOON).await?;
        // What is still on its way to its place is not there yet.
        Screenshot::at_rest(display, LIMIT)?;
        let at = window.script(SPOT, vec![json!(css)]).await?;
        let (x, y): (i64, i64) = serde_json::from_value(at).during(name)?;
        self.learn(
            (window, display),
            name,
            (Hand::Presses(x, y), Some(css)),
            then,
        )
        .await
    }

    /// Types into what has the focus and waits for what matches then.
    pub(crate) async fn learn_type(
        &mut self,
        at: (&Window, &Display),
        name: &'static str,
        text: &str,
        then: &str,
    ) -> Outcome<()> {
        self.learn(at, name, (Hand::Types(text.to_owned()), None), then)
            .await
    }

    async fn learn(
        &mut self,
        (window, display): (&Window, &Display),
        name: &'static str,
        (hand, pressed): (Hand, Option<&str>),
        then: &str,
    ) -> Outcome<()> {
        hand.act(display)?;
        let seen = window.sees(then, name, ONE_TRY).await;
        match (seen, pressed) {
            (Ok(_), _) => {}
            // WebDriver turns from window to window, and in the turn one of them loses a press now and then.
            (Err(_), Some(css)) => {
                window.press_on(css, name).await?;
                window.sees(then, name, SOON).await?;
            }
            (Err(failure), None) => return Err(failure),
        }
        let then = Screenshot::at_rest(display, LIMIT)?;
        self.steps.push(Step { name, hand, then });
        Ok(())
    }

    /// Goes the way up to the step `last`, waiting at each for the screen that was learnt.
    pub(crate) fn go(&self, display: &Display, last: &str, out: &Path) -> Outcome<()> {
        let mut before = self.begin.as_ref();
        if let Some(begin) = before {
            reach(display, begin, None, "the first screen", out)?;
        }
        for step in &self.steps {
            if let (Hand::Presses(x, y), Some(before)) = (&step.hand, before) {
                // What is to be pressed looks as it did: it may be there and not to be pressed yet.
                let ready = || {
                    let now = Screenshot::take(display).ok()?;
                    now.is_alike_at(before, (*x, *y)).then_some(())
                };
                wait_until(LIMIT, ready);
            }
            for tries in 1.. {
                step.hand.act(display)?;
                match reach(display, &step.then, before, step.name, out) {
                    Ok(()) => break,
                    Err(_) if tries < TRIES && matches!(step.hand, Hand::Presses(..)) => {}
                    Err(failure) => return Err(failure),
                }
            }
            before = Some(&step.then);
            if step.name == last {
                break;
            }
        }
        Ok(())
    }

    /// Does one step of the way again, and waits for nothing.
    fn again(&self, display: &Display, name: &str) -> Outcome<()> {
        self.step(name)?.hand.act(display)
    }

    /// Does one step until the screen is as it was after it, rather than as after another.
    pub(crate) fn again_until(
        &self,
        display: &Display,
        (name, not): (&str, &str),
        out: &Path,
    ) -> Outcome<()> {
        for _ in 1..TRIES {
            self.again(display, name)?;
            if self.is_at(display, (name, not), out).is_ok() {
                return Ok(());
            }
        }
        self.again(display, name)?;
        self.is_at(display, (name, not), out)
    }

    /// Waits until the screen is as it was after one of the steps, rather than as after another.
    pub(crate) fn is_at(
        &self,
        display: &Display,
        (name, not): (&str, &str),
        out: &Path,
    ) -> Outcome<()> {
        let (wanted, other) = (self.step(name)?, self.step(not)?);
        reach(display, &wanted.then, Some(&other.then), wanted.name, out)
    }

    fn step(&self, name: &str) -> Outcome<&Step> {
        let found = self.steps.iter().find(|step| step.name == name);
        found.ok_or_else(|| Failure::new(format!("the way has no step \"{name}\"")))
    }
}

impl Hand {
    pub(crate) fn act(&self, display: &Display) -> Outcome<()> {
        match self {
            Self::Presses(x, y) => {
                xdotool(display, &["mousemove", &x.to_string(), &y.to_string()])?;
                // A press in the moment in which the pointer comes into a window is lost now and then.
                Screenshot::at_rest(display, LIMIT)?;
                xdotool(display, &["click", "1"])
            }
            Self::Types(text) => xdotool(display, &["type", "--delay", "20", text]),
        }
    }
}

fn xdotool(display: &Display, arguments: &[&str]) -> Outcome<()> {
    let mut command = Command::new("xdotool");
    display.set(&mut command);
    output(command.args(arguments)).map(drop)
}

/// Waits until the screen is much like `wanted`, and more like it than like `before`.
fn reach(
    display: &Display,
    wanted: &Screenshot,
    before: Option<&Screenshot>,
    name: &str,
    out: &Path,
) -> Outcome<()> {
    // Where the step changes next to nothing there is nothing to tell them apart by.
    let changes = before.is_some_and(|before| wanted.differs(before) > CHANGED);
    let mut last = None;
    let reached = wait_until(ONE_TRY, || {
        let now = Screenshot::take(display).ok()?;
        let off = now.differs(wanted);
        let nearer = !changes || before.is_none_or(|before| off < now.differs(before));
        last = Some((off, now));
        (off < ALIKE && nearer).then_some(())
    });
    if reached.is_some() {
        // Not in the middle of a movement, where nothing can be pressed yet.
        return Screenshot::at_rest(display, LIMIT).map(drop);
    }
    let Some((off, now)) = last else {
        return Err(Failure::new("no screenshot can be taken"));
    };
    now.write(&out.join("failure.png"))?;
    wanted.write(&out.join("failure-wanted.png"))?;
    Err(Failure::new(format!(
        "\"{name}\" did not come: {:.1} % are different; see failure.png and failure-wanted.png",
        off * 100.0
    )))
}
