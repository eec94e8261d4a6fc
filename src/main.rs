//! Tarjuman.
fn main() {}
