//! Vectors of meaning, in little memory, and how alike two of them are.
//!
//! One byte a dimension: the cosine of two texts changes by about 0.002, memory by a factor of
//! four, and the sum is of whole numbers, the same in any order.

/// Dimensions of a vector.
pub const DIMENSIONS: usize = 384;

/// The direction of a text's meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    /// Each dimension in steps of `step`, from -127 to 127.
    steps: [i8; DIMENSIONS],
    /// Such that the vector has length 1.
    step: f32,
}

impl Embedding {
    /// Bytes that a vector is kept in.
    pub const BYTES: usize = DIMENSIONS;

    /// The direction of `values`, of which there are [`DIMENSIONS`]; others count as zero.
    #[must_use]
    pub fn new(values: &[f32]) -> Self {
        let largest = values.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
        let mut steps = [0; DIMENSIONS];
        if largest > 0.0 {
            for (step, value) in steps.iter_mut().zip(values) {
                *step = rounded(value / largest * f32::from(i8::MAX));
            }
        }
        Self::of_steps(&steps)
    }

    fn of_steps(steps: &[i8; DIMENSIONS]) -> Self {
        let squares: i32 = steps.iter().map(|step| i32::from(*step) * i32::from(*step)).sum();
        let length = (squares as f32).sqrt();
        Self { steps: *steps, step: if length > 0.0 { 1.0 / length } else { 0.0 } }
    }

    /// Returns the vector as it is kept, a byte a dimension.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        self.steps.map(i8::cast_unsigned)
    }

    /// The vector that was kept as `bytes`.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self::of_steps(&bytes.map(u8::cast_signed))
    }

    /// Returns the cosine with `other`, from -1 to 1; 0 where one of them has no direction.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        product(&self.steps, &other.steps) as f32 * self.step * other.step
    }

    /// Returns each dimension, in steps that the vector alone knows.
    pub(super) fn steps(&self) -> &[i8; DIMENSIONS] {
        &self.steps
    }
}

impl Default for Embedding {
    /// No direction.
    fn default() -> Self {
        Self::of_steps(&[0; DIMENSIONS])
    }
}

/// The sum of the products, in eight sums side by side: so many the compiler adds at once on any
/// processor. Left to itself it multiplies four at a time, which takes two and a half times as
/// long.
fn product(one: &[i8; DIMENSIONS], other: &[i8; DIMENSIONS]) -> i32 {
    const LANES: usize = 8;
    let mut sums = [0_i32; LANES];
    let (one, _) = one.as_chunks::<LANES>();
    let (other, _) = other.as_chunks::<LANES>();
    for (one, other) in one.iter().zip(other) {
        for (sum, (one, other)) in sums.iter_mut().zip(one.iter().zip(other)) {
            // No product is too large for 16 bits.
            *sum += i32::from(i16::from(*one) * i16::from(*other));
        }
    }
    sums.iter().sum()
}

#[allow(clippy::cast_possible_truncation, reason = "the value is from -127 to 127")]
fn rounded(value: f32) -> i8 {
    value.round().clamp(-127.0, 127.0) as i8
}
