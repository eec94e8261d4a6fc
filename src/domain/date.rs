//! Days in the words of Arabic pages: «الجمعة 8 فيفري 2019», «28 آب/أغسطس 2013», «٢٠٢٠/١٢/٢٥», «7 محرم 1445».

use super::Date;
use super::line::folded_words;

impl Date {
    /// A day that exists, of a year in which there were newspapers.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => return None,
        };
        ((1800..=2200).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The day at the start of a time as ISO 8601 writes it, `2020-06-03T03:01+0400` or `20200603T0301`, where it
    /// was written: no time zone turns it.
    pub fn from_iso(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.split(['T', 't', ' ']).next()?;
        let number = |part: &str| part.parse::<u16>().ok();
        let (year, month, day) = if digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            (&digits[..4], &digits[4..6], &digits[6..])
        } else {
            let mut parts = digits.split(['-', '/']);
            (parts.next()?, parts.next()?, parts.next()?)
        };
        if year.len() != 4 {
            return None;
        }
        Self::new(number(year)?, u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?)
    }
}

/// The first day that a text names in full. A day of the Islamic calendar counts only where there is no other, and
/// is one of its arithmetical form, which sightings of the moon can be a day or two off.
pub fn find_date(text: &str) -> Option<Date> {
    let words = folded_words(text);
    let numbers: Vec<Option<u16>> = words.iter().map(|word| word.parse().ok()).collect();
    (0..words.len())
        .find_map(|at| named_month(&words, &numbers, at).or_else(|| numeric(text, &numbers, at)))
        .or_else(|| (0..words.len()).find_map(|at| islamic(&words, &numbers, at)))
}

/// «8 فيفري 2019», «28 آب/اغسطس 2013», «كانون الثاني 5، 2019».
fn named_month(words: &[String], numbers: &[Option<u16>], at: usize) -> Option<Date> {
    let (month, mut after) = month_at(words, at)?;
    // Both names of a month, as in Levantine papers: «آب/أغسطس», «أغسطس (آب)».
    if let Some((_, twice)) = month_at(words, after).filter(|(other, _)| *other == month) {
        after = twice;
    }
    let number = |index: usize| numbers.get(index).copied().flatten();
    let before = at.checked_sub(1).and_then(number).or_else(|| {
        // «8 من فيفري 2019», «8 شهر فيفري 2019»
        at.checked_sub(2).filter(|_| matches!(words[at - 1].as_str(), "من" | "شهر")).and_then(number)
    });
    let year_first = at.checked_sub(1).and_then(number).filter(|year| *year > 1000);
    let (day, year) = match (before, number(after), number(after + 1)) {
        (Some(_), Some(day), _) if year_first.is_some() => (day, year_first?),
        (Some(day), Some(year), _) if year > 1000 => (day, year),
        (_, Some(day), Some(year)) if year > 1000 => (day, year),
        _ => return None,
    };
    Date::new(year, month, u8::try_from(day).ok()?)
}

/// The month named from a word on, and the index after its name.
fn month_at(words: &[String], at: usize) -> Option<(u8, usize)> {
    let word = words.get(at)?.as_str();
    let second = words.get(at + 1).map(String::as_str);
    let of_two = match (word, second) {
        ("كانون", Some("الثاني")) => Some(1),
        ("تشرين", Some("الاول")) => Some(10),
        ("تشرين", Some("الثاني")) => Some(11),
        ("كانون", Some("الاول")) => Some(12),
        _ => None,
    };
    if let Some(month) = of_two {
        return Some((month, at + 2));
    }
    MONTHS.iter().position(|names| names.contains(&word)).map(|index| (index as u8 + 1, at + 1))
}

/// Every usual name of each month, folded: Egypt and the Gulf, the Levant and Iraq, Tunisia and Algeria, Morocco.
const MONTHS: [&[&str]; 12] = [
    &["يناير", "جانفي", "يناءر", "january", "jan"],
    &["فبراير", "فيفري", "شباط", "فيبراير", "february", "feb"],
    &["مارس", "اذار", "march", "mar"],
    &["ابريل", "افريل", "نيسان", "april", "apr"],
    &["مايو", "ماي", "ايار", "may"],
    &["يونيو", "يونيه", "جوان", "حزيران", "june", "jun"],
    &["يوليو", "يوليه", "جويليه", "يوليوز", "تموز", "july", "jul"],
    &["اغسطس", "اوت", "غشت", "اب", "august", "aug"],
    &["سبتمبر", "شتنبر", "ايلول", "september", "sep", "sept"],
    &["اكتوبر", "october", "oct"],
    &["نوفمبر", "نونبر", "november", "nov"],
    &["ديسمبر", "دجنبر", "december", "dec"],
];

/// «2020/12/25», «25-12-2020», «25.12.2020»: the day comes first or last, as Arabic papers write.
fn numeric(text: &str, numbers: &[Option<u16>], at: usize) -> Option<Date> {
    let [first, second, third] =
        [numbers.get(at), numbers.get(at + 1), numbers.get(at + 2)].map(|number| number.copied().flatten());
    let (first, second, third) = (first?, second?, third?);
    if !text.contains(['/', '-', '.', '\\', '–']) {
        return None;
    }
    let small = |number: u16| u8::try_from(number).ok();
    if first > 1000 {
        return Date::new(first, small(second)?, small(third)?);
    }
    // Where the second number cannot be a month, the writer is American.
    Date::new(third, small(second)?, small(first)?).or_else(|| Date::new(third, small(first)?, small(second)?))
}

/// «7 محرم 1445», «12 ذو الحجة 1441هـ».
fn islamic(words: &[String], numbers: &[Option<u16>], at: usize) -> Option<Date> {
    let second = words.get(at + 1).map(String::as_str);
    let (month, after) = match (words[at].as_str(), second) {
        ("محرم" | "المحرم", _) => (1, at + 1),
        ("صفر", _) => (2, at + 1),
        ("ربيع", Some("الاول")) => (3, at + 2),
        ("ربيع", Some("الاخر" | "الثاني")) => (4, at + 2),
        ("جمادي", Some("الاولي" | "الاول")) => (5, at + 2),
        ("جمادي", Some("الاخره" | "الثانيه" | "الاخر")) => (6, at + 2),
        ("رجب", _) => (7, at + 1),
        ("شعبان", _) => (8, at + 1),
        ("رمضان", _) => (9, at + 1),
        ("شوال", _) => (10, at + 1),
        ("ذو" | "ذي", Some("القعده")) => (11, at + 2),
        ("ذو" | "ذي", Some("الحجه")) => (12, at + 2),
        _ => return None,
    };
    let day = numbers[at.checked_sub(1)?].filter(|day| (1..=30).contains(day))?;
    let year =
        numbers.get(after).copied().flatten().or_else(|| words.get(after)?.trim_end_matches('ه').parse().ok())?;
    (1300..=1600).contains(&year).then(|| from_islamic(year, month, day)).flatten()
}

/// The civil arithmetical calendar: eleven leap years in thirty (E. G. Richards, «Calendars», in the Explanatory
/// Supplement to the Astronomical Almanac, 3rd ed., algorithms 1 and 4).
fn from_islamic(year: u16, month: u16, day: u16) -> Option<Date> {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let julian = day + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30 + 1_948_439;
    let f = julian + 1401 + (((4 * julian + 274_277) / 146_097) * 3) / 4 - 38;
    let e = 4 * f + 3;
    let h = 5 * ((e % 1461) / 4) + 2;
    let (day, month) = ((h % 153) / 5 + 1, (h / 153 + 2) % 12 + 1);
    let year = e / 1461 - 4716 + (14 - month) / 12;
    Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_in_the_words_of_every_country() {
        let check = |text: &str, expected: &str| {
            let found = find_date(text).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{text}");
        };
        check("الجمعة 8 فيفري 2019", "2019-02-08");
        check("الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)", "2013-08-28");
        check("2020/12/25 - 1:59 صباحًا", "2020-12-25");
        check("ديسمبر 25, 2020", "2020-12-25");
        check("GMT 17:27 17.03.2020(محدثة GMT 17:49 17.03.2020) انسخ الرابط", "2020-03-17");
        check("الإثنين، 24 أغسطس 2020 09:23 ص", "2020-08-24");
        check("٣ حزيران ٢٠١٨", "2018-06-03");
        check("نشر في: 5 كانون الثاني/يناير 2021", "2021-01-05");
        check("السبت 1 تشرين الثاني 2014", "2014-11-01");
        check("12 غشت 2022", "2022-08-12");
        check("30 جوان 2011", "2011-06-30");
        check("25-12-2020", "2020-12-25");
        check("الأحد 15 شعبان 1438 هـ - 14 مايو 2017", "2017-05-14");
        check("7 محرم 1445هـ", "2023-07-25");
        check("31 فبراير 2020", "");
        check("قال 3 شهود", "");
        check("عام 2014 وحده", "");
    }

    #[test]
    fn a_time_of_a_program_is_read_as_written() {
        let check = |text: &str, expected: &str| {
            assert_eq!(Date::from_iso(text).map(|date| date.to_string()).unwrap_or_default(), expected, "{text}");
        };
        check("2020-06-03T03:01+0400", "2020-06-03");
        check("20200603T0301", "2020-06-03");
        check("2020-06-03", "2020-06-03");
        check("2020-6-3 10:00", "2020-06-03");
        check("06/03/2020", "");
        check("", "");
    }
}
