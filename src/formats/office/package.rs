//! The ZIP container of an office document.
//!
//! Parts are asked for by name and unpacked into memory, up to a limit of what really comes out; what a name looks
//! like, how large a part says it is and what else lies in the container do not matter.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::formats::FormatError;

/// What all parts that are read may come to, in bytes. The text of a thick book is a tenth of it.
const LARGEST: u64 = 32 << 20;

/// A container and how much may still be unpacked from it.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a container; fails where its directory is damaged or endless.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, FormatError> {
        const MOST_PARTS: usize = 20_000;
        const DIRECTORY_RECORD: &[u8] = b"PK\x01\x02";
        // The directory is read as a whole, so its length is known before.
        if bytes.windows(DIRECTORY_RECORD.len()).filter(|window| *window == DIRECTORY_RECORD).count() > MOST_PARTS {
            return Err(FormatError::TooLarge);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self { archive, left: LARGEST })
    }

    /// The text of a part, or `None` where there is no such part. The names of parts do not differ by case alone.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, FormatError> {
        let found = self.archive.file_names_raw().position(|raw| raw.eq_ignore_ascii_case(name.as_bytes()));
        let Some(index) = found else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        let unpacked = file.take(self.left + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Err(FormatError::TooLarge);
        }
        self.left -= bytes.len() as u64;
        unpacked.map_err(|error| FormatError::DamagedPackage { reason: error.to_string() })?;
        // XML in UTF-8 or, with a byte order mark, in UTF-16; nothing else is allowed in either format.
        Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
    }
}

fn damaged(error: &ZipError) -> FormatError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => FormatError::Encrypted,
        _ => FormatError::DamagedPackage { reason: error.to_string() },
    }
}
