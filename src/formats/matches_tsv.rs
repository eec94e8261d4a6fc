//! What was recognised in a text, as tab-separated lines for other programs.

use std::fmt::Write;

use crate::domain::{Index, Match};

/// Recognises the terms of `text` line by line and writes a line `line  start  end  id` for each match: lines
/// count from 0, positions are code points of their line, the end is exclusive, clitics are not covered. Where plurals
/// are guessed, a line of a guess comes after those of the same text, with `perhaps` in a fifth column.
pub fn write(text: &str, index: &Index, guess_plurals: bool) -> String {
    let mut rows = String::new();
    let mut recogniser = index.recogniser();
    let mut guessing = guess_plurals.then(|| index.recogniser().guessing_plurals());
    for (number, line) in text.lines().enumerate() {
        write_matches(&mut rows, number, line, &recogniser.recognise(line), "");
        if let Some(guessing) = &mut guessing {
            write_matches(&mut rows, number, line, &guessing.guesses(line), "\tperhaps");
        }
    }
    rows
}

/// Writes the matches of a line, which stand in the order of their places.
fn write_matches(rows: &mut String, number: usize, line: &str, matches: &[Match], mark: &str) {
    let (mut bytes, mut points) = (0, 0);
    for found in matches {
        points += line[bytes..found.span.start].chars().count();
        bytes = found.span.start;
        let end = points + line[found.span.range()].chars().count();
        // Writing to a string cannot fail.
        let _ = writeln!(rows, "{number}\t{points}\t{end}\t{}{mark}", found.concept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::glossary::{self, Options};

    #[test]
    fn positions_are_code_points_of_their_line() {
        let glossary = "A\tحلب\tAleppo\tLOC\nB\tأبو ظبي\tAbu Dhabi\tLOC\n";
        let index = Index::new(&glossary::read(glossary.as_bytes(), Options::default()).expect("a glossary").termbase);
        assert_eq!(write("لا شيء\nفي 😀 حَلَب، وأبو ظبي\n", &index, false), "1\t5\t10\tA\n1\t13\t20\tB\n");
    }

    #[test]
    fn guesses_are_marked() {
        let glossary = "A\tجندب\tgrasshopper\tTERM\nB\tنهر\triver\tTERM\n";
        let index = Index::new(&glossary::read(glossary.as_bytes(), Options::default()).expect("a glossary").termbase);
        assert_eq!(write("الجنادب عند النهر\n", &index, false), "0\t12\t17\tB\n");
        assert_eq!(write("الجنادب عند النهر\n", &index, true), "0\t12\t17\tB\n0\t0\t7\tA\tperhaps\n");
    }
}
