//! Reading XML token by token.
//!
//! Text is borrowed and the depth is bounded, so neither nesting nor size can exhaust the stack or the time; a
//! DOCTYPE is stepped over, and nothing it defines is expanded or fetched.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::formats::FormatError;

/// Elements inside elements; real files stay below twenty.
const DEEPEST: usize = 256;

/// The next thing in an element.
pub(in crate::formats) enum Token<'a, V> {
    /// A start tag, and whose it is. An empty element is closed right after.
    Open(V, BytesStart<'a>),
    /// An end tag.
    Close,
    /// Character data, references resolved.
    Text(Cow<'a, str>),
}

/// Reads a document: first [`Pull::root`], then [`Pull::next`] until that is closed. `V` says whose an element is.
pub(in crate::formats) struct Pull<'a, V> {
    xml: NsReader<&'a [u8]>,
    vocabulary: fn(Option<&str>) -> V,
    /// Where the text starts in the file.
    text_start: usize,
    at: usize,
    depth: usize,
}

impl<'a, V> Pull<'a, V> {
    /// Starts on a text that stands `text_start` bytes into its file; `vocabulary` knows namespaces by their
    /// names, `None` for elements in none.
    pub(in crate::formats) fn new(text: &'a str, text_start: usize, vocabulary: fn(Option<&str>) -> V) -> Self {
        let mut xml = NsReader::from_str(text);
        xml.config_mut().expand_empty_elements = true;
        Self { xml, vocabulary, text_start, at: text_start, depth: 0 }
    }

    /// Where the last token starts, in bytes from the start of the file.
    pub(in crate::formats) fn position(&self) -> usize {
        self.at
    }

    /// The root element, or `None` where there is none. Fails as [`Pull::next`] does.
    pub(in crate::formats) fn root(&mut self) -> Result<Option<BytesStart<'a>>, FormatError> {
        loop {
            match self.read()? {
                Some(Token::Open(_, tag)) => return Ok(Some(tag)),
                Some(Token::Close | Token::Text(_)) => {}
                None => return Ok(None),
            }
        }
    }

    /// The next token inside the root element. Fails where the XML is damaged or breaks off, is too deep, or
    /// refers to an entity of its own.
    pub(in crate::formats) fn next(&mut self) -> Result<Token<'a, V>, FormatError> {
        self.read()?.ok_or_else(|| self.damaged(&"the file breaks off"))
    }

    /// Whether nothing but blanks and comments follows the root element.
    pub(in crate::formats) fn ends_here(&mut self) -> bool {
        loop {
            match self.read() {
                Ok(None) => return true,
                Ok(Some(Token::Text(text))) if text.trim().is_empty() => {}
                Ok(Some(_)) | Err(_) => return false,
            }
        }
    }

    /// The next token, `None` at the end; comments, instructions and the DOCTYPE are passed over.
    fn read(&mut self) -> Result<Option<Token<'a, V>>, FormatError> {
        loop {
            self.at = self.text_start + self.xml.buffer_position() as usize;
            let (namespace, event) = match self.xml.read_resolved_event() {
                Ok(resolved) => resolved,
                Err(error) => {
                    let position = self.text_start + self.xml.error_position() as usize;
                    return Err(FormatError::DamagedXml { position, reason: error.to_string() });
                }
            };
            return Ok(Some(match event {
                Event::Start(tag) => {
                    let vocabulary = (self.vocabulary)(name_of(&namespace));
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(FormatError::TooDeep { position: self.at });
                    }
                    Token::Open(vocabulary, tag)
                }
                Event::End(_) => {
                    self.depth -= 1;
                    Token::Close
                }
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Token::Text(self.resolve(&reference)?),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// Passes over the rest of the element just opened.
    pub(in crate::formats) fn skip(&mut self) -> Result<(), FormatError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// The value of an attribute of the element just opened.
    pub(in crate::formats) fn attribute(&self, tag: &BytesStart, name: &str) -> Result<Option<String>, FormatError> {
        // The check for doubled names takes time in the square of their number.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.damaged(&error))?;
            if attribute.key.as_ref() == name {
                let value = attribute.normalized_value(XmlVersion::Explicit1_0);
                return value.map(|value| Some(value.into_owned())).map_err(|error| self.damaged(&error));
            }
        }
        Ok(None)
    }

    /// The text of `&name;` or `&#1610;`.
    fn resolve(&self, reference: &BytesRef) -> Result<Cow<'a, str>, FormatError> {
        if let Some(character) = reference.resolve_char_ref().map_err(|error| self.damaged(&error))? {
            return Ok(Cow::Owned(character.to_string()));
        }
        let name = reference.xml10_content();
        match resolve_xml_entity(&name) {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => Err(FormatError::UnknownEntity { position: self.at, name: name.into_owned() }),
        }
    }

    fn damaged(&self, reason: &impl ToString) -> FormatError {
        FormatError::DamagedXml { position: self.at, reason: reason.to_string() }
    }
}

/// A prefix that was never declared counts as a namespace of that name.
fn name_of<'n>(namespace: &'n ResolveResult) -> Option<&'n str> {
    match namespace {
        ResolveResult::Unbound => None,
        ResolveResult::Bound(Namespace(name)) => Some(name),
        ResolveResult::Unknown(prefix) => Some(prefix),
    }
}
