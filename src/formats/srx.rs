//! Segmentation rules: SRX 2.0 (Segmentation Rules eXchange, LISA 2008), and SRX 1.0 where it says the same.
//!
//! Only what says where sentences end is read. How inline codes are handled (`<formathandle>`) and the options
//! of other tools do not matter to plain text.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::decode::decode;

use super::reader::Hints;
use super::warning::Warnings;
use super::xml::{Pull, Token};
use super::{FormatError, Warning, WarningKind};
use crate::text::{BreakRule, LanguagePattern, PatternError, SegmentationRules};

/// The rules that come with the program, for Arabic and English.
pub const BUILT_IN: &str = include_str!("../../assets/segmentation.srx");

/// What begins the names of the standard's namespaces; SRX 1.0 has none.
const NAMESPACES: &str = "http://www.lisa.org/srx";

/// Segmentation rules by language.
#[derive(Debug)]
pub struct Srx {
    /// Whether all maps that fit a language count, instead of the first one alone.
    cascade: bool,
    /// In order: languages, and the name of their rules.
    maps: Vec<(LanguagePattern, String)>,
    rules: HashMap<String, Vec<BreakRule>>,
}

impl Srx {
    /// The rules of a language, named by its BCP 47 tag; none at all where the file is silent about it. Fails
    /// where they are too many to be applied.
    pub fn rules_of(&self, language: &str) -> Result<SegmentationRules, PatternError> {
        let fitting = self.maps.iter().filter(|(pattern, _)| pattern.fits(language));
        let names = fitting.take(if self.cascade { usize::MAX } else { 1 }).map(|(_, name)| name);
        let rules: Vec<&BreakRule> = names.filter_map(|name| self.rules.get(name)).flatten().collect();
        SegmentationRules::new(&rules)
    }
}

/// Reads rules. One that makes no sense is left out with a warning.
///
/// Fails where the file is not text, not XML, not SRX 1 or 2, refers to entities, or is nested too deeply.
pub fn read(bytes: &[u8]) -> Result<(Srx, Vec<Warning>), FormatError> {
    let decoded = decode(bytes, Hints::default())?;
    let xml = Pull::new(&decoded.text, decoded.text_start, |namespace| {
        namespace.is_none_or(|name| name.starts_with(NAMESPACES))
    });
    let mut reader = Reader { xml, warnings: Warnings::default() };
    let srx = reader.document()?;
    let warnings = decoded.warnings.into_iter().chain(reader.warnings.into_vec()).collect();
    Ok((srx, warnings))
}

struct Reader<'a> {
    /// Elements are the standard's own or not.
    xml: Pull<'a, bool>,
    warnings: Warnings,
}

impl Reader<'_> {
    /// Reads the whole file in one loop: the elements that matter have different names wherever they stand.
    fn document(&mut self) -> Result<Srx, FormatError> {
        let root = self.xml.root()?.ok_or(FormatError::NotSrx { position: self.xml.position() })?;
        self.check_root(&root)?;
        let mut srx = Srx { cascade: false, maps: Vec::new(), rules: HashMap::new() };
        let mut language = String::new();
        let mut depth = 1;
        while depth > 0 {
            let (own, tag) = match self.xml.next()? {
                Token::Open(own, tag) => (own, tag),
                Token::Close => {
                    depth -= 1;
                    continue;
                }
                Token::Text(_) => continue,
            };
            match tag.local_name().as_ref() {
                "rule" if own => {
                    let rule = self.rule(&tag)?;
                    srx.rules.entry(language.clone()).or_default().extend(rule);
                    continue;
                }
                _ if !own => {
                    self.xml.skip()?;
                    continue;
                }
                "header" => srx.cascade = self.attribute(&tag, "cascade")? == "yes",
                "languagerule" => language = self.attribute(&tag, "languagerulename")?,
                "languagemap" => srx.maps.extend(self.map(&tag)?),
                _ => {}
            }
            depth += 1;
        }
        if !self.xml.ends_here() {
            self.warnings.add(WarningKind::TrailingContent, self.xml.position());
        }
        Ok(srx)
    }

    /// Checks that the root element is that of SRX 1 or 2.
    fn check_root(&self, tag: &BytesStart) -> Result<(), FormatError> {
        let position = self.xml.position();
        if tag.local_name().as_ref() != "srx" {
            return Err(FormatError::NotSrx { position });
        }
        let version = self.attribute(tag, "version")?;
        if version.starts_with("1.") || version.starts_with("2.") {
            return Ok(());
        }
        Err(FormatError::SrxVersion { position, version })
    }

    /// Reads a `<rule>`; one without a `break` breaks.
    fn rule(&mut self, tag: &BytesStart) -> Result<Option<BreakRule>, FormatError> {
        let position = self.xml.position();
        let breaks = self.attribute(tag, "break")? != "no";
        let (mut before, mut after) = (String::new(), String::new());
        loop {
            match self.xml.next()? {
                Token::Open(true, tag) if tag.local_name().as_ref() == "beforebreak" => before = self.text()?,
                Token::Open(true, tag) if tag.local_name().as_ref() == "afterbreak" => after = self.text()?,
                Token::Open(..) => self.xml.skip()?,
                Token::Text(_) => {}
                Token::Close => break,
            }
        }
        let rule = BreakRule::new(breaks, &before, &after);
        Ok(rule.map_err(|error| self.bad_rule(&error, position)).ok())
    }

    /// Reads a `<languagemap>`.
    fn map(&mut self, tag: &BytesStart) -> Result<Option<(LanguagePattern, String)>, FormatError> {
        let position = self.xml.position();
        let name = self.attribute(tag, "languagerulename")?;
        let pattern = LanguagePattern::new(&self.attribute(tag, "languagepattern")?);
        Ok(pattern.map_err(|error| self.bad_rule(&error, position)).ok().map(|pattern| (pattern, name)))
    }

    /// The text of the element just opened, up to its end tag.
    fn text(&mut self) -> Result<String, FormatError> {
        let mut all = String::new();
        loop {
            match self.xml.next()? {
                Token::Text(text) => all.push_str(&text),
                Token::Open(..) => self.xml.skip()?,
                Token::Close => return Ok(all),
            }
        }
    }

    /// An attribute, empty where it is missing.
    fn attribute(&self, tag: &BytesStart, name: &str) -> Result<String, FormatError> {
        Ok(self.xml.attribute(tag, name)?.unwrap_or_default())
    }

    fn bad_rule(&mut self, error: &PatternError, position: usize) {
        self.warnings.add(WarningKind::SegmentationRule { reason: error.to_string() }, position);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, maps: &str) -> String {
        format!(
            "<srx version='2.0' xmlns='http://www.lisa.org/srx20' xmlns:o='other'><header {header}><o:rule>x</o:rule>\
             </header><body><languagerules><languagerule languagerulename='a'><rule break='no'><beforebreak>\\bMr\\.\
             </beforebreak><afterbreak>\\s</afterbreak></rule></languagerule><languagerule languagerulename='b'>\
             <rule><beforebreak>[.&lt;]</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule>\
             </languagerules><maprules>{maps}</maprules></body></srx>"
        )
    }

    const BOTH: &str = "<languagemap languagepattern='EN.*' languagerulename='a'/>\
                        <languagemap languagepattern='.*' languagerulename='b'/>";

    #[track_caller]
    fn check(srx: &str, language: &str, count: usize) {
        let (srx, warnings) = read(srx.as_bytes()).unwrap();
        assert_eq!(warnings, []);
        assert_eq!(srx.rules_of(language).unwrap().sentences("Mr. A < b. End.").len(), count, "{language}");
    }

    #[test]
    fn maps_choose_the_rules_of_a_language() {
        check(&file("cascade='yes'", BOTH), "en-GB", 3);
        check(&file("cascade='yes'", BOTH), "fr", 4);
        check(&file("cascade='no'", BOTH), "en", 1);
        check(&file("cascade='no'", BOTH), "de-en", 4);
        check(&file("", ""), "en", 1);
        let first = format!("<maprule maprulename='Default'>{BOTH}</maprule>");
        check(&file("", &first).replace("2.0", "1.0").replace(" xmlns='http://www.lisa.org/srx20'", ""), "fr", 4);
    }

    #[test]
    fn bad_rules_are_left_out_and_named() {
        let text = file("", BOTH).replace("[.&lt;]", "[.&lt;");
        let (srx, warnings) = read(text.as_bytes()).unwrap();
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].to_string().contains("unclosed character class"), "{}", warnings[0]);
        assert_eq!(warnings[0].position, text.rfind("<rule>").unwrap());
        assert_eq!(srx.rules_of("fr").unwrap().sentences("a. b").len(), 1);
    }

    #[test]
    fn other_files_are_refused() {
        let check = |text: &str| read(text.as_bytes()).unwrap_err();
        assert!(matches!(check(""), FormatError::NotSrx { position: 0 }));
        assert!(matches!(check("<tmx version='1.4'/>"), FormatError::NotSrx { .. }));
        assert!(matches!(check("<srx version=''><body/></srx>"), FormatError::SrxVersion { .. }));
        assert!(matches!(check(&file("", BOTH)[..300]), FormatError::DamagedXml { .. }));
        assert!(matches!(check("<srx version='2.0'>&x;</srx>"), FormatError::UnknownEntity { .. }));
    }

    #[test]
    fn the_built_in_rules_are_whole() {
        let (srx, warnings) = read(BUILT_IN.as_bytes()).unwrap();
        assert_eq!(warnings, []);
        for language in ["ar", "en", "x-clauses-ar", "x-clauses-en"] {
            srx.rules_of(language).unwrap();
        }
    }
}
