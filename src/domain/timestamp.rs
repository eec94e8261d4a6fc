//! Moments in time, as files write them.

use std::fmt;

const SECONDS_A_DAY: i64 = 86_400;

/// A moment to the second, in seconds since the beginning of 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The last second of the year 9999: what four digits of a year can say.
    const LAST: i64 = 253_402_300_799;

    /// A moment between the years 1970 and 9999; whatever lies outside becomes the nearest of them.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.clamp(0, Self::LAST))
    }

    /// Seconds since the beginning of 1970.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Reads a date or a date and time of ISO 8601, with or without hyphens and colons: `2026-03-09`,
    /// `2026-03-09T10:57:25Z`, `20010507T10:57:25Z`. Time zones other than UTC are taken for UTC.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).take(14).map(|digit| digit - b'0').collect();
        let separators = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | 'T' | ' ');
        if !text.chars().take(10).all(separators) || !matches!(digits.len(), 8 | 12 | 14) {
            return None;
        }
        let number =
            |from: usize, to: usize| digits[from..to].iter().fold(0, |sum, &digit| sum * 10 + i64::from(digit));
        let two = |at: usize| if at < digits.len() { number(at, at + 2) } else { 0 };
        let (year, month, day) = (number(0, 4), two(4), two(6));
        let (hour, minute, second) = (two(8), two(10), two(12));
        if year < 1970 || !(1..=12).contains(&month) || day < 1 || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let days = days_from_civil(year, month, day);
        if civil_from_days(days) != (year, month, day) {
            return None;
        }
        Some(Self::from_seconds(days * SECONDS_A_DAY + hour * 3600 + minute * 60 + second.min(59)))
    }
}

impl Timestamp {
    /// To the minute, for people: 2026-03-09 10:57 UTC.
    pub fn to_minute(self) -> String {
        let text = self.to_string();
        format!("{} {} UTC", &text[..10], &text[11..16])
    }
}

impl fmt::Display for Timestamp {
    /// As ISO 8601 has it: 2026-03-09T10:57:25Z.
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0 / SECONDS_A_DAY);
        let second = self.0 % SECONDS_A_DAY;
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Days since 1970-01-01 of a day of the Gregorian calendar (Howard Hinnant, `chrono`-Compatible Low-Level Date
/// Algorithms, 2021). The years begin in March, so that the leap day is the last of one.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`], from the same source: year, month and day.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_as_files_write_them() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(Timestamp::parse(text).map(|moment| moment.to_string()).as_deref(), expected, "{text}");
        };
        check("2010-04-17", Some("2010-04-17T00:00:00Z"));
        check("2024-02-29T23:59:59Z", Some("2024-02-29T23:59:59Z"));
        check("20010507T10:57:25Z", Some("2001-05-07T10:57:25Z"));
        check("2001-05-07T10:57:25.123Z", Some("2001-05-07T10:57:25Z"));
        check("2023-02-29", None);
        check("1969-12-31", None);
        check("17 April 2010", None);
        check("2010-4", None);
        check("", None);
    }

    #[test]
    fn every_moment_reads_back() {
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..2000 {
            let moment = Timestamp::from_seconds(random.i64(0..=Timestamp::LAST));
            assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
            let minute = moment.to_minute().replace(" UTC", ":00");
            assert_eq!(Timestamp::parse(&minute), Some(Timestamp::from_seconds(moment.seconds() / 60 * 60)));
        }
    }
}
