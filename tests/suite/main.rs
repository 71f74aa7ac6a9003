//! Tests of behaviour, in one binary.

mod addresses;
mod check;
mod driver;
mod ids;
mod parse;
