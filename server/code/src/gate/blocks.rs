//! Bytes, 64 at a time: which of them are of a kind, told without a branch for each.

/// The bytes in blocks, and where each begins; the last is filled up with zeros.
#[inline]
pub(super) fn blocks(bytes: &[u8]) -> impl Iterator<Item = (usize, [u8; 64])> {
    let (whole, rest) = bytes.as_chunks::<64>();
    let rest = (!rest.is_empty()).then(|| {
        let mut block = [0; 64];
        block[..rest.len()].copy_from_slice(rest);
        block
    });
    (0..).step_by(64).zip(whole.iter().copied().chain(rest))
}

/// Bit `i` says whether byte `i` is of the kind.
#[inline]
pub(super) fn mask(block: &[u8; 64], is_of_kind: impl Fn(u8) -> bool) -> u64 {
    let mut kinds = [0_u8; 64];
    for (kind, byte) in kinds.iter_mut().zip(block) {
        *kind = u8::from(is_of_kind(*byte));
    }
    // Eight zeros and ones to eight bits: the product moves the one of byte i to bit 56 + i.
    let (eights, _) = kinds.as_chunks::<8>();
    eights.iter().rev().fold(0, |mask, eight| {
        mask << 8 | (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
    })
}
