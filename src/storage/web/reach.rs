//! Which addresses may be reached: those of the public internet, unless somebody allowed all.
//!
//! A page could otherwise lead to what only this computer can see, such as the set-up page of its router.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::WebProblem;

/// How far a fetch may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the public internet.
    Public,
    /// To this computer and its own network as well.
    Anywhere,
}

impl Reach {
    /// To private addresses too, if they are allowed.
    pub fn allowing(private: bool) -> Self {
        if private { Self::Anywhere } else { Self::Public }
    }

    /// Refuses what the text of an address shows to be out of reach. A name may still stand for a private address.
    pub(super) fn check(self, address: &Url) -> Result<(), WebProblem> {
        let ip = match address.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain(name)) if self == Self::Public && is_local_name(name) => {
                return Err(WebProblem::Private { ip: None });
            }
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(WebProblem::BadAddress),
        };
        if self.includes(ip) { Ok(()) } else { Err(WebProblem::Private { ip: Some(ip) }) }
    }

    /// Whether a connection to `ip` is allowed.
    pub(super) fn includes(self, ip: IpAddr) -> bool {
        self == Self::Anywhere
            || match ip {
                IpAddr::V4(ip) => is_public_v4(ip),
                IpAddr::V6(ip) => is_public_v6(ip),
            }
    }
}

/// The names of this computer itself, which no proxy is asked for.
pub(super) fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.to_canonical().is_loopback(),
        Some(Host::Domain(name)) => in_zone(name, "localhost"),
        None => false,
    }
}

/// Names that never stand for something public: RFC 6761, 6762 and 8375, and the one that ICANN reserved in 2024.
fn is_local_name(name: &str) -> bool {
    ["localhost", "local", "home.arpa", "internal"].iter().any(|zone| in_zone(name, zone))
}

fn in_zone(name: &str, zone: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whatever the IANA IPv4 Special-Purpose Address Registry does not call globally reachable, and multicast: the
/// network and the length of its prefix.
const SPECIAL_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

fn is_public_v4(ip: Ipv4Addr) -> bool {
    !SPECIAL_V4.iter().any(|(network, length)| (ip.to_bits() ^ network.to_bits()) >> (32 - length) == 0)
}

/// Global unicast (RFC 4291), and the blocks in it that the IANA IPv6 Special-Purpose Address Registry takes out.
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
const SPECIAL_V6: [(Ipv6Addr, u32); 3] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let within = |(network, length): &(Ipv6Addr, u32)| (ip.to_bits() ^ network.to_bits()) >> (128 - length) == 0;
    match embedded_v4(ip) {
        Some(ip) => is_public_v4(ip),
        None => within(&GLOBAL_V6) && !SPECIAL_V6.iter().any(within),
    }
}

/// The IPv4 address that a connection ends at: of an IPv4-mapped address (RFC 4291), of one for NAT64 (RFC 6052), and of
/// 6to4 (RFC 3056).
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let joined = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, _, _, _, _, _] => Some(joined(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_reached_unless_all_is_allowed() {
        let check = |ip: &str, expected| {
            let ip: IpAddr = ip.parse().unwrap();
            assert_eq!(Reach::Public.includes(ip), expected, "{ip}");
            assert!(Reach::Anywhere.includes(ip));
        };
        for public in
            ["1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.0.1.1", "223.255.255.1"]
        {
            check(public, true);
            check(&format!("::ffff:{public}"), true);
            check(&format!("64:ff9b::{public}"), true);
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
        ] {
            check(private, false);
            check(&format!("::ffff:{private}"), false);
            check(&format!("64:ff9b::{private}"), false);
        }
        check("2606:4700::1111", true);
        check("2002:0101:0101::1", true);
        for private in [
            "::",
            "::1",
            "::127.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            check(private, false);
        }
    }

    #[test]
    fn an_address_that_names_a_private_one_is_refused_in_any_spelling() {
        let check = |address: &str, expected: bool| {
            let address = Url::parse(address).unwrap();
            assert_eq!(Reach::Public.check(&address).is_ok(), expected, "{address}");
            assert_eq!(Reach::Anywhere.check(&address), Ok(()), "{address}");
        };
        check("https://example.org/", true);
        check("https://localhost.example.org/", true);
        check("https://notlocal/", true);
        check("http://1.1.1.1/", true);
        for private in
            ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "127.0.0.1.", "[::1]", "[::ffff:7f00:1]"]
        {
            check(&format!("http://{private}/"), false);
        }
        for private in ["localhost", "LOCALHOST.", "a.localhost", "printer.local", "router.home.arpa", "db.internal"] {
            check(&format!("http://{private}/"), false);
        }
    }
}
