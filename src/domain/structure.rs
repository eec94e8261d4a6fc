//! What each paragraph of a text without markup is to its article, decided by its form and its place alone.
//!
//! A headline is short, first and ends no sentence; a byline or dateline stands between it and the
//! running text; furniture is known by its wording. No rule names a publisher.

use super::line::{Line, has_credit_label, is_bracketed, is_byline, is_caption, is_date, is_heading};
use super::{Article, Block, FurniturePhrases, Paragraph, ParagraphKind};

/// Makes an article of its blocks in reading order.
pub fn classify(blocks: Vec<Block>, furniture: &FurniturePhrases) -> Article {
    let lines: Vec<Line> = blocks.iter().map(|block| Line::new(&block.text)).collect();
    let mut kinds = vec![ParagraphKind::Paragraph; lines.len()];
    mark_furniture(&lines, &mut kinds, furniture);
    let body = mark_head(&lines, &mut kinds);
    mark_body(&lines, &mut kinds, body);
    let known = |(Block { kind, text }, guess)| Paragraph { kind: kind.unwrap_or(guess), text };
    Article { paragraphs: blocks.into_iter().zip(kinds).map(known).collect(), ..Article::default() }
}
/// Marks lines of known wording, and everything after the first of them behind the last running text.
fn mark_furniture(lines: &[Line], kinds: &mut [ParagraphKind], furniture: &FurniturePhrases) {
    for (line, kind) in lines.iter().zip(&mut *kinds) {
        if furniture.matches(&line.words) {
            *kind = ParagraphKind::Furniture;
        }
    }
    let running = |index: &usize| kinds[*index] != ParagraphKind::Furniture && lines[*index].is_running();
    let Some(last_text) = (0..lines.len()).rev().find(running) else { return };
    let tail = &mut kinds[last_text + 1..];
    if let Some(first) = tail.iter().position(|kind| *kind == ParagraphKind::Furniture) {
        tail[first..].fill(ParagraphKind::Furniture);
    }
}

/// Marks what stands before the running text; returns where that starts.
fn mark_head(lines: &[Line], kinds: &mut [ParagraphKind]) -> usize {
    // So many short lines in a row are a list or a poem and no head.
    const LONGEST_HEAD: usize = 7;
    let mut has_headline = false;
    let mut seen = 0;
    for index in 0..lines.len() {
        let line = &lines[index];
        if kinds[index] == ParagraphKind::Furniture {
            continue;
        }
        seen += 1;
        let text_follows = lines[index + 1..].iter().zip(&kinds[index + 1..]).any(|(next, kind)| {
            *kind != ParagraphKind::Furniture && next.is_running() && next.chars * 5 >= line.chars * 6
        });
        if seen > LONGEST_HEAD || !text_follows {
            return index;
        }
        kinds[index] = match head_kind(line, has_headline) {
            Some(kind) => kind,
            None => return index,
        };
        has_headline |= kinds[index] == ParagraphKind::Headline;
    }
    lines.len()
}

fn head_kind(line: &Line, has_headline: bool) -> Option<ParagraphKind> {
    if is_date(&line.words) {
        return Some(ParagraphKind::Dateline);
    }
    if is_caption(line) {
        return Some(ParagraphKind::Caption);
    }
    if is_byline(line, if has_headline { 5 } else { 3 }) {
        return Some(ParagraphKind::Byline);
    }
    if !has_headline {
        return is_headline(line).then_some(ParagraphKind::Headline);
    }
    if line.is_running() || line.is_left_open() || line.is_list_item() {
        return None;
    }
    // Under a headline a lone word is a place, two or three are somebody's name, more are a second title.
    Some(match line.words.len() {
        0 | 1 => ParagraphKind::Dateline,
        2 | 3 if !line.ends_sentence() => ParagraphKind::Byline,
        _ => ParagraphKind::Heading,
    })
}

fn is_headline(line: &Line) -> bool {
    let is_title = (2..=30).contains(&line.words.len()) && line.chars <= 200 && !line.is_list_item();
    // Two dots that promise more are a habit of headlines.
    let is_teaser = line.words.len() <= 15 && (line.text.ends_with("..") || line.text.ends_with('…'));
    is_title && (!line.is_left_open() || is_teaser)
}

/// Marks the titles and captions inside the running text and the credit at its end.
fn mark_body(lines: &[Line], kinds: &mut [ParagraphKind], start: usize) {
    let body: Vec<usize> = (start..lines.len()).filter(|&index| kinds[index] == ParagraphKind::Paragraph).collect();
    for (place, &index) in body.iter().enumerate() {
        let line = &lines[index];
        let next_is_text = body.get(place + 1).is_some_and(|&next| lines[next].is_running());
        if is_caption(line) {
            kinds[index] = ParagraphKind::Caption;
        } else if place > 0 && next_is_text && is_heading(line) {
            kinds[index] = ParagraphKind::Heading;
        } else if place > 0 && place + 1 == body.len() && (is_bracketed(line.text) || has_credit_label(line)) {
            kinds[index] = ParagraphKind::Byline;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ParagraphKind::{Byline, Caption, Dateline, Furniture, Heading, Headline, Paragraph};
    use super::*;

    const TITLE: &str = "مجلس البلدية يقر خطة لترميم السوق القديم";
    const TEXT: &str =
        "أقر مجلس البلدية في جلسة عقدها أمس خطة لترميم السوق القديم تبدأ مطلع الشهر المقبل وتستمر عامين.";

    fn check(lines: &[&str], expected: &[ParagraphKind]) {
        let blocks = lines.iter().map(|line| Block { kind: None, text: (*line).to_owned() }).collect();
        let article = classify(blocks, FurniturePhrases::arabic_news());
        let kinds: Vec<ParagraphKind> = article.paragraphs.iter().map(|paragraph| paragraph.kind).collect();
        assert_eq!(kinds, expected, "{lines:#?}");
        let texts: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, lines);
    }

    #[test]
    fn a_headline_is_short_first_and_followed_by_text() {
        check(&[TITLE, TEXT], &[Headline, Paragraph]);
        check(&["5 أسرار للسعادة", TEXT], &[Headline, Paragraph]);
        check(&["سعر الخبز يرتفع والوزارة تعترف..", TEXT], &[Headline, Paragraph]);
        check(&[TITLE], &[Paragraph]);
        check(&[TEXT, TEXT], &[Paragraph, Paragraph]);
        check(&["وفيما يلي نص البيان:", TEXT], &[Paragraph, Paragraph]);
        check(&["- بند أول من القرار", TEXT], &[Paragraph, Paragraph]);
    }

    #[test]
    fn a_byline_or_dateline_stands_between_headline_and_text() {
        for byline in [
            "بروكسل / هلسنكي ـ راديو الكل",
            "دمشق – سانا",
            "(أبوظبي - البيان)",
            "كتب: سامي الحلاق",
            "كتبت ليلى الشامي",
            "بقلم: د. ليلى الشامي",
            "سامي الحلاق- الباحة",
            "سامي الحلاق",
            "المصدر: وكالات",
        ] {
            check(&[TITLE, byline, TEXT], &[Headline, Byline, Paragraph]);
        }
        for dateline in ["دمشق", "الجمعة 8 فيفري 2019", "2020/12/25 - 1:59 صباحًا", "دمشق، ٣ حزيران ٢٠١٨"]
        {
            check(&[TITLE, dateline, TEXT], &[Headline, Dateline, Paragraph]);
        }
        check(&["دمشق – سانا", TEXT], &[Byline, Paragraph]);
        check(&["الأحد 3 حزيران 2018", TITLE, TEXT], &[Dateline, Headline, Paragraph]);
        check(&[TITLE, "الخطة تشمل ترميم الأسقف والأبواب الخشبية", TEXT], &[Headline, Heading, Paragraph]);
    }

    #[test]
    fn a_heading_stands_between_running_text() {
        check(&[TEXT, "مراحل الترميم", TEXT], &[Paragraph, Heading, Paragraph]);
        check(&[TEXT, "قال إنه سعيد.", TEXT], &[Paragraph, Paragraph, Paragraph]);
        check(&[TEXT, "ماذا بعد؟", TEXT], &[Paragraph, Paragraph, Paragraph]);
        check(&[TEXT, "ليلى – الدمام", TEXT], &[Paragraph, Paragraph, Paragraph]);
        check(&[TEXT, "صورة: من أعمال الترميم", TEXT], &[Paragraph, Caption, Paragraph]);
        check(&[TEXT, "--(بترا)"], &[Paragraph, Byline]);
        check(&[TEXT, "آخر السطور"], &[Paragraph, Paragraph]);
    }

    #[test]
    fn furniture_is_known_by_its_wording() {
        for line in [
            "مقالات ذات صلة",
            "زر الذهاب إلى الأعلى",
            "زر الذهاب الى الاعلي",
            "إقرأ أيضاً: مجلس البلدية يناقش الموازنة",
            "طباعة Email فيسبوك تويتر لينكدين Pin Interest Whats App",
            "التعليقات (12)",
            "...المزيد",
        ] {
            check(&[TEXT, line], &[Paragraph, Furniture]);
        }
        // Behind the text, what follows furniture is furniture too; between paragraphs it stands alone.
        check(&[TEXT, "مقالات ذات صلة", TITLE, "25 ديسمبر 2020"], &[Paragraph, Furniture, Furniture, Furniture]);
        check(&[TEXT, "اقرأ أيضا", TEXT], &[Paragraph, Furniture, Paragraph]);
        check(&["الرئيسية", TITLE, TEXT], &[Furniture, Headline, Paragraph]);
        let text = "شارك الوزير في افتتاح السوق القديم أمس بعد انتهاء أعمال الترميم.";
        check(&[TEXT, text], &[Paragraph, Paragraph]);
    }

    #[test]
    fn the_list_of_furniture_is_of_use() {
        assert!(FurniturePhrases::arabic_news().len() >= 80);
        assert!(FurniturePhrases::parse("# شارك\n\n  \n").is_empty());
    }
}
