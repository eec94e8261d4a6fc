//! Takes out of a PDF what would unpack too far, before anything is unpacked.
//!
//! The reader of PDF's syntax unpacks a stream as a whole and without a limit, and a stream of a few kilobytes can
//! hold gigabytes. So every stream is unpacked once here, into nothing, to know its size. Pictures and what is too
//! large are overwritten with bytes that unpack to nothing; the rest of the file stays as it was.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;

use crate::formats::FormatError;

/// Larger files are refused, in bytes.
const LARGEST_FILE: usize = 64 << 20;

/// What all streams may unpack to, in bytes.
const LARGEST_UNPACKED: usize = 64 << 20;

/// How far a byte of a kind of compression can unpack.
const MOST_BY_FLATE: usize = 1_032;
const MOST_BY_LZW: usize = 1_400;
const MOST_BY_RUNS: usize = 64;

/// A copy of the file without what unpacks too far. Fails where the file is too large or has streams without ends.
pub(super) fn tame(bytes: &[u8]) -> Result<Vec<u8>, FormatError> {
    if bytes.len() > LARGEST_FILE {
        return Err(FormatError::TooLarge);
    }
    let is_encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let mut tamed = bytes.to_vec();
    let mut left = LARGEST_UNPACKED;
    let mut searched = 0;
    let mut previous_end = 0;
    for start in memmem::find_iter(bytes, b"stream") {
        if bytes[..start].ends_with(b"end") {
            previous_end = start;
            continue;
        }
        let data = &bytes[start + b"stream".len()..];
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        // The reader looks for each end anew; in a file of starts alone that takes the square of its length.
        searched += length;
        if searched > bytes.len().saturating_mul(4) {
            return Err(FormatError::DamagedPdf);
        }
        let dictionary = &bytes[dictionary_start(bytes, previous_end, start)..start];
        let size = unpacked_size(dictionary, data, length, is_encrypted, left);
        if let Some(rest) = left.checked_sub(size) {
            left = rest;
        } else {
            let begin = bytes.len() - data.len();
            // No method of compression starts like this.
            tamed[begin..begin + length].fill(0xff);
        }
    }
    Ok(tamed)
}

/// Where to look for the dictionary of a stream: after the stream before it, and not far.
fn dictionary_start(bytes: &[u8], previous_end: usize, start: usize) -> usize {
    const LONGEST_DICTIONARY: usize = 8 << 10;
    let begin = previous_end.max(start.saturating_sub(LONGEST_DICTIONARY));
    memmem::rfind(&bytes[begin..start], b" obj").map_or(begin, |at| begin + at)
}

/// What a stream unpacks to, or what it may at most where that cannot be told; more than `limit` for what is to go.
fn unpacked_size(dictionary: &[u8], data: &[u8], length: usize, is_encrypted: bool, limit: usize) -> usize {
    let has = |name: &[u8]| memmem::find(dictionary, name).is_some();
    let is_picture = has(b"/Image") && has(b"/Width");
    let is_font_program = has(b"/Length1") || has(b"/Type1C") || has(b"/CIDFontType0C") || has(b"/OpenType");
    if is_picture || (is_encrypted && is_font_program) {
        return usize::MAX;
    }
    let flates = memmem::find_iter(dictionary, b"/Fl").count();
    let by_name = if has(b"LZW") {
        MOST_BY_LZW
    } else if has(b"/RunLength") || has(b"/RL") {
        MOST_BY_RUNS
    } else if is_encrypted || flates > 1 || (flates == 1 && (has(b"/ASCII") || has(b"/A85") || has(b"/AHx"))) {
        MOST_BY_FLATE
    } else {
        1
    };
    let measured = match data {
        [first, second, ..] if first & 0x0f == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0 => {
            size(ZlibDecoder::new(data), limit)
        }
        _ => size(DeflateDecoder::new(data), limit),
    };
    length.saturating_mul(by_name).max(measured)
}

/// How much a decoder gives until its end, its first fault or somewhat beyond the limit.
fn size(mut decoder: impl Read, limit: usize) -> usize {
    let mut buffer = [0; 16 << 10];
    let mut size = 0;
    while size <= limit {
        match decoder.read(&mut buffer) {
            Ok(read) if read > 0 => size += read,
            _ => break,
        }
    }
    size
}
