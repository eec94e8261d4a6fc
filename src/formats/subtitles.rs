//! Subtitles: `SubRip` and `WebVTT`.
//!
//! A cue is what fits on the screen for some seconds, not a sentence. Cues are put together until a sentence ends or a pause
//! says so; the times, the numbers and the markup are not text.

use crate::domain::{Article, Paragraph, ParagraphKind};

/// A pause that ends a paragraph, in milliseconds.
const PAUSE: u64 = 3_000;
/// Subtitles without punctuation would never end; a paragraph gets no longer in bytes.
const LONGEST: usize = 800;

/// Whether a text is subtitles: it says so, or begins with a time, or with a number and then a time.
pub fn is_subtitles(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    first.split_whitespace().next() == Some("WEBVTT")
        || times(first).is_some()
        || is_number && lines.next().is_some_and(|second| times(second).is_some())
}

/// Reads what is said, in paragraphs.
pub fn read(text: &str) -> Article {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open: Option<u64> = None;
    let mut last_line = String::new();
    for cue in cues(text) {
        for line in cue.lines {
            // Captions that roll show each line twice.
            if line == last_line {
                continue;
            }
            let speaks = line.strip_prefix(['-', '–', '—', '>']).map(|rest| rest.trim_start_matches(['>', ' ']));
            let goes_on = speaks.is_none() && open.is_some_and(|end| cue.start < end + PAUSE);
            match paragraphs.last_mut().filter(|paragraph| goes_on && paragraph.len() < LONGEST) {
                Some(paragraph) => {
                    paragraph.push(' ');
                    paragraph.push_str(&line);
                }
                None => paragraphs.push(speaks.unwrap_or(&line).to_owned()),
            }
            open = (!ends_sentence(&line)).then_some(cue.end);
            last_line = line;
        }
    }
    let paragraphs = paragraphs.into_iter().filter(|text| !text.is_empty());
    let paragraphs = paragraphs.map(|text| Paragraph { kind: ParagraphKind::Paragraph, text }).collect();
    Article { paragraphs, ..Article::default() }
}

struct Cue {
    /// In milliseconds.
    start: u64,
    end: u64,
    lines: Vec<String>,
}

/// The cues; what stands before the first time or in blocks without one, such as styles and notes, is left out.
fn cues(text: &str) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut inside = false;
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if let Some((start, end)) = times(line) {
            cues.push(Cue { start, end, lines: Vec::new() });
            inside = true;
        } else if line.is_empty() {
            inside = false;
        } else if inside && let Some(cue) = cues.last_mut() {
            // The number of the next cue, where the blank line before it is missing.
            let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
            if !(is_number && lines.peek().is_some_and(|next| times(next).is_some())) {
                let said = without_markup(line);
                cue.lines.extend((!said.is_empty()).then_some(said));
            }
        }
    }
    cues
}

/// The times of `00:01:02,500 --> 00:01:04,000`, in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once("-->")?;
    Some((time(start.trim())?, time(end.split_whitespace().next()?)?))
}

/// `hours:minutes:seconds`, the hours left out where there are none, a comma or point before the milliseconds.
fn time(text: &str) -> Option<u64> {
    let (whole, thousandths) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let parts: Vec<u64> = whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_sane = matches!(parts.len(), 2 | 3) && parts.iter().all(|part| *part < 10_000);
    let seconds = parts.iter().fold(0, |sum: u64, part| sum.saturating_mul(60).saturating_add(*part));
    is_sane.then_some(seconds * 1_000 + thousandths.parse::<u64>().ok()?.min(999))
}

/// The text of a line without tags, places on the screen and entities.
fn without_markup(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, markup) = rest.split_at(at);
        out.push_str(before);
        let is_tag =
            markup.starts_with("{\\") || markup[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        let end = markup.find(if markup.starts_with('{') { '}' } else { '>' }).filter(|_| is_tag);
        if end.is_none() {
            out.push_str(&markup[..1]);
        }
        rest = &markup[end.unwrap_or(0) + 1..];
    }
    out.push_str(rest);
    for (entity, text) in [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")]
    {
        if out.contains(entity) {
            out = out.replace(entity, text);
        }
    }
    out.trim().to_owned()
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '»', '”', ')', '♪', ' ', '\u{200f}', '\u{202c}']).ends_with(['.', '!', '؟', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert!(is_subtitles(text), "{text}");
        let article = read(text);
        let texts: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn cues_become_sentences() {
        let srt = "\u{feff}1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>افتتحت البلدية</i>\r\nأمس حديقة\r\n\r\n\
                   2\r\n00:00:03,100 --> 00:00:05,000\r\n{\\an8}في وسط المدينة.\r\n\r\n\
                   3\r\n00:00:05,200 --> 00:00:07,000\r\nوحضر الافتتاح جمهور\r\n\r\n\
                   4\r\n00:00:30,000 --> 00:00:31,000\r\n2014\r\n";
        check(
            srt.trim_start_matches('\u{feff}'),
            &["افتتحت البلدية أمس حديقة في وسط المدينة.", "وحضر الافتتاح جمهور", "2014"],
        );
    }

    #[test]
    fn webvtt_has_notes_and_styles() {
        let vtt = "WEBVTT - نشرة\n\nNOTE كتبها فلان\n\nSTYLE\n::cue { color: red }\n\n\
                   intro\n00:01.000 --> 00:03.000 align:right\n<v المذيعة>قالت الوزيرة &amp; الوزير\n\n\
                   00:03.000 --> 00:04.000\n- من أنت؟\n- أنا\n\n00:04.000 --> 00:05.000\n";
        check(vtt, &["قالت الوزيرة & الوزير", "من أنت؟", "أنا"]);
    }

    #[test]
    fn lines_that_roll_are_said_once() {
        let roll = "1\n00:00:01,000 --> 00:00:02,000\nقال الوزير\n2\n00:00:02,000 --> 00:00:03,000\nقال الوزير\nإن المعرض 1 < 2\n";
        check(roll, &["قال الوزير إن المعرض 1 < 2"]);
    }

    #[test]
    fn other_texts_are_no_subtitles() {
        for text in ["", "1", "1\nقال الوزير", "WEBVTTX", "10:30 --> غداً", "2014\n\n00:00 قال"] {
            assert!(!is_subtitles(text), "{text}");
        }
    }
}
