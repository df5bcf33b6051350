//! Everything that is tested from outside: one binary, since linking is what tests cost most.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on shall fail, and helpers outside of test functions are tests too"
)]

mod architecture;
mod attribution;
mod cli;
mod engine;
mod loading;
mod loopback;
mod properties;
mod quality;
mod quotation;
mod support;
