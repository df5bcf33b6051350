//! What is said to people. Decided by value: nothing is sent or printed here.
//!
//! This room knows nothing of Discord's wire, terminals, storage, the network or the clock.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod wording;
