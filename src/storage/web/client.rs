//! The connection to one server: who is asked for its name, by what way it is reached, whose certificates are trusted,
//! and what its failures mean.

use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, ClientBuilder, Proxy, redirect};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use thiserror::Error;
use url::Url;

use super::{Limits, Reach, WebProblem, reach};

/// Servers learn the name and version of the program, and nothing of its user.
const USER_AGENT: &str = concat!("Tarjuman/", env!("CARGO_PKG_VERSION"));

/// A client for requests to one address.
pub(super) fn client(address: &Url, reach: Reach, limits: &Limits) -> Result<Client, WebProblem> {
    let broken = |error: reqwest::Error| WebProblem::NoConnection { reason: innermost(&error) };
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .use_preconfigured_tls(tls(address.scheme() == "https")?)
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(limits.connect)
        .read_timeout(limits.silence);
    by_way_of(builder, address, reach).and_then(ClientBuilder::build).map_err(broken)
}

/// Through the system's proxy or straight on, never to this computer by way of another one.
fn by_way_of(builder: ClientBuilder, address: &Url, reach: Reach) -> reqwest::Result<ClientBuilder> {
    let origin = address.origin().ascii_serialization().parse().ok();
    let proxy =
        origin.filter(|_| !reach::is_loopback(address)).and_then(|origin| Matcher::from_system().intercept(&origin));
    let Some(way) = proxy else {
        return Ok(builder.no_proxy().dns_resolver(Arc::new(Resolver { reach })));
    };
    let proxy = Proxy::all(way.uri().to_string())?;
    let proxy = match (way.basic_auth(), way.raw_auth()) {
        (Some(header), _) => proxy.custom_http_auth(header.clone()),
        (_, Some((name, password))) => proxy.basic_auth(name, password),
        _ => proxy,
    };
    // The only name to be looked up here is the proxy's own, and proxies stand in private networks.
    Ok(builder.proxy(proxy).dns_resolver(Arc::new(Resolver { reach: Reach::Anywhere })))
}

/// The system's certificates are read only where they are needed: without them, pages without TLS still come.
fn tls(is_needed: bool) -> Result<ClientConfig, WebProblem> {
    let failed = |error: rustls::Error| WebProblem::Tls { reason: error.to_string() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(failed)?;
    let builder = if is_needed {
        builder.with_platform_verifier().map_err(failed)?
    } else {
        builder.with_root_certificates(RootCertStore::empty())
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Looks names up and keeps only the addresses within reach. Those are what is connected to, so a name cannot stand for
/// one address when it is checked and for another one afterwards.
struct Resolver {
    reach: Reach,
}

/// All that a name stands for is out of reach.
#[derive(Debug, Error)]
#[error("the address is in a private network")]
struct OutOfReach(IpAddr);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.reach;
        Box::pin(async move {
            let (found, refused): (Vec<SocketAddr>, Vec<_>) =
                tokio::net::lookup_host((name.as_str(), 0)).await?.partition(|found| reach.includes(found.ip()));
            match refused.first() {
                Some(refused) if found.is_empty() => Err(OutOfReach(refused.ip()).into()),
                _ => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}

/// What went wrong with a request to `address`.
pub(super) fn problem(error: &reqwest::Error, address: &Url) -> WebProblem {
    let find = |wanted: fn(&(dyn Error + 'static)) -> Option<WebProblem>| causes(error).find_map(wanted);
    let refused = |cause: &(dyn Error + 'static)| {
        cause.downcast_ref().map(|OutOfReach(ip)| WebProblem::Private { ip: Some(*ip) })
    };
    let insecure = |cause: &(dyn Error + 'static)| {
        cause.downcast_ref::<rustls::Error>().map(|error| WebProblem::Tls { reason: error.to_string() })
    };
    let hung_up = |cause: &(dyn Error + 'static)| {
        let kind = cause.downcast_ref::<io::Error>()?.kind();
        (kind == io::ErrorKind::UnexpectedEof).then(|| WebProblem::Tls { reason: cause.to_string() })
    };
    if error.is_timeout() {
        WebProblem::TimedOut
    } else if let Some(problem) = find(refused).or_else(|| find(insecure)) {
        problem
    } else if error.is_dns() {
        WebProblem::UnknownHost { host: address.host_str().unwrap_or_default().to_owned() }
    } else if error.is_connect() {
        find(hung_up).unwrap_or_else(|| WebProblem::NoConnection { reason: innermost(error) })
    } else {
        WebProblem::Broken { reason: innermost(error) }
    }
}

/// The error and what is behind it. An error of the system hides the one that it was made of.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let hidden = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        hidden.map(|hidden| hidden as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error).last().unwrap_or(error).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_way_into_a_private_network() {
        let resolve = |reach| {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let name = "localhost".parse().unwrap();
            runtime.block_on(Resolver { reach }.resolve(name)).map(Iterator::collect::<Vec<_>>)
        };
        assert!(resolve(Reach::Anywhere).unwrap().iter().all(|found| found.ip().is_loopback()));
        let refused = resolve(Reach::Public).unwrap_err();
        assert!(refused.downcast_ref().is_some_and(|OutOfReach(ip)| ip.is_loopback()), "{refused}");
    }

    #[test]
    fn the_reason_behind_an_error_is_found() {
        let insecure = io::Error::other(rustls::Error::DecryptError);
        let hidden = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, insecure));
        assert_eq!(innermost(&hidden), rustls::Error::DecryptError.to_string());
        assert!(causes(&hidden).any(<dyn Error>::is::<rustls::Error>));
    }
}
