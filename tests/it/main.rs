//! Everything that is tested from outside: one binary, since linking is what tests cost most.

mod architecture;
mod attribution;
mod cli;
mod engine;
mod loading;
mod properties;
mod quality;
mod quotation;
mod support;
