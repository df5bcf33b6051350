//! How much a claim can have in common with a stretch at most: what is quick to know before the
//! two are laid side by side.

use std::collections::HashMap;

use super::align::Weights;

/// The words of a claim as bits, for the length of a longest common subsequence by bit-parallel
/// addition (Crochemore and others 2001), 64 words at a time.
pub(super) struct Bound {
    length: usize,
    /// For each word of the claim, the bits of the places where it is.
    places: HashMap<u32, Vec<u64>>,
    /// Entry `n`: the weight of the heaviest `n` words together.
    heaviest: Vec<f32>,
}

impl Bound {
    pub(super) fn new(weights: &Weights<'_>, claim: &[u32]) -> Self {
        let blocks = claim.len().div_ceil(64);
        let mut places: HashMap<u32, Vec<u64>> = HashMap::new();
        for (index, id) in claim.iter().enumerate() {
            let bits = places.entry(*id).or_insert_with(|| vec![0; blocks]);
            if let Some(block) = bits.get_mut(index / 64) {
                *block |= 1 << (index % 64);
            }
        }
        let mut each: Vec<f32> = claim.iter().map(|id| weights.of(*id)).collect();
        each.sort_by(|a, b| b.total_cmp(a));
        let mut heaviest = vec![0.0];
        heaviest.extend(each.iter().scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        }));
        Self { length: claim.len(), places, heaviest }
    }

    /// Returns what the similarity of the claim with any stretch of `words` can be at most, from 0
    /// to 1.
    pub(super) fn similarity(&self, words: &[u32]) -> f32 {
        let weight = |count: usize| self.heaviest.get(count).copied().unwrap_or_default();
        weight(self.common(words)) / weight(self.length)
    }

    /// Returns how many words of the claim are in `words` in order.
    fn common(&self, words: &[u32]) -> usize {
        let mut unmatched = vec![u64::MAX; self.length.div_ceil(64)];
        for places in words.iter().filter_map(|id| self.places.get(id)) {
            let mut carry = false;
            for (block, places) in unmatched.iter_mut().zip(places) {
                let (sum, first) = block.overflowing_add(*block & places);
                let (sum, second) = sum.overflowing_add(u64::from(carry));
                carry = first || second;
                *block = sum | (*block & !places);
            }
        }
        unmatched.iter().map(|block| block.count_zeros() as usize).sum()
    }
}
