//! The heights of many rows, most of them only estimated, with quick answers to "where is row n" and "which row
//! is here".

/// Heights in points, summed in a binary indexed tree (Fenwick, "A new data structure for cumulative frequency
/// tables", 1994): changing one and summing up to one both take O(log n).
#[derive(Debug, Clone, Default)]
pub(super) struct Heights {
    rows: Vec<f64>,
    /// `sums[i]` holds the sum of the `i & -i` rows that end before row `i`; `sums[0]` is not used.
    sums: Vec<f64>,
}

impl Heights {
    /// Starts from estimates.
    pub(super) fn new(estimates: impl IntoIterator<Item = f32>) -> Self {
        let rows: Vec<f64> = estimates.into_iter().map(f64::from).collect();
        let mut sums = vec![0.0; rows.len() + 1];
        for (row, height) in (1..).zip(&rows) {
            sums[row] += height;
            let parent = row + lowest_bit(row);
            if parent < sums.len() {
                sums[parent] += sums[row];
            }
        }
        Self { rows, sums }
    }

    /// The height of each row, measured or estimated.
    pub(super) fn rows(&self) -> &[f64] {
        &self.rows
    }

    /// The height of a row, measured or estimated.
    pub(super) fn get(&self, row: usize) -> f64 {
        self.rows[row]
    }

    /// Puts a measured height in place of an estimate.
    pub(super) fn set(&mut self, row: usize, height: f32) {
        let change = f64::from(height) - self.rows[row];
        if change == 0.0 {
            return;
        }
        self.rows[row] = f64::from(height);
        let mut at = row + 1;
        while at < self.sums.len() {
            self.sums[at] += change;
            at += lowest_bit(at);
        }
    }

    /// The distance from the top of the first row to the top of this one.
    pub(super) fn top(&self, row: usize) -> f64 {
        let mut at = row;
        let mut sum = 0.0;
        while at > 0 {
            sum += self.sums[at];
            at -= lowest_bit(at);
        }
        sum
    }

    /// The height of all rows together.
    pub(super) fn total(&self) -> f64 {
        self.top(self.rows.len())
    }

    /// The row at a distance from the top, and how far into that row it is. Beyond the end: the end of the last row.
    pub(super) fn at(&self, distance: f64) -> (usize, f64) {
        let mut row = 0;
        let mut left = distance.max(0.0);
        let mut step = self.rows.len().next_power_of_two();
        while step > 0 {
            if row + step < self.sums.len() && self.sums[row + step] <= left {
                row += step;
                left -= self.sums[row];
            }
            step /= 2;
        }
        match self.rows.len().checked_sub(1) {
            Some(last) if row > last => (last, self.rows[last]),
            _ => (row, left),
        }
    }
}

fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "sums of whole numbers are exact")]
    fn sums_agree_with_adding_up() {
        let mut rng = fastrand::Rng::with_seed(1);
        for count in [0, 1, 2, 7, 64, 1000] {
            let mut plain: Vec<f32> = (0..count).map(|_| f32::from(rng.u8(1..))).collect();
            let mut heights = Heights::new(plain.iter().copied());
            for _ in 0..count {
                let row = rng.usize(..count);
                plain[row] = f32::from(rng.u8(1..));
                heights.set(row, plain[row]);
                let other = rng.usize(..=count);
                let expected: f32 = plain[..other].iter().sum();
                assert_eq!(heights.top(other), f64::from(expected));
                if other < count {
                    assert_eq!(heights.at(f64::from(expected)), (other, 0.0));
                    assert_eq!(heights.at(f64::from(expected) + 0.5), (other, 0.5));
                }
            }
            assert_eq!(heights.total(), f64::from(plain.iter().sum::<f32>()));
        }
    }

    #[test]
    fn beyond_the_end_is_the_end_of_the_last_row() {
        let heights = Heights::new([10.0, 20.0]);
        assert_eq!(heights.at(99.0), (1, 20.0));
        assert_eq!(heights.at(-5.0), (0, 0.0));
    }
}
