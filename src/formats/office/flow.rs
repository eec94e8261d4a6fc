//! The paragraphs of a document as they are found.

use crate::domain::{Block, ParagraphKind};
use crate::formats::FormatError;

/// Collects paragraphs in reading order.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
}

/// Where a paragraph or a group of them begins.
#[derive(Clone, Copy)]
pub(super) struct Mark(usize);

impl Flow {
    /// Where the next paragraph will stand.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.blocks.len())
    }

    /// Adds a paragraph before everything that came since `start`: what stands inside a paragraph (a text box, a
    /// note) is found before its end, and read after it.
    ///
    /// A line feed in the text is a line break. One alone wraps a line and becomes a space, two in a row part
    /// paragraphs. Fails with [`FormatError::TooLarge`] beyond all articles.
    pub(super) fn add(&mut self, start: Mark, kind: Option<ParagraphKind>, text: &str) -> Result<(), FormatError> {
        const MOST_PARAGRAPHS: usize = 100_000;
        let inner = self.blocks.len() - start.0;
        let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
        for paragraph in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
            self.blocks.push(Block { kind, text: paragraph.join(" ") });
        }
        if inner > 0 {
            self.blocks[start.0..].rotate_left(inner);
        }
        if self.blocks.len() > MOST_PARAGRAPHS { Err(FormatError::TooLarge) } else { Ok(()) }
    }

    /// Marks what has been added since `start` and has no kind yet.
    pub(super) fn set_kind(&mut self, start: Mark, kind: ParagraphKind) {
        for block in &mut self.blocks[start.0..] {
            block.kind.get_or_insert(kind);
        }
    }

    /// The paragraphs.
    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_wrap_and_part() {
        let check = |text: &str, expected: &[&str]| {
            let mut flow = Flow::default();
            flow.add(flow.mark(), None, text).unwrap();
            let texts: Vec<String> = flow.into_blocks().into_iter().map(|block| block.text).collect();
            assert_eq!(texts, expected);
        };
        check("سطر أول\nسطر ثان", &["سطر أول سطر ثان"]);
        check(" فقرة \n \n أخرى\n", &["فقرة", "أخرى"]);
        check("\n \n", &[]);
    }

    #[test]
    fn what_stands_inside_is_read_after() {
        let mut flow = Flow::default();
        flow.add(flow.mark(), None, "قبل").unwrap();
        let start = flow.mark();
        flow.add(start, None, "حاشية أولى").unwrap();
        flow.add(flow.mark(), None, "حاشية ثانية").unwrap();
        flow.add(start, None, "متن").unwrap();
        let texts: Vec<String> = flow.into_blocks().into_iter().map(|block| block.text).collect();
        assert_eq!(texts, ["قبل", "متن", "حاشية أولى", "حاشية ثانية"]);
    }
}
