use std::io::Write;

/// F21, O18: whichever thread panics, the process is gone, and what the panic said is nowhere.
#[test]
fn a_panic_in_any_thread_ends_the_process_without_its_words_f21() {
    if let Some(task) = crate::again::task() {
        host::panic::end_the_process_on_panic();
        let thread = std::thread::spawn(move || {
            // As a task of the runtime is: whoever waits for it would be told, and everything else would go on.
            let _ = std::panic::catch_unwind(|| panic!("the pass is {task}"));
        });
        let _ = thread.join();
        let _ = writeln!(std::io::stdout(), "it went on");
        return;
    }
    let name = "panic::a_panic_in_any_thread_ends_the_process_without_its_words_f21";
    let output = crate::again::command(name, "Ab3$k9Qz").output().unwrap();
    assert!(!output.status.success(), "{:?}", output.status);
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("panic.rs:"), "the place: {said}");
    assert!(!said.contains("Ab3$k9Qz"), "the words: {said}");
    assert!(!said.contains("it went on"), "{said}");
}
