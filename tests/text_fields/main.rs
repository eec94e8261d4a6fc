//! The reader and the editor in a window: what keys, the pointer, an input method and a screen reader do to them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test expects and does not get is its failure")]

mod bench;
mod input_method;
mod keys;
mod marks;
mod pointer;
mod screen_reader;
