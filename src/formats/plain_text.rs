//! Plain text to an article and back.
//!
//! A line is a paragraph, blank lines separate. Text that was broken into lines of one width is put together
//! again: there a paragraph ends at a blank line, or at a line that had room for the next word.

use crate::domain::{Article, Block, FurniturePhrases, ParagraphKind, classify};
use crate::text::is_invisible;

/// Splits a text into paragraphs and says what each of them is. Whitespace around a line goes, and a line
/// break inside a paragraph becomes a space; nothing else changes.
pub fn read(text: &str) -> Article {
    let text = text.replace("\r\n", "\n");
    let blocks = blocks(&text);
    let width = wrap_width(&blocks);
    let paragraphs = blocks.iter().flat_map(|block| match width {
        Some(width) => unwrap_lines(block, width),
        None => block.iter().map(|line| (*line).to_owned()).collect(),
    });
    let blocks = paragraphs.map(|text| Block { kind: None, text });
    classify(blocks.collect(), FurniturePhrases::arabic_news())
}

/// Everything but the furniture, with a blank line after each paragraph.
pub fn write(article: &Article) -> String {
    let mut out = String::new();
    for paragraph in article.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&paragraph.text);
        out.push('\n');
    }
    out
}

/// Runs of lines with no blank line between them, each line trimmed.
fn blocks(text: &str) -> Vec<Vec<&str>> {
    let line_end = |c: char| matches!(c, '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let lines: Vec<&str> = text.split(line_end).map(str::trim).collect();
    let is_blank = |line: &&str| line.chars().all(|c| c.is_whitespace() || is_invisible(c));
    lines.split(is_blank).filter(|block| !block.is_empty()).map(<[&str]>::to_vec).collect()
}

/// The width in characters that the whole text was broken at, or `None` where lines are paragraphs.
///
/// A program that fills lines ends one only where the next word does not fit, and seldom at the end of a
/// sentence; so most lines must be nearly full, and few of them may end one.
fn wrap_width(blocks: &[Vec<&str>]) -> Option<usize> {
    const WIDEST: usize = 132;
    const NARROWEST: usize = 30;
    let width = blocks.iter().flatten().map(|line| line.chars().count()).max()?;
    let pairs: Vec<(&str, &str)> =
        blocks.iter().flat_map(|block| block.windows(2)).map(|pair| (pair[0], pair[1])).collect();
    let full = pairs.iter().filter(|(line, next)| !has_room(line, next, width)).count();
    let sentences = pairs.iter().filter(|(line, _)| line.ends_with(['.', '!', '؟', '?', '…'])).count();
    let wrapped = pairs.len() >= 2 && full * 10 >= pairs.len() * 7 && sentences * 2 <= pairs.len();
    (wrapped && (NARROWEST..=WIDEST).contains(&width)).then_some(width)
}

/// Whether the first word of `next` would have fitted on `line`. Fillers that even out their lines stop
/// somewhat short of the width.
fn has_room(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    (line.chars().count() + 1 + word) * 100 < width * 88
}

/// For each line of runs of lines, whether it continues the paragraph of the one before it.
pub(super) fn continued_lines(runs: &[Vec<&str>]) -> Vec<bool> {
    let width = wrap_width(runs);
    let continues = |pair: &[&str]| width.is_some_and(|width| !has_room(pair[0], pair[1], width));
    runs.iter().flat_map(|run| std::iter::once(false).chain(run.windows(2).map(continues))).collect()
}

fn unwrap_lines(block: &[&str], width: usize) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut previous: Option<&str> = None;
    for line in block {
        match (previous.is_some_and(|previous| !has_room(previous, line, width)), paragraphs.last_mut()) {
            (true, Some(paragraph)) => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            _ => paragraphs.push((*line).to_owned()),
        }
        previous = Some(line);
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let article = read(text);
        let texts: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_line_is_a_paragraph_whatever_ends_it() {
        check("", &[]);
        check(" \n\u{200f}\n\t", &[]);
        check("أول\nثان\r\nثالث\rرابع\u{2029}خامس", &["أول", "ثان", "ثالث", "رابع", "خامس"]);
        check("أول\n\n\n  ثان  \n", &["أول", "ثان"]);
    }

    #[test]
    fn nothing_inside_a_line_changes() {
        let line = "قال  «\u{202b}ناتو\u{202c}»\u{a0}إنّ\tـــ ﷲ\u{fffe}";
        check(line, &[line]);
    }

    #[test]
    fn lines_of_one_width_are_put_together() {
        let wrapped = "أعلنت إدارة المتحف الوطني أمس عن افتتاح\n\
                       جناح جديد للمخطوطات العربية القديمة بعد\n\
                       أعمال ترميم استمرت أكثر من ثلاثة أعوام.\n\
                       \n\
                       ويضم الجناح مئتي مخطوطة نادرة لم تعرض\n\
                       على الجمهور من قبل.\n";
        let joined = [
            "أعلنت إدارة المتحف الوطني أمس عن افتتاح جناح جديد للمخطوطات العربية القديمة بعد أعمال ترميم استمرت \
             أكثر من ثلاثة أعوام.",
            "ويضم الجناح مئتي مخطوطة نادرة لم تعرض على الجمهور من قبل.",
        ];
        check(wrapped, &joined);
        check(&wrapped.replace("\n\n", "\n"), &[&joined.join(" ")]);
    }

    #[test]
    fn lines_that_end_where_they_like_stay_apart() {
        let lines = ["قصيدة قصيرة", "عن المدينة والبحر والنخيل", "كتبها شاعر", "لم يذكر اسمه أحد حتى اليوم"];
        check(&lines.join("\n"), &lines);
    }

    #[test]
    fn furniture_is_not_written() {
        let article = read("أقر مجلس البلدية في جلسة عقدها أمس خطة لترميم السوق القديم.\nنص\nمقالات ذات صلة");
        assert_eq!(write(&article), "أقر مجلس البلدية في جلسة عقدها أمس خطة لترميم السوق القديم.\n\nنص\n");
    }
}
