//! What happens when a thread panics: nothing goes on as if it had not.

use std::io::Write;
use std::panic::Location;

/// From now on a panic ends the process, in whichever thread it is: a task that is gone leaves windows that look alive
/// and answer nothing. The message on stderr names the place in the code and not the panic's own text, which may hold
/// what must not be seen. Call it before the first thread starts.
pub fn end_the_process_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(Location::to_string);
        let place = place.as_deref().unwrap_or("a place that is not known");
        // Nobody may be there to read it.
        let _ = writeln!(
            std::io::stderr(),
            "madoguchi: an error of the app's own at {place}; it ends here, and the next start looks after what was open"
        );
        std::process::abort();
    }));
}
