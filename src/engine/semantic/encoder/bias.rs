//! Adding the bias of a linear map, and the activation of BERT behind it, in place.
//!
//! candle’s own operations do the same. But its GELU calls the error function number by number, a
//! quarter of the encoder’s time, and its addition hands large tensors to threads that go on
//! spinning afterwards, on the cores that the multiplication needs.

use candle_core::{CpuStorage, InplaceOp2, Layout, Result};

/// Adds a bias to each row.
pub(super) enum AddBias {
    /// And nothing else.
    Alone,
    /// And replaces each number by its GELU (Hendrycks and Gimpel 2016).
    ThenGelu,
}

impl InplaceOp2 for AddBias {
    fn name(&self) -> &'static str {
        "add-bias"
    }

    fn cpu_fwd(
        &self,
        rows: &mut CpuStorage,
        rows_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<()> {
        if let (CpuStorage::F32(rows), CpuStorage::F32(bias)) = (rows, bias)
            && let Some((start, end)) = rows_layout.contiguous_offsets()
            && let Some(rows) = rows.get_mut(start..end)
            && let Some((start, end)) = bias_layout.contiguous_offsets()
            && let Some(bias) = bias.get(start..end)
            && !bias.is_empty()
        {
            match self {
                Self::Alone => over_rows(rows, bias, |number| number),
                Self::ThenGelu => over_rows(rows, bias, gelu),
            }
            return Ok(());
        }
        candle_core::bail!("a bias is added to contiguous rows in 32 bits")
    }
}

#[inline]
fn over_rows(rows: &mut [f32], bias: &[f32], then: impl Fn(f32) -> f32) {
    for row in rows.chunks_exact_mut(bias.len()) {
        row.iter_mut().zip(bias).for_each(|(number, bias)| *number = then(*number + bias));
    }
}

/// Coefficients of a rational approximation of the error function from -4 to 4, the highest power
/// first, as in Eigen (`generic_fast_erf_float`): exact to 1e-6.
const NUMERATOR: [f32; 7] = [
    -2.726_142_3e-10,
    2.770_681_4e-8,
    -2.101_024e-6,
    -5.692_506_4e-5,
    -7.349_906_3e-4,
    -2.954_6e-3,
    -1.609_603_3e-2,
];
const DENOMINATOR: [f32; 5] =
    [-1.456_607_2e-5, -2.133_740_6e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2];

#[inline]
fn gelu(number: f32) -> f32 {
    0.5 * number * (1.0 + erf(number * std::f32::consts::FRAC_1_SQRT_2))
}

#[inline]
fn erf(number: f32) -> f32 {
    let number = number.clamp(-4.0, 4.0);
    let square = number * number;
    let at_square = |sum: f32, coefficient: &f32| sum * square + coefficient;
    let numerator = NUMERATOR.iter().fold(0.0, at_square);
    number * numerator / DENOMINATOR.iter().fold(0.0, at_square)
}
