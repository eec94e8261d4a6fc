//! Why a file could not be read at all.

use thiserror::Error;

/// Why a file could not be read at all. Positions are bytes from the start of the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    /// The bytes are no text in any encoding.
    #[error("the file is not a text (byte {position})")]
    NotText {
        /// The first byte that no text has.
        position: usize,
    },
    /// The encoding that was asked for does not exist.
    #[error("there is no encoding “{name}”")]
    UnknownEncoding {
        /// The name that was given.
        name: String,
    },
    /// The XML breaks off or breaks its own rules.
    #[error("the XML is damaged at byte {position}: {reason}")]
    DamagedXml {
        /// Where it was noticed.
        position: usize,
        /// What the XML parser said.
        reason: String,
    },
    /// JSON that breaks off, breaks its own rules, or says something else than was expected.
    #[error("the JSON is damaged at byte {position}: {reason}")]
    DamagedJson {
        /// Where it was noticed.
        position: usize,
        /// What the JSON parser said.
        reason: String,
    },
    /// A character entity that XML itself does not define. Definitions in a file are never followed.
    #[error("the XML refers to the entity “{name}” at byte {position}; entities are not expanded")]
    UnknownEntity {
        /// Where the reference stands.
        position: usize,
        /// The name between `&` and `;`.
        name: String,
    },
    /// Elements inside elements beyond all use.
    #[error("the XML is nested too deeply at byte {position}")]
    TooDeep {
        /// The element that went too far.
        position: usize,
    },
    /// A table without columns, or without one that holds Arabic.
    #[error("this is no glossary: no column holds Arabic (line {line})")]
    NotAGlossary {
        /// The first line with content, from 1.
        line: usize,
    },
    /// A glossary of other languages.
    #[error("there is no Arabic in this glossary")]
    NoArabic,
    /// A workbook that breaks its own rules, or that nobody could hold in memory.
    #[error("the workbook cannot be read: {reason}")]
    DamagedWorkbook {
        /// What does not fit.
        reason: String,
    },
    /// More concepts than a sheet has rows.
    #[error("a workbook cannot hold so many concepts")]
    TooManyRows,
    /// The root element is neither `<tbx>` nor `<martif>`.
    #[error("this is not a TBX file (byte {position})")]
    NotTbx {
        /// The root element, or the end of a file without one.
        position: usize,
    },
    /// The root element is not `<xliff>`.
    #[error("this is not an XLIFF file (byte {position})")]
    NotXliff {
        /// The root element, or the end of a file without one.
        position: usize,
    },
    /// XML of a kind that is not read.
    #[error("the file is XML of a kind that is not read: “{name}” (byte {position})")]
    OtherXml {
        /// The root element.
        position: usize,
        /// Its name.
        name: String,
    },
    /// A version of XLIFF that is not read.
    #[error("XLIFF {version} is not supported; save the file as XLIFF 2.0 or 2.1 (byte {position})")]
    XliffVersion {
        /// The root element.
        position: usize,
        /// The version that the file gives.
        version: String,
    },
    /// The container of an office document is damaged.
    #[error("the document is damaged: {reason}")]
    DamagedPackage {
        /// What the reader of containers said.
        reason: String,
    },
    /// A part of an office document is damaged.
    #[error("{source} (in “{part}”)")]
    InPart {
        /// The name of the part in its container.
        part: String,
        /// What is wrong with it; positions count from its start.
        source: Box<FormatError>,
    },
    /// A container with something else than a document with text.
    #[error("the file is neither a DOCX nor an ODT document, only packed like one")]
    OtherPackage,
    /// A document of old Word, whose format nothing here reads.
    #[error("the file is in an old binary format of Office; save it as DOCX and open that")]
    OldOffice,
    /// The document can only be read with a password.
    #[error("the document is encrypted; save it without a password and open that")]
    Encrypted,
    /// More than any article comes to, which only an attack or a mistake does.
    #[error("the document is too large when it is unpacked")]
    TooLarge,
    /// Rich Text Format, which nothing here reads.
    #[error("the file is in Rich Text Format; save it as DOCX and open that")]
    RichText,
    /// Not even the frame of a PDF makes sense.
    #[error("the PDF is damaged")]
    DamagedPdf,
    /// The pages of a PDF are pictures.
    #[error("the PDF has no text, only pictures of pages; put it through text recognition (OCR) first")]
    NoTextLayer,
    /// The text of a PDF is drawn with fonts that do not tell what their glyphs mean.
    #[error("the fonts of the PDF do not tell which characters its glyphs are; its text cannot be read")]
    NoCharacters,
    /// The root element is not `<srx>`.
    #[error("these are not SRX segmentation rules (byte {position})")]
    NotSrx {
        /// The root element, or the end of a file without one.
        position: usize,
    },
    /// A version of SRX that is not read.
    #[error("SRX version “{version}” is not supported; save the rules as SRX 2.0 (byte {position})")]
    SrxVersion {
        /// The root element.
        position: usize,
        /// The version that the file gives.
        version: String,
    },
}

impl FormatError {
    /// The same error, told to be about a part of a document.
    pub(super) fn in_part(self, part: &str) -> Self {
        match self {
            Self::DamagedXml { .. } | Self::UnknownEntity { .. } | Self::TooDeep { .. } => {
                Self::InPart { part: part.to_owned(), source: Box::new(self) }
            }
            other => other,
        }
    }

    /// Where the file stopped making sense, in bytes from its start; 0 where there is no such place.
    pub fn position(&self) -> usize {
        match self {
            Self::NotText { position }
            | Self::DamagedXml { position, .. }
            | Self::DamagedJson { position, .. }
            | Self::UnknownEntity { position, .. }
            | Self::TooDeep { position }
            | Self::NotTbx { position }
            | Self::NotXliff { position }
            | Self::OtherXml { position, .. }
            | Self::XliffVersion { position, .. }
            | Self::NotSrx { position }
            | Self::SrxVersion { position, .. } => *position,
            Self::InPart { source, .. } => source.position(),
            Self::UnknownEncoding { .. }
            | Self::NotAGlossary { .. }
            | Self::DamagedWorkbook { .. }
            | Self::TooManyRows
            | Self::NoArabic
            | Self::DamagedPackage { .. }
            | Self::OtherPackage
            | Self::OldOffice
            | Self::Encrypted
            | Self::TooLarge
            | Self::RichText
            | Self::DamagedPdf
            | Self::NoTextLayer
            | Self::NoCharacters => 0,
        }
    }
}
