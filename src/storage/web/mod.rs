//! Pages on the web.
//!
//! [`fetch`] is the only way to the network, and goes to one address that a person named and where that leads. It sends
//! no cookies, keeps nothing, and stops at its [`Limits`]. Addresses in private networks are refused (see [`Reach`])
//! where a connection is made, so that no redirect and no trick with names gets around it. Where the system has a
//! proxy, the proxy makes the connection: names are looked up there, and which of them are out of reach is its
//! to say; what an address itself shows to be private is refused all the same.

mod client;
mod error;
mod reach;

use std::cell::Cell;
use std::time::{Duration, SystemTime};

use percent_encoding::percent_decode_str;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderName, LOCATION};
use reqwest::{Response, StatusCode};
use url::Url;

pub use error::{WebError, WebProblem};
pub use reach::Reach;

use crate::domain::Date;

/// How often it is asked whether the page is still wanted, and told how much of it is here.
const LOOK_UP: Duration = Duration::from_millis(50);

/// What is read, the best first.
const ACCEPTED: &str = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5";

/// A page as a server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its content, decompressed.
    pub bytes: Vec<u8>,
    /// Where it is, after all redirects and without a password.
    pub address: Url,
    /// What the server calls its content, with parameters.
    pub content_type: Option<String>,
    /// When it came: the time in UTC as RFC 3339 has it.
    pub retrieved: String,
}

impl Page {
    /// The encoding that the server told, by the name that it used.
    pub fn charset(&self) -> Option<&str> {
        let parameters = self.content_type.as_deref()?.split(';').skip(1);
        parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
        })
    }
}

/// When a fetch gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a page, decompressed.
    pub bytes: u64,
    /// The most redirects that are followed.
    pub redirects: usize,
    /// The longest wait for a connection.
    pub connect: Duration,
    /// The longest silence of a server.
    pub silence: Duration,
    /// The longest time for all of it.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { bytes: 20 << 20, redirects: 5, connect: seconds(15), silence: seconds(30), total: seconds(120) }
    }
}

/// How much of a page is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes, decompressed.
    pub done: u64,
    /// All of its bytes, if the server has told.
    pub total: Option<u64>,
}

/// Fetches the page at `address`. A name without `https://` in front gets it.
///
/// Several times a second `progress` hears of what has newly come, and `cancelled` is asked whether to stop.
pub fn fetch(
    address: &str,
    reach: Reach,
    limits: &Limits,
    progress: &dyn Fn(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Page, WebError> {
    let first = parse(address).map_err(|problem| WebError { address: address.to_owned(), problem })?;
    let failed = |problem| failed_at(&first, problem);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| failed(WebProblem::NoConnection { reason: error.to_string() }))?;
    let arrived = Cell::default();
    let errand = Errand { reach, limits, arrived: &arrived };
    let result = runtime.block_on(async {
        tokio::select! {
            result = errand.follow(first.clone()) => result,
            () = watch(&arrived, progress, cancelled) => Err(failed(WebProblem::Cancelled)),
            () = tokio::time::sleep(limits.total) => Err(failed(WebProblem::TimedOut)),
        }
    });
    // Dropping it would wait for the thread that looks a name up.
    runtime.shutdown_background();
    result
}

/// Tells what has come, until it is not wanted any more.
async fn watch(arrived: &Cell<Progress>, progress: &dyn Fn(Progress), cancelled: &dyn Fn() -> bool) {
    let mut told = Progress::default();
    while !cancelled() {
        if arrived.get() != told {
            told = arrived.get();
            progress(told);
        }
        tokio::time::sleep(LOOK_UP).await;
    }
}

/// The address in what somebody typed or pasted. Only those of `http` and `https` can be fetched.
pub fn parse(typed: &str) -> Result<Url, WebProblem> {
    let typed = typed.trim();
    match Url::parse(typed) {
        Ok(address) if !(address.scheme().contains('.') && address.cannot_be_a_base()) => Ok(address),
        // `example.org:8080/page` would have the scheme `example.org`.
        Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase) if typed.contains('.') => {
            Url::parse(&format!("https://{typed}")).map_err(|_| WebProblem::BadAddress)
        }
        _ => Err(WebProblem::BadAddress),
    }
}

/// An address as a person would read it: Arabic as it is spelled, without what goes without saying, and without a
/// password.
pub fn readable(typed: &str) -> String {
    let address = presentable(typed.trim());
    let decoded = percent_decode_str(&address).decode_utf8_lossy();
    let short = ["https://", "http://"].iter().find_map(|start| decoded.strip_prefix(start)).unwrap_or(&decoded);
    short.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

fn failed_at(address: &Url, problem: WebProblem) -> WebError {
    WebError { address: without_password(address.clone()).into(), problem }
}

/// An address as it may be shown: without a password, if it is one at all.
pub fn presentable(address: &str) -> String {
    Url::parse(address).map_or_else(
        |_| address.to_owned(),
        |parsed| match parsed.password() {
            Some(_) => without_password(parsed).into(),
            None => address.to_owned(),
        },
    )
}

/// The address as it may be shown and kept.
fn without_password(mut address: Url) -> Url {
    // An address that cannot have a password has none.
    let _ = address.set_username("");
    let _ = address.set_password(None);
    address
}

/// One fetch on its way.
struct Errand<'a> {
    reach: Reach,
    limits: &'a Limits,
    arrived: &'a Cell<Progress>,
}

/// What an address turned out to be.
enum Answer {
    Page(Page),
    LeadsTo(Url),
}

impl Errand<'_> {
    async fn follow(&self, mut address: Url) -> Result<Page, WebError> {
        for _ in 0..=self.limits.redirects {
            match self.visit(&address).await.map_err(|problem| failed_at(&address, problem))? {
                Answer::Page(page) => return Ok(page),
                Answer::LeadsTo(next) => address = next,
            }
        }
        Err(failed_at(&address, WebProblem::TooManyRedirects { limit: self.limits.redirects }))
    }

    async fn visit(&self, address: &Url) -> Result<Answer, WebProblem> {
        if !matches!(address.scheme(), "http" | "https") {
            return Err(WebProblem::Scheme { scheme: address.scheme().to_owned() });
        }
        self.reach.check(address)?;
        let client = client::client(address, self.reach, self.limits)?;
        let request = client.get(address.clone()).header(ACCEPT, ACCEPTED).header(ACCEPT_LANGUAGE, "ar");
        let response = request.send().await.map_err(|error| client::problem(&error, address))?;
        if let Some(location) = redirect(&response) {
            return next_address(address, location).map(Answer::LeadsTo);
        }
        if !response.status().is_success() {
            return Err(WebProblem::Status { code: response.status().as_u16() });
        }
        let content_type = header(response.headers(), &CONTENT_TYPE).map(str::to_owned);
        check_media_type(content_type.as_deref())?;
        let bytes = self.read(response, address).await?;
        Ok(Answer::Page(Page { bytes, address: without_password(address.clone()), content_type, retrieved: now() }))
    }

    async fn read(&self, mut response: Response, address: &Url) -> Result<Vec<u8>, WebProblem> {
        let limit = self.limits.bytes;
        let total = response.content_length();
        if total.is_some_and(|total| total > limit) {
            return Err(WebProblem::TooLarge { limit });
        }
        let mut bytes = Vec::new();
        self.arrived.set(Progress { done: 0, total });
        while let Some(chunk) = response.chunk().await.map_err(|error| client::problem(&error, address))? {
            if (bytes.len() + chunk.len()) as u64 > limit {
                return Err(WebProblem::TooLarge { limit });
            }
            bytes.extend_from_slice(&chunk);
            self.arrived.set(Progress { done: bytes.len() as u64, total });
        }
        Ok(bytes)
    }
}

/// Where a response leads, if it is a redirect.
fn redirect(response: &Response) -> Option<&str> {
    let leads_on = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    header(response.headers(), &LOCATION).filter(|_| leads_on)
}

/// The address of a redirect. A password goes to the server that it was given for, and to no other.
fn next_address(address: &Url, location: &str) -> Result<Url, WebProblem> {
    let next = address.join(location).map_err(|error| WebProblem::Broken { reason: error.to_string() })?;
    Ok(if next.origin() == address.origin() { next } else { without_password(next) })
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    // Some servers write Arabic addresses as they are, in UTF-8.
    std::str::from_utf8(headers.get(name)?.as_bytes()).ok()
}

/// Refuses what no article can be in. Documents of word processors are zip archives and are called so by some servers,
/// so the reader decides about those.
fn check_media_type(content_type: Option<&str>) -> Result<(), WebProblem> {
    const ARCHIVES: [&str; 8] =
        ["gzip", "x-gzip", "x-tar", "x-7z-compressed", "vnd.rar", "x-rar-compressed", "x-bzip2", "x-xz"];
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let no_text = match essence.split_once('/') {
        Some(("image" | "audio" | "video" | "font" | "model", _)) => true,
        Some(("application", kind)) => ARCHIVES.contains(&kind),
        _ => false,
    };
    if no_text { Err(WebProblem::NotText { media_type: essence }) } else { Ok(()) }
}

fn now() -> String {
    rfc_3339(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs())
}

/// A time in UTC as RFC 3339 has it; `seconds` since 1970. The days become a date by `civil_from_days` of Howard Hinnant,
/// *chrono-Compatible Low-Level Date Algorithms*, for days that are not before that year.
fn rfc_3339(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * march_month + 2) / 5 + 1) as u8;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 } as u8;
    let date = Date { year: (era * 400 + year_of_era + u64::from(month <= 2)) as u16, month, day };
    format!("{date}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_rfc_3339_has_them() {
        let check = |seconds, expected| assert_eq!(rfc_3339(seconds), expected);
        check(0, "1970-01-01T00:00:00Z");
        check(951_782_400, "2000-02-29T00:00:00Z");
        check(1_709_251_199, "2024-02-29T23:59:59Z");
        check(1_735_689_599, "2024-12-31T23:59:59Z");
        check(4_107_542_400, "2100-03-01T00:00:00Z");
    }

    #[test]
    fn what_people_type_becomes_an_address() {
        let check = |typed, expected: &str| assert_eq!(parse(typed).unwrap().as_str(), expected);
        check(" https://example.org/a\n", "https://example.org/a");
        check("HTTP://Example.org", "http://example.org/");
        check("example.org/a?b", "https://example.org/a?b");
        check("example.org:8080/a", "https://example.org:8080/a");
        check("https://موقع.example/خبر", "https://xn--4gbrim.example/%D8%AE%D8%A8%D8%B1");
        check("file:///etc/passwd", "file:///etc/passwd");
        for typed in ["", "عاجل", "two words", "https://", "http://[::1", "a b.c"] {
            assert_eq!(parse(typed), Err(WebProblem::BadAddress), "{typed}");
        }
    }

    #[test]
    fn addresses_are_shown_as_people_read_them() {
        let check = |typed, expected| assert_eq!(readable(typed), expected);
        check(" https://www.example.org/ ", "example.org");
        check("http://example.org/%D8%AE%D8%A8%D8%B1/1", "example.org/خبر/1");
        check("https://me:secret@example.org/a", "example.org/a");
        check("example.org/%FF", "example.org/\u{fffd}");
    }

    #[test]
    fn a_password_is_not_given_to_another_server() {
        let check = |location, expected: &str| {
            let address = Url::parse("https://me:secret@example.org/a/b").unwrap();
            assert_eq!(next_address(&address, location).unwrap().as_str(), expected);
        };
        check("c", "https://me:secret@example.org/a/c");
        check("//example.net/c", "https://example.net/c");
        check("//me:secret@example.net/c", "https://example.net/c");
        check("http://me:secret@example.org/c", "http://example.org/c");
        let address = Url::parse("https://me:secret@example.org/").unwrap();
        assert_eq!(presentable("https://me:secret@example.org/خبر"), "https://example.org/%D8%AE%D8%A8%D8%B1");
        assert_eq!(presentable("https://example.org/خبر"), "https://example.org/خبر");
        assert!(!failed_at(&address, WebProblem::TimedOut).to_string().contains("secret"));
    }

    #[test]
    fn the_server_tells_the_encoding() {
        let check = |content_type: &str, expected| {
            let address = Url::parse("https://example.org/").unwrap();
            let content_type = Some(content_type.to_owned());
            let page = Page { bytes: Vec::new(), address, content_type, retrieved: String::new() };
            assert_eq!(page.charset(), expected);
        };
        check("text/html; charset=windows-1256", Some("windows-1256"));
        check("text/html;CHARSET=\"UTF-8\" ; a=b", Some("UTF-8"));
        check("text/html; a; charset=", None);
        check("text/html", None);
    }

    #[test]
    fn what_cannot_be_an_article_is_refused() {
        for text in
            ["text/html; charset=utf-8", "application/pdf", "application/zip", "application/octet-stream", "odd"]
        {
            assert_eq!(check_media_type(Some(text)), Ok(()), "{text}");
        }
        assert_eq!(check_media_type(None), Ok(()));
        for other in ["image/svg+xml", "Video/MP4; a=b", "audio/ogg", "application/gzip"] {
            assert!(check_media_type(Some(other)).is_err(), "{other}");
        }
    }
}
