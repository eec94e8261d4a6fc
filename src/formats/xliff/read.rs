//! XLIFF 2.x to a project.

use std::collections::HashSet;
use std::sync::Arc;

use quick_xml::events::BytesStart;
use uuid::Uuid;

use super::{CATEGORY, CORE_NAMESPACE, CORE_NAMESPACE_22, FORMAT_VERSION, METADATA_NAMESPACE};
use crate::domain::{Origin, ParagraphKind, Project, ProjectId, State, Unit, UnitId, WebPage};
use crate::formats::decode::decode;
use crate::formats::names::{kind_named, state_named};
use crate::formats::reader::Hints;
use crate::formats::warning::Warnings;
use crate::formats::xml::{Pull, Token};
use crate::formats::{FormatError, Warning, WarningKind};

/// Reads a project; `fresh` names it where the file gives no id of ours.
///
/// Segments and ignorables of a unit are joined in reading order, targets by their `order`; the unit is as far
/// as its least finished segment. Where `xml:space` is not `preserve`, whitespace with a line break in it
/// becomes one space.
///
/// Fails where the file is no text, not XML, not XLIFF 2.x, refers to entities, or is nested too deeply.
pub fn read(bytes: &[u8], fresh: ProjectId) -> Result<(Project, Vec<Warning>), FormatError> {
    let decoded = decode(bytes, Hints::default())?;
    let xml = Pull::new(&decoded.text, decoded.text_start, vocabulary);
    let mut reader = Reader { xml, warnings: Warnings::default() };
    let document = reader.document()?;
    let mut warnings = reader.warnings;
    let id = document.project.map_or(fresh, ProjectId::new);
    let units = number_units(document.units, &mut warnings);
    let warnings = decoded.warnings.into_iter().chain(warnings.into_vec()).collect();
    Ok((Project::from_units(id, document.origin, units), warnings))
}

/// What the file says, before the units have numbers.
#[derive(Default)]
struct Document {
    project: Option<Uuid>,
    origin: Origin,
    units: Vec<RawUnit>,
}

struct RawUnit {
    id: String,
    position: usize,
    kind: ParagraphKind,
    included: bool,
    repaired: bool,
    segments: Vec<Segment>,
}

#[derive(Default)]
struct Segment {
    ignorable: bool,
    state: State,
    source: Option<Content>,
    target: Option<Content>,
    /// Where the target stands among the unit's targets, from 1, if not where the source does.
    order: Option<usize>,
}

struct Content {
    text: String,
    preserve: bool,
}

/// What elements inherit from those around them.
#[derive(Clone, Copy)]
struct Inherited {
    translate: bool,
    preserve: bool,
}

/// Whose element it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vocabulary {
    Core,
    Metadata,
    Other,
}

/// Our own metadata of a file or unit.
#[derive(Default)]
struct Metadata {
    format: Option<String>,
    project: Option<String>,
    address: Option<String>,
    retrieved: Option<String>,
    kind: Option<String>,
    repaired: Option<String>,
}

struct Reader<'a> {
    xml: Pull<'a, Vocabulary>,
    warnings: Warnings,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Document, FormatError> {
        let root = self.xml.root()?.ok_or(FormatError::NotXliff { position: self.xml.position() })?;
        let inherited = self.root(&root)?;
        let mut document = Document::default();
        let mut files = 0;
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Core, tag) if tag.local_name().as_ref() == "file" => {
                    files += 1;
                    if files > 1 {
                        self.warn(WarningKind::SeveralFiles);
                    }
                    self.file(&tag, inherited, &mut document, files == 1)?;
                }
                Token::Open(vocabulary, _) => self.leave_out(vocabulary)?,
                Token::Text(text) => self.pass_over(&text),
                Token::Close => break,
            }
        }
        if !self.xml.ends_here() {
            self.warn(WarningKind::TrailingContent);
        }
        Ok(document)
    }

    /// Checks that the root element is that of XLIFF 2.
    fn root(&mut self, tag: &BytesStart) -> Result<Inherited, FormatError> {
        if tag.local_name().as_ref() != "xliff" {
            return Err(FormatError::NotXliff { position: self.xml.position() });
        }
        let version = self.xml.attribute(tag, "version")?.unwrap_or_default();
        if !version.starts_with("2.") {
            return Err(FormatError::XliffVersion { position: self.xml.position(), version });
        }
        let source = self.xml.attribute(tag, "srcLang")?.unwrap_or_default();
        let target = self.xml.attribute(tag, "trgLang")?.unwrap_or_default();
        let is = |tag: &str, language: &str| tag.split('-').next().is_some_and(|t| t.eq_ignore_ascii_case(language));
        if !is(&source, "ar") || !is(&target, "en") {
            self.warn(WarningKind::Languages { source, target });
        }
        self.inherit(tag, Inherited { translate: true, preserve: false })
    }

    /// Reads a `<file>`, its groups in one loop.
    fn file(
        &mut self,
        tag: &BytesStart,
        inherited: Inherited,
        document: &mut Document,
        is_first: bool,
    ) -> Result<(), FormatError> {
        let name = self.xml.attribute(tag, "original")?.unwrap_or_default();
        let mut levels = vec![self.inherit(tag, inherited)?];
        let mut metadata = Metadata::default();
        while let Some(&level) = levels.last() {
            match self.xml.next()? {
                Token::Open(Vocabulary::Core, tag) => match tag.local_name().as_ref() {
                    "unit" => {
                        let unit = self.unit(&tag, level)?;
                        document.units.extend(unit);
                    }
                    "group" => {
                        self.note_attributes(&tag, &["id"]);
                        levels.push(self.inherit(&tag, level)?);
                    }
                    "notes" => self.skip(WarningKind::Notes)?,
                    "skeleton" => self.skip(WarningKind::Skeleton)?,
                    _ => self.skip(WarningKind::MisplacedElements)?,
                },
                Token::Open(Vocabulary::Metadata, _) if levels.len() == 1 => self.metadata(&mut metadata)?,
                Token::Open(vocabulary, _) => self.leave_out(vocabulary)?,
                Token::Text(text) => self.pass_over(&text),
                Token::Close => drop(levels.pop()),
            }
        }
        if is_first {
            self.describe(document, metadata, name);
        }
        Ok(())
    }

    fn describe(&mut self, document: &mut Document, metadata: Metadata, name: String) {
        let Some(format) = metadata.format else {
            document.origin.name = name;
            return;
        };
        if format.trim().parse::<u32>().is_ok_and(|version| version > FORMAT_VERSION) {
            self.warn(WarningKind::NewerVersion);
        }
        document.origin.name = unescape_name(&name);
        let retrieved = metadata.retrieved.unwrap_or_default();
        document.origin.page = metadata.address.map(|address| WebPage { address, retrieved });
        document.project = metadata.project.and_then(|id| Uuid::try_parse(id.trim()).ok());
    }

    /// Reads a `<unit>`; one without a source is left out.
    fn unit(&mut self, tag: &BytesStart, inherited: Inherited) -> Result<Option<RawUnit>, FormatError> {
        let position = self.xml.position();
        let id = self.xml.attribute(tag, "id")?.unwrap_or_default();
        self.note_attributes(tag, &["id"]);
        let inherited = self.inherit(tag, inherited)?;
        let mut metadata = Metadata::default();
        let mut segments = Vec::new();
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Core, tag) => match tag.local_name().as_ref() {
                    "segment" => segments.push(self.segment(&tag, inherited, false)?),
                    "ignorable" => segments.push(self.segment(&tag, inherited, true)?),
                    "notes" => self.skip(WarningKind::Notes)?,
                    "originalData" => self.skip(WarningKind::InlineCodes)?,
                    _ => self.skip(WarningKind::MisplacedElements)?,
                },
                Token::Open(Vocabulary::Metadata, _) => self.metadata(&mut metadata)?,
                Token::Open(Vocabulary::Other, _) => self.skip(WarningKind::Extensions)?,
                Token::Text(text) => self.pass_over(&text),
                Token::Close => break,
            }
        }
        if segments.iter().all(|segment| segment.source.is_none()) {
            self.warnings.add(WarningKind::UnitWithoutSource, position);
            return Ok(None);
        }
        if segments.iter().filter(|segment| !segment.ignorable).count() > 1 {
            self.warnings.add(WarningKind::SegmentsJoined, position);
        }
        let kind = metadata.kind.map_or(Some(ParagraphKind::Paragraph), |name| kind_named(&name));
        if kind.is_none() {
            self.warnings.add(WarningKind::UnknownKind, position);
        }
        let kind = kind.unwrap_or(ParagraphKind::Paragraph);
        let repaired = metadata.repaired.is_some_and(|repaired| repaired.trim() == "yes");
        Ok(Some(RawUnit { id, position, kind, included: inherited.translate, repaired, segments }))
    }

    /// Reads a `<segment>` or `<ignorable>`.
    fn segment(&mut self, tag: &BytesStart, inherited: Inherited, ignorable: bool) -> Result<Segment, FormatError> {
        let mut segment = Segment { ignorable, ..Segment::default() };
        self.note_attributes(tag, &["id", "state"]);
        if let Some(name) = self.xml.attribute(tag, "state")? {
            match state_named(&name) {
                Some(state) => segment.state = state,
                None => self.warn(WarningKind::UnknownState),
            }
        }
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Core, tag) => match tag.local_name().as_ref() {
                    "source" => segment.source = Some(self.content(&tag, inherited)?),
                    "target" => {
                        segment.order = self.xml.attribute(&tag, "order")?.and_then(|order| order.trim().parse().ok());
                        segment.target = Some(self.content(&tag, inherited)?);
                    }
                    _ => self.skip(WarningKind::MisplacedElements)?,
                },
                Token::Open(..) => self.skip(WarningKind::MisplacedElements)?,
                Token::Text(text) => self.pass_over(&text),
                Token::Close => return Ok(segment),
            }
        }
    }

    /// Reads the text of a `<source>` or `<target>`, without its inline codes.
    fn content(&mut self, tag: &BytesStart, inherited: Inherited) -> Result<Content, FormatError> {
        let preserve = self.inherit(tag, inherited)?.preserve;
        let mut text = String::new();
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Token::Open(vocabulary, tag) => {
                    open += 1;
                    match (vocabulary, tag.local_name().as_ref()) {
                        (Vocabulary::Core, "cp") => text.push(self.code_point(&tag)?),
                        (Vocabulary::Core, "ph") => {
                            // The plain text that stands for a code, where the file gives one.
                            text.push_str(&self.xml.attribute(&tag, "equiv")?.unwrap_or_default());
                            self.warn(WarningKind::InlineCodes);
                        }
                        (Vocabulary::Core, "pc" | "sc" | "ec" | "mrk" | "sm" | "em") => {
                            self.warn(WarningKind::InlineCodes);
                        }
                        _ => self.warn(WarningKind::MisplacedElements),
                    }
                }
                Token::Text(piece) if preserve => text.push_str(&piece),
                Token::Text(piece) => push_collapsed(&mut text, &piece),
                Token::Close => open -= 1,
            }
        }
        Ok(Content { text, preserve })
    }

    /// The character that `<cp hex="…"/>` stands for.
    fn code_point(&mut self, tag: &BytesStart) -> Result<char, FormatError> {
        let hex = self.xml.attribute(tag, "hex")?.unwrap_or_default();
        let character = u32::from_str_radix(hex.trim(), 16).ok().and_then(char::from_u32);
        if character.is_none() {
            self.warn(WarningKind::NotACharacter);
        }
        Ok(character.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Reads `<mda:metadata>`, of which only our own group is kept.
    fn metadata(&mut self, found: &mut Metadata) -> Result<(), FormatError> {
        // For each open element: whether it stands in a group of ours.
        let mut ours = vec![false];
        let mut field: Option<&mut Option<String>> = None;
        while let Some(&is_ours) = ours.last() {
            match self.xml.next()? {
                Token::Open(_, tag) => {
                    let category = self.xml.attribute(&tag, "category")?;
                    ours.push(is_ours || category.as_deref() == Some(CATEGORY));
                    field = match self.xml.attribute(&tag, "type")?.as_deref().filter(|_| is_ours) {
                        Some("format") => Some(&mut found.format),
                        Some("project") => Some(&mut found.project),
                        Some("address") => Some(&mut found.address),
                        Some("retrieved") => Some(&mut found.retrieved),
                        Some("kind") => Some(&mut found.kind),
                        Some("repaired") => Some(&mut found.repaired),
                        _ => None,
                    };
                    if !is_ours && category.as_deref() != Some(CATEGORY) {
                        self.warn(WarningKind::Extensions);
                    }
                }
                Token::Text(piece) => {
                    if let Some(field) = &mut field {
                        field.get_or_insert_default().push_str(&piece);
                    }
                }
                Token::Close => {
                    field = None;
                    ours.pop();
                }
            }
        }
        Ok(())
    }

    /// Leaves out the element just opened, which nothing in a project stands for.
    fn leave_out(&mut self, vocabulary: Vocabulary) -> Result<(), FormatError> {
        self.skip(if vocabulary == Vocabulary::Core { WarningKind::MisplacedElements } else { WarningKind::Extensions })
    }

    /// Text between elements, where only blanks belong.
    fn pass_over(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.warn(WarningKind::MisplacedText);
        }
    }

    fn skip(&mut self, kind: WarningKind) -> Result<(), FormatError> {
        self.warn(kind);
        self.xml.skip()
    }

    fn inherit(&self, tag: &BytesStart, from: Inherited) -> Result<Inherited, FormatError> {
        Ok(Inherited {
            translate: self.xml.attribute(tag, "translate")?.map_or(from.translate, |value| value != "no"),
            preserve: self.xml.attribute(tag, "xml:space")?.map_or(from.preserve, |value| value == "preserve"),
        })
    }

    /// Warns of attributes that are neither `read`, nor inherited, nor about the editing of the file.
    fn note_attributes(&mut self, tag: &BytesStart, read: &[&str]) {
        const KNOWN: [&str; 6] = ["translate", "xml:space", "canResegment", "srcDir", "trgDir", "xmlns"];
        for attribute in tag.attributes().with_checks(false).flatten() {
            let name = attribute.key.into_inner();
            if !name.starts_with("xmlns:") && !KNOWN.contains(&name) && !read.contains(&name) {
                self.warn(WarningKind::Attributes);
            }
        }
    }

    fn warn(&mut self, kind: WarningKind) {
        self.warnings.add(kind, self.xml.position());
    }
}

/// Elements without a namespace count as XLIFF's own: some tools forget to declare it.
fn vocabulary(namespace: Option<&str>) -> Vocabulary {
    match namespace {
        None | Some(CORE_NAMESPACE | CORE_NAMESPACE_22) => Vocabulary::Core,
        Some(METADATA_NAMESPACE) => Vocabulary::Metadata,
        Some(_) => Vocabulary::Other,
    }
}

/// Appends text in which whitespace that holds a line break counts as one space.
fn push_collapsed(out: &mut String, text: &str) {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let mut rest = text;
    while let Some(start) = rest.find(is_space) {
        let (before, space) = rest.split_at(start);
        let length = space.find(|c| !is_space(c)).unwrap_or(space.len());
        out.push_str(before);
        out.push_str(if space[..length].contains('\n') { " " } else { &space[..length] });
        rest = &space[length..];
    }
    out.push_str(rest);
}

/// Gives each unit the number in its name where all of them are named as ours are, else one in reading order.
fn number_units(raw: Vec<RawUnit>, warnings: &mut Warnings) -> Vec<Unit> {
    let mut seen = HashSet::new();
    let numbers: Option<Vec<u32>> =
        raw.iter().map(|unit| number_in(&unit.id).filter(|number| seen.insert(*number))).collect();
    if let (None, Some(first)) = (&numbers, raw.first()) {
        warnings.add(WarningKind::UnitsRenumbered, first.position);
    }
    let numbers = numbers.unwrap_or_else(|| (1..).take(raw.len()).collect());
    raw.into_iter().zip(numbers).map(|(unit, number)| join(unit, UnitId::new(number))).collect()
}

/// The number in a name of the form `u12`.
fn number_in(id: &str) -> Option<u32> {
    let digits = id.strip_prefix('u')?;
    let number = digits.parse::<u32>().ok()?;
    (number.to_string() == digits).then_some(number)
}

fn join(unit: RawUnit, id: UnitId) -> Unit {
    let segments = unit.segments;
    let source = join_contents(segments.iter().filter_map(|segment| segment.source.as_ref()));
    let mut ordered: Vec<(usize, &Segment)> =
        (1..).zip(&segments).map(|(place, segment)| (segment.order.unwrap_or(place), segment)).collect();
    ordered.sort_by_key(|(order, _)| *order);
    let is_translated = segments.iter().any(|segment| !segment.ignorable && segment.target.is_some());
    // What lies between segments is copied where the translator left it as it was.
    let target =
        join_contents(ordered.iter().filter(|_| is_translated).filter_map(|(_, segment)| {
            segment.target.as_ref().or(segment.source.as_ref().filter(|_| segment.ignorable))
        }));
    let state = segments.iter().filter(|segment| !segment.ignorable).map(|segment| segment.state).min();
    let mut joined = Unit {
        id,
        kind: unit.kind,
        source: Arc::from(source),
        repaired: None,
        target,
        state: state.unwrap_or_default(),
        included: unit.included,
    };
    joined.set_repaired(unit.repaired);
    joined
}

fn join_contents<'a>(contents: impl Iterator<Item = &'a Content>) -> String {
    let mut joined = String::new();
    let mut preserve = true;
    for content in contents {
        joined.push_str(&content.text);
        preserve &= content.preserve;
    }
    if preserve { joined } else { joined.trim().to_owned() }
}

/// Undoes the writer's escaping of the origin's name.
fn unescape_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find('\\') {
        out.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        if let Some((character, after)) = escaped_character(rest) {
            out.push(character);
            rest = after;
        } else {
            out.push('\\');
            rest = rest.strip_prefix('\\').unwrap_or(rest);
        }
    }
    out.push_str(rest);
    out
}

/// The character of `u{1f}` at the start of `text`, and what follows.
fn escaped_character(text: &str) -> Option<(char, &str)> {
    let (code, after) = text.strip_prefix("u{")?.split_once('}')?;
    Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, after))
}
