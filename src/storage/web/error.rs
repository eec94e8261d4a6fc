//! What can go wrong on the way to a page.

use std::net::IpAddr;

use thiserror::Error;

/// Why a page could not be fetched.
#[derive(Debug, Error)]
#[error("cannot fetch {address}: {problem}")]
pub struct WebError {
    /// The address where it ended: the one asked for, or one that it led to. Never with a password.
    pub address: String,
    /// What happened there.
    #[source]
    pub problem: WebProblem,
}

/// What happened on the way to a page.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WebProblem {
    /// It is no address of a page.
    #[error("this is not a web address")]
    BadAddress,
    /// An address of another kind: a file, a mailbox, a script.
    #[error("only http and https addresses are fetched, not {scheme}")]
    Scheme {
        /// What stands before the colon.
        scheme: String,
    },
    /// The address is of this computer or of its own network.
    #[error("the address is in a private network{}", of(*.ip))]
    Private {
        /// What the name stands for, where it was asked.
        ip: Option<IpAddr>,
    },
    /// Nobody knows the name, or there is no network to ask.
    #[error("the name {host} was not found")]
    UnknownHost {
        /// The name.
        host: String,
    },
    /// Nobody answers there, or there is no way to them.
    #[error("no connection: {reason}")]
    NoConnection {
        /// What the system said.
        reason: String,
    },
    /// The connection is not secure: a wrong certificate, or none.
    #[error("no secure connection: {reason}")]
    Tls {
        /// What is wrong with it.
        reason: String,
    },
    /// It took too long.
    #[error("the server did not answer in time")]
    TimedOut,
    /// More than is read of a page.
    #[error("the page is larger than {limit} bytes")]
    TooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// One address led to the next, and so on.
    #[error("the address led on more than {limit} times")]
    TooManyRedirects {
        /// The most that are followed.
        limit: usize,
    },
    /// The server gave a status instead of the page.
    #[error("the server answered with status {code}")]
    Status {
        /// As in RFC 9110.
        code: u16,
    },
    /// A picture, a sound, a film or an archive.
    #[error("the address leads to {media_type}, which is not a text")]
    NotText {
        /// What the server calls it, without parameters.
        media_type: String,
    },
    /// The answer made no sense or broke off.
    #[error("the answer is damaged: {reason}")]
    Broken {
        /// What is wrong with it.
        reason: String,
    },
    /// Whoever asked does not want it any more.
    #[error("cancelled")]
    Cancelled,
}

fn of(ip: Option<IpAddr>) -> String {
    ip.map_or_else(String::new, |ip| format!(" ({ip})"))
}
