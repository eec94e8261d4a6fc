//! What was recognised in a text, as tab-separated lines for other programs.

use std::fmt::Write;

use crate::domain::Index;

/// Recognises the terms of `text` line by line and writes a line `line  start  end  id` for each match: lines
/// count from 0, positions are code points of their line, the end is exclusive, clitics are not covered.
pub fn write(text: &str, index: &Index) -> String {
    let mut rows = String::new();
    let mut recogniser = index.recogniser();
    for (number, line) in text.lines().enumerate() {
        let (mut bytes, mut points) = (0, 0);
        for found in recogniser.recognise(line) {
            points += line[bytes..found.span.start].chars().count();
            bytes = found.span.start;
            let end = points + line[found.span.range()].chars().count();
            // Writing to a string cannot fail.
            let _ = writeln!(rows, "{number}\t{points}\t{end}\t{}", found.concept);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::glossary::{self, Options};

    #[test]
    fn positions_are_code_points_of_their_line() {
        let glossary = "A\tحلب\tAleppo\tLOC\nB\tأبو ظبي\tAbu Dhabi\tLOC\n";
        let index = Index::new(&glossary::read(glossary.as_bytes(), Options::default()).expect("a glossary").termbase);
        assert_eq!(write("لا شيء\nفي 😀 حَلَب، وأبو ظبي\n", &index), "1\t5\t10\tA\n1\t13\t20\tB\n");
    }
}
