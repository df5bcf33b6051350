//! The store: the same on a database file and on a PostgreSQL server.
#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::single_match_else,
    reason = "what is skipped or counted is said; there are two kinds of database"
)]

mod changes;
mod crash;
mod database;
mod doubt;
mod faults;
mod people;
mod processes;
mod retention;
mod schema;
