//! The summit-bot program.
fn main() {}
