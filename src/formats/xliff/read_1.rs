//! The Arabic of XLIFF 1.0 to 1.2.

use quick_xml::events::BytesStart;

use crate::formats::FormatError;
use crate::formats::bilingual::{Bilingual, Side, Wording, inline_text};
use crate::formats::decode::Decoded;
use crate::formats::xml::{Pull, Token};

/// Elements that hold native codes, and no text of the unit.
const CODES: [&str; 7] = ["bpt", "ept", "it", "ph", "x", "bx", "ex"];

/// Reads the source and target of every `<trans-unit>`. Fails where the version is neither 1 nor missing, the XML is damaged, refers
/// to entities, or is nested too deeply.
pub(in crate::formats) fn read(decoded: &Decoded) -> Result<Bilingual, FormatError> {
    let mut xml = Pull::new(&decoded.text, decoded.text_start, |_| ());
    let root = xml.root()?.ok_or(FormatError::NotXliff { position: xml.position() })?;
    let version = xml.attribute(&root, "version")?.unwrap_or_default();
    if !(version.is_empty() || version.starts_with("1.")) {
        return Err(FormatError::XliffVersion { position: xml.position(), version });
    }
    let mut bilingual = Bilingual::default();
    let mut languages = Languages::default();
    let mut open = 1;
    while open > 0 {
        match xml.next()? {
            Token::Open((), tag) => match tag.local_name().as_ref() {
                "file" => {
                    languages = Languages::of(&xml, &tag)?;
                    bilingual.source_language.clone_from(&languages.source);
                    open += 1;
                }
                "trans-unit" => {
                    let position = xml.position();
                    let texts = unit(&mut xml, &languages, &mut bilingual)?;
                    bilingual.push(position, texts);
                }
                "header" | "bin-source" | "bin-target" => xml.skip()?,
                _ => open += 1,
            },
            Token::Text(_) => (),
            Token::Close => open -= 1,
        }
    }
    Ok(bilingual)
}

/// What a `<file>` is written in and translated into.
#[derive(Default)]
struct Languages {
    source: String,
    target: String,
}

impl Languages {
    fn of(xml: &Pull<()>, file: &BytesStart) -> Result<Self, FormatError> {
        let attribute = |name| xml.attribute(file, name).map(Option::unwrap_or_default);
        Ok(Self { source: attribute("source-language")?, target: attribute("target-language")? })
    }
}

/// Reads the `<trans-unit>` just opened: its own source and target, not those that are proposed beside them.
fn unit(xml: &mut Pull<()>, languages: &Languages, bilingual: &mut Bilingual) -> Result<Vec<Wording>, FormatError> {
    let mut texts = Vec::new();
    loop {
        match xml.next()? {
            Token::Open((), tag) => {
                let (side, language) = match tag.local_name().as_ref() {
                    "source" => (Side::Source, &languages.source),
                    "target" => (Side::Target, &languages.target),
                    _ => {
                        xml.skip()?;
                        continue;
                    }
                };
                let language = xml.attribute(&tag, "xml:lang")?.unwrap_or_else(|| language.clone());
                texts.push(Wording { language, text: inline_text(xml, &CODES, &mut bilingual.warnings)?, side });
            }
            Token::Text(_) => (),
            Token::Close => return Ok(texts),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::WarningKind;
    use crate::formats::reader::{self, FileKind, Hints};

    #[test]
    fn the_arabic_side_is_read_whichever_it_is() {
        let check = |source: &str, target: &str, unit: &str, expected: &[&str], warned: &[WarningKind]| {
            let file = format!(
                "<xliff version='1.2'><file source-language='{source}' target-language='{target}'><header><note>n</note></header>\
                 <body><group><trans-unit id='1'>{unit}</trans-unit></group></body></file></xliff>"
            );
            let reading = reader::read(file.as_bytes(), Hints::default()).unwrap();
            let texts: Vec<&str> = reading.article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
            assert_eq!((reading.kind, texts.as_slice()), (FileKind::Xliff, expected), "{unit}");
            assert_eq!(reading.warnings.into_iter().map(|warning| warning.kind).collect::<Vec<_>>(), warned, "{unit}");
        };
        check("ar", "en", "<source>قال</source>", &["قال"], &[]);
        let both = "<source>said</source><target>قال <g id='1'>نعم</g><x id='2'/></target><alt-trans><target>لا</target></alt-trans>";
        check("en", "ar", both, &["قال نعم"], &[WarningKind::InlineCodes, WarningKind::Translations]);
        let languages = WarningKind::Languages { source: "en".to_owned(), target: String::new() };
        check("en", "fr", "<source>said</source>", &["said"], &[languages]);
    }
}
