//! The Arabic of a translation memory.

use quick_xml::events::BytesStart;

use crate::formats::FormatError;
use crate::formats::bilingual::{Bilingual, Side, Wording, inline_text};
use crate::formats::decode::Decoded;
use crate::formats::xml::{Pull, Token};

/// Elements that hold native codes, and no text of the segment.
const CODES: [&str; 5] = ["bpt", "ept", "it", "ph", "ut"];

/// Reads every unit's texts in all its languages. Fails where the XML is damaged, refers to entities, or is nested too deeply.
pub(in crate::formats) fn read(decoded: &Decoded) -> Result<Bilingual, FormatError> {
    let mut xml = Pull::new(&decoded.text, decoded.text_start, |_| ());
    let mut bilingual = Bilingual::default();
    let mut open = usize::from(xml.root()?.is_some());
    while open > 0 {
        match xml.next()? {
            Token::Open((), tag) => match tag.local_name().as_ref() {
                "header" => {
                    bilingual.source_language = xml.attribute(&tag, "srclang")?.unwrap_or_default();
                    open += 1;
                }
                "tu" => {
                    let position = xml.position();
                    let texts = unit(&mut xml, &mut bilingual)?;
                    bilingual.push(position, texts);
                }
                _ => open += 1,
            },
            Token::Text(_) => (),
            Token::Close => open -= 1,
        }
    }
    Ok(bilingual)
}

/// Reads the `<tu>` just opened.
fn unit(xml: &mut Pull<()>, bilingual: &mut Bilingual) -> Result<Vec<Wording>, FormatError> {
    let mut texts: Vec<Wording> = Vec::new();
    let mut open = 1;
    while open > 0 {
        match xml.next()? {
            Token::Open((), tag) => match tag.local_name().as_ref() {
                "tuv" => {
                    texts.push(Wording { language: language(xml, &tag)?, text: String::new(), side: Side::Unknown });
                    open += 1;
                }
                "seg" => {
                    let text = inline_text(xml, &CODES, &mut bilingual.warnings)?;
                    if let Some(last) = texts.last_mut() {
                        last.text = text;
                    }
                }
                "note" | "prop" => xml.skip()?,
                _ => open += 1,
            },
            Token::Text(_) => (),
            Token::Close => open -= 1,
        }
    }
    Ok(texts)
}

/// Before TMX 1.2 the attribute had no prefix.
fn language(xml: &Pull<()>, tag: &BytesStart) -> Result<String, FormatError> {
    let language =
        xml.attribute(tag, "xml:lang")?.map_or_else(|| xml.attribute(tag, "lang"), |language| Ok(Some(language)))?;
    Ok(language.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::formats::reader::{self, FileKind, Hints};
    use crate::formats::{FormatError, WarningKind};

    fn check(units: &str, expected: &[&str], warned: &[WarningKind]) {
        let file = format!("<?xml version='1.0'?><tmx version='1.4'><header srclang='en'/><body>{units}</body></tmx>");
        let reading = reader::read(file.as_bytes(), Hints::default()).unwrap();
        let texts: Vec<&str> = reading.article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!((reading.kind, texts.as_slice()), (FileKind::Tmx, expected), "{units}");
        assert_eq!(reading.warnings.into_iter().map(|warning| warning.kind).collect::<Vec<_>>(), warned, "{units}");
    }

    #[test]
    fn the_arabic_of_each_unit_is_read() {
        let tuv = |language: &str, seg: &str| format!("<tuv {language}><seg>{seg}</seg></tuv>");
        let arabic = tuv("xml:lang='ar-SY'", "قال <bpt i='1'>{\\b</bpt>الوزير<ept i='1'>}</ept>");
        check(&format!("<tu>{arabic}</tu>"), &["قال الوزير"], &[WarningKind::InlineCodes]);
        let english = tuv("lang='EN-US'", "said");
        let arabic = tuv("lang='AR'", "\n  قال\n  الوزير\n");
        check(
            &format!("<tu><note>n</note>{english}{arabic}</tu><tu>{english}</tu>"),
            &["قال الوزير"],
            &[WarningKind::Translations, WarningKind::UnitWithoutSource],
        );
        let languages = WarningKind::Languages { source: "en".to_owned(), target: String::new() };
        check(&format!("<tu>{english}</tu>"), &["said"], &[languages]);
    }

    #[test]
    fn a_memory_that_breaks_off_is_damaged() {
        let read = reader::read("<tmx version='1.4'><body><tu><tuv xml:lang='ar'>".as_bytes(), Hints::default());
        assert!(matches!(read, Err(FormatError::DamagedXml { .. })));
    }
}
