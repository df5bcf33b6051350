//! Moderators, voters and privacy by value: each command and press, as those who may and those who
//! may not, on what a small store in memory keeps.

mod curate;
mod may;
mod privacy;
mod review;
mod server;
mod settings;
mod transfer;
mod votes;
