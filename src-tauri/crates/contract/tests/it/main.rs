//! The contract tells right answers from wrong ones, and a watched tenant fails the test of a wrong one.

mod answers;
mod requests;
mod sample;
mod watching;
