//! The store: the same on a database file and on a PostgreSQL server.
#![allow(
    clippy::print_stderr,
    clippy::single_match_else,
    reason = "what is skipped is said; there are two kinds of database"
)]

mod changes;
mod database;
mod faults;
mod people;
mod retention;
mod schema;
