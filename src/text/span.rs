//! A half-open range of bytes.

use std::ops::Range;

/// A half-open range of bytes of some string, both ends on character boundaries of that string.
///
/// Unlike [`Range`] it is `Copy`, so it can be kept in plain structs and passed around freely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never less than `start`.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards: {start}..{end}");
        Self { start, end }
    }

    /// The empty span at `index`.
    pub fn at(index: usize) -> Self {
        Self { start: index, end: index }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `index` is one of its bytes.
    pub fn contains(self, index: usize) -> bool {
        (self.start..self.end).contains(&index)
    }

    /// Whether the two have a byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same bytes as a [`Range`], to index a string with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The part of `text` that it covers, or `None` where it does not fit `text`.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}
