//! Pages from a server on this computer: what comes, what is refused, and what a server cannot do to the program.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod server;

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use server::{Server, answer, hangs_up};
use tarjuman::domain::ParagraphKind;
use tarjuman::formats::reader::Hints;
use tarjuman::jobs::{self, Came, Job, JobError, Jobs, Outcome, Source};
use tarjuman::storage::web::{self, Limits, Page, Progress, Reach, WebError, WebProblem};

const ARTICLE: &str = "افتتاح مكتبة عامة في المدينة القديمة\n\n\
    افتتحت البلدية أمس مكتبة عامة في المدينة القديمة تضم آلاف الكتب وقاعة للأطفال.\n\n\
    وقالت مديرة المكتبة إن الاستعارة مجانية لجميع السكان طوال السنة الأولى.\n";

fn get(server: &Server, path: &str) -> Result<Page, WebError> {
    fetch(&server.address(path), Limits::default())
}

fn fetch(address: &str, limits: Limits) -> Result<Page, WebError> {
    web::fetch(address, Reach::Anywhere, &limits, &|_| (), &|| false)
}

fn problem(result: Result<Page, WebError>) -> WebProblem {
    result.unwrap_err().problem
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page_comes_with_what_the_server_says_of_it() {
    let cp1256 = b"\xc7\xe1\xd3\xe1\xc7\xe3";
    let server = Server::with(answer("200 OK", "Content-Type: text/html; charset=windows-1256\r\n", cp1256));
    let page = get(&server, "/خبر?a=1").unwrap();
    assert_eq!(page.bytes, cp1256);
    assert_eq!(page.charset(), Some("windows-1256"));
    assert_eq!(page.address.as_str(), server.address("/%D8%AE%D8%A8%D8%B1?a=1"));
    assert_eq!((page.retrieved.len(), &page.retrieved[10..11], &page.retrieved[19..]), (20, "T", "Z"));
    let head = server.requests()[0].to_lowercase();
    for line in
        [concat!("user-agent: tarjuman/", env!("CARGO_PKG_VERSION")), "accept-language: ar", "accept: text/html"]
    {
        assert!(head.contains(line), "{head}");
    }
    for line in ["cookie", "referer", "authorization"] {
        assert!(!head.contains(line), "{head}");
    }
}

#[test]
fn compressed_pages_come_as_they_were() {
    let server = Server::with(answer("200 OK", "Content-Encoding: gzip\r\n", &gzipped(ARTICLE.as_bytes())));
    assert_eq!(get(&server, "/").unwrap().bytes, ARTICLE.as_bytes());
}

#[test]
fn private_addresses_are_refused_without_a_connection() {
    let server = Server::with(answer("200 OK", "", b"secret"));
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"] {
        let address = format!("http://{host}:{}/", server.port);
        let result = web::fetch(&address, Reach::Public, &Limits::default(), &|_| (), &|| false);
        assert!(matches!(problem(result), WebProblem::Private { .. }), "{host}");
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn five_redirects_are_followed_and_not_six() {
    let server = Server::new(|path, stream| {
        let left: usize = path[1..].parse().unwrap();
        let location = format!("Location: /{}\r\nSet-Cookie: a=b\r\n", left.saturating_sub(1));
        let moved = ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"][left % 5];
        stream.write_all(&match left {
            0 => answer("200 OK", "", b"here"),
            _ => answer(moved, &location, b"not here"),
        })
    });
    let page = get(&server, "/5").unwrap();
    assert_eq!((page.bytes.as_slice(), page.address.as_str()), (&b"here"[..], server.address("/0").as_str()));
    assert!(server.requests().iter().all(|head| !head.to_lowercase().contains("cookie")));
    let error = get(&server, "/6").unwrap_err();
    assert_eq!(error.problem, WebProblem::TooManyRedirects { limit: 5 });
    assert_eq!(error.address, server.address("/0"));
}

#[test]
fn a_redirect_leads_nowhere_else_than_to_pages() {
    let check = |location: &str, expected: WebProblem| {
        let server = Server::with(answer("302 Found", &format!("Location: {location}\r\n"), b""));
        assert_eq!(problem(get(&server, "/")), expected, "{location}");
    };
    check("/", WebProblem::TooManyRedirects { limit: 5 });
    check("file:///etc/passwd", WebProblem::Scheme { scheme: "file".to_owned() });
    check("javascript:alert(1)", WebProblem::Scheme { scheme: "javascript".to_owned() });
    check("http://[::1", WebProblem::Broken { reason: "invalid IPv6 address".to_owned() });
}

#[test]
fn a_password_stays_with_its_server() {
    let other = Server::with(answer("200 OK", "", b"other"));
    let location = format!("Location: {}\r\n", other.address("/"));
    let server = Server::new(move |path, stream| {
        stream.write_all(&match path {
            "/stays" => answer("200 OK", "", b"same"),
            "/begin" => answer("302 Found", "Location: stays\r\n", b""),
            _ => answer("302 Found", &location, b""),
        })
    });
    let asks = |head: &String| head.to_lowercase().contains("authorization: basic");
    let begin = |path| server.address(path).replace("//", "//me:secret@");
    let page = fetch(&begin("/begin"), Limits::default()).unwrap();
    assert_eq!(page.address.as_str(), server.address("/stays"));
    assert!(server.requests().iter().all(asks));
    assert_eq!(fetch(&begin("/leaves"), Limits::default()).unwrap().bytes, b"other");
    assert!(!other.requests().iter().any(asks));
}

#[test]
fn what_a_server_says_instead_of_a_page_is_told_apart() {
    for code in [204, 400, 401, 402, 403, 404, 410, 429, 451, 500, 503] {
        let server = Server::with(answer(&format!("{code} So"), "", b"<p>error page</p>"));
        let expected = (code >= 300).then_some(WebProblem::Status { code });
        assert_eq!(get(&server, "/").err().map(|error| error.problem), expected);
    }
    let server = Server::with(answer("200 OK", "Content-Type: image/jpeg\r\n", b"\xff\xd8"));
    assert_eq!(problem(get(&server, "/")), WebProblem::NotText { media_type: "image/jpeg".to_owned() });
}

#[test]
fn more_than_twenty_megabytes_are_not_read() {
    let limit = Limits::default().bytes;
    let declared = Server::new(move |_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", limit + 1)?;
        hangs_up(stream)
    });
    assert_eq!(problem(get(&declared, "/")), WebProblem::TooLarge { limit });

    let endless = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 1 << 12])?;
        }
    });
    assert_eq!(problem(get(&endless, "/")), WebProblem::TooLarge { limit });

    let bomb = gzipped(&vec![0; 200 << 20]);
    assert!(bomb.len() < 1 << 20);
    let server = Server::with(answer("200 OK", "Content-Encoding: gzip\r\n", &bomb));
    assert_eq!(problem(get(&server, "/")), WebProblem::TooLarge { limit });
}

#[test]
fn silent_and_dripping_servers_are_given_up() {
    let silent = Server::new(|_, stream| hangs_up(stream));
    let limits = Limits { silence: Duration::from_millis(100), ..Limits::default() };
    assert_eq!(problem(fetch(&silent.address("/"), limits)), WebProblem::TimedOut);

    let stops = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")?;
        hangs_up(stream)
    });
    assert_eq!(problem(fetch(&stops.address("/"), limits)), WebProblem::TimedOut);

    let dripping = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")?;
        stream.set_read_timeout(Some(Duration::from_millis(10)))?;
        // Reading is how it waits: the client says nothing more.
        while stream.read(&mut [0]).is_err() {
            stream.write_all(b"a")?;
        }
        Ok(())
    });
    let limits = Limits { total: Duration::from_millis(300), ..Limits::default() };
    let begin = Instant::now();
    assert_eq!(problem(fetch(&dripping.address("/"), limits)), WebProblem::TimedOut);
    assert!(begin.elapsed() >= limits.total);
}

#[test]
fn a_fetch_is_cancelled_at_once_whatever_the_server_does() {
    let check = |sent: &'static [u8]| {
        let (arrived, arrival) = mpsc::channel();
        let server = Server::new(move |_, stream| {
            stream.write_all(sent)?;
            arrived.send(()).unwrap();
            hangs_up(stream)
        });
        let cancelled = Arc::new(AtomicBool::new(false));
        let (address, flag) = (server.address("/"), Arc::clone(&cancelled));
        let running = thread::spawn(move || {
            let asked = || flag.load(Ordering::Relaxed);
            web::fetch(&address, Reach::Anywhere, &Limits::default(), &|_| (), &asked)
        });
        arrival.recv().unwrap();
        let begin = Instant::now();
        cancelled.store(true, Ordering::Relaxed);
        assert_eq!(problem(running.join().unwrap()), WebProblem::Cancelled);
        assert!(begin.elapsed() < Duration::from_millis(300), "{:?}", begin.elapsed());
    };
    check(b"");
    check(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

#[test]
fn an_answer_that_breaks_off_is_no_page() {
    let broken = [
        "",
        "nonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf",
    ];
    for answer in broken {
        let problem = problem(get(&Server::with(answer), "/"));
        assert!(matches!(problem, WebProblem::Broken { .. }), "{answer:?}: {problem:?}");
    }
}

#[test]
fn servers_without_a_name_a_port_or_a_certificate_are_told_apart() {
    let check = |address: &str, expected: fn(&WebProblem) -> bool| {
        let problem = problem(fetch(address, Limits::default()));
        assert!(expected(&problem), "{address}: {problem:?}");
    };
    for answer in ["this is no TLS, and long enough to be read as some of it", ""] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("https://{}/", listener.local_addr().unwrap());
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
            io::copy(&mut stream, &mut io::sink()).unwrap_or_default()
        });
        check(&address, |problem| matches!(problem, WebProblem::Tls { .. }));
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    check(&format!("http://{closed}/"), |problem| matches!(problem, WebProblem::NoConnection { .. }));
    check(
        "http://nowhere.invalid/",
        |problem| matches!(problem, WebProblem::UnknownHost { host } if host == "nowhere.invalid"),
    );
    check("ftp://example.org/", |problem| matches!(problem, WebProblem::Scheme { .. }));
    check("no address", |problem| *problem == WebProblem::BadAddress);
}

/// The background threads, and what wakes a test that waits for them.
struct Background {
    jobs: Jobs,
    woken: mpsc::Receiver<()>,
}

impl Background {
    fn new() -> Self {
        let (wake, woken) = mpsc::channel();
        Self { jobs: Jobs::new(Arc::new(move || wake.send(()).unwrap_or_default())), woken }
    }

    fn next(&self) -> Result<Outcome, JobError> {
        loop {
            if let Some(event) = self.jobs.poll() {
                return event.result;
            }
            self.woken.recv_timeout(Duration::from_secs(20)).unwrap();
        }
    }
}

#[test]
fn a_job_opens_a_page_and_tells_how_far_it_is() {
    let (go_on, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let server = Server::new(move |path, stream| {
        if path == "/" {
            return stream.write_all(&answer("302 Found", "Location: /article\r\n", b""));
        }
        let whole = answer("200 OK", "Content-Type: text/plain; charset=utf-8\r\n", ARTICLE.as_bytes());
        let (some, rest) = whole.split_at(whole.len() - 100);
        stream.write_all(some)?;
        wait.lock().unwrap().recv().unwrap();
        stream.write_all(rest)
    });
    let mut background = Background::new();
    background.jobs.start(Job::Open { source: Source::Address(server.address("/")), allow_private: true });
    let total = ARTICLE.len() as u64;
    let expected = Progress { done: total - 100, total: Some(total) };
    loop {
        let Ok(Outcome::Progress { done, total }) = background.next() else { panic!("it is not all here") };
        if (Progress { done, total }) == expected {
            break;
        }
    }
    go_on.send(()).unwrap();
    let opened = loop {
        match background.next().unwrap() {
            Outcome::Progress { .. } => (),
            Outcome::Opened(opened) => break opened,
            other => panic!("{other:?}"),
        }
    };
    let address = server.address("/article");
    assert_eq!(opened.came, Came::Address { address: address.clone() });
    let origin = opened.project.origin();
    assert_eq!(origin.name, "افتتاح مكتبة عامة في المدينة القديمة");
    assert_eq!(origin.page.as_ref().unwrap().address, address);
    assert_eq!(opened.project.units()[0].kind, ParagraphKind::Headline);
}

#[test]
fn a_slow_server_keeps_no_other_work() {
    let server = Server::new(|_, stream| hangs_up(stream));
    let mut background = Background::new();
    let ticket = background.jobs.start(Job::Open { source: Source::Address(server.address("/")), allow_private: true });
    background.jobs.start(Job::Open { source: Source::Sample, allow_private: false });
    assert!(matches!(background.next(), Ok(Outcome::Opened(opened)) if opened.came == Came::Sample));
    ticket.cancel();
    assert!(matches!(background.next(), Err(JobError::Web(WebError { problem: WebProblem::Cancelled, .. }))));
}

#[test]
fn the_encoding_that_the_server_tells_is_used() {
    // Too short to be recognised by its letters, and no text in UTF-8.
    let server =
        Server::with(answer("200 OK", "Content-Type: text/plain; charset=ISO-8859-6\r\n", b"\xd3\xe4\xc7\xe5"));
    let source = jobs::read_page(&server.address("/"), Reach::Anywhere, Hints::default(), &|_| (), &|| false).unwrap();
    assert_eq!(source.reading.encoding.unwrap().name, "iso-8859-6");
    assert_eq!(source.reading.article.paragraphs[0].text, "سلام");
}

#[test]
fn a_job_says_why_there_is_no_article() {
    let server = Server::new(|path, stream| {
        stream.write_all(&if path == "/empty" { answer("200 OK", "", b"\n") } else { answer("404 No", "", b"") })
    });
    let mut background = Background::new();
    let mut open = |path, allow_private| {
        background.jobs.start(Job::Open { source: Source::Address(server.address(path)), allow_private });
        loop {
            match background.next() {
                Ok(Outcome::Progress { .. }) => (),
                result => return result.unwrap_err(),
            }
        }
    };
    assert!(matches!(open("/empty", true), JobError::EmptyPage { address } if address.ends_with("/empty")));
    let status = |error| matches!(error, JobError::Web(WebError { problem: WebProblem::Status { code: 404 }, .. }));
    assert!(status(open("/absent", true)));
    let refused = |error| matches!(error, JobError::Web(WebError { problem: WebProblem::Private { .. }, .. }));
    assert!(refused(open("/empty", false)));
}
