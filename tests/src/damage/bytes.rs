//! Damage to bytes, whatever they mean.

use super::Random;

/// Numbers that programs trip over: nothing, all, and the last before a sign or a size changes.
const NUMBERS: [u32; 10] = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];

/// The longest stretch that is taken out, put in or moved.
const STRETCH: usize = 64;

/// The bytes with one thing changed: a bit, a number, or a stretch that is lost, repeated, moved or wiped.
pub fn changed(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = bytes.to_vec();
    if out.is_empty() {
        return vec![random.byte()];
    }
    let at = random.below(out.len());
    let end = (at + 1 + random.below(STRETCH)).min(out.len());
    match random.below(8) {
        0 => out[at] ^= 1 << random.below(8),
        1 => out[at] = random.byte(),
        2 | 3 => {
            let number = NUMBERS[random.below(NUMBERS.len())].to_le_bytes();
            let width = [1, 2, 4][random.below(3)];
            let end = (at + width).min(out.len());
            out[at..end].copy_from_slice(&number[..end - at]);
        }
        4 => drop(out.drain(at..end)),
        5 => {
            let again = out[at..end].to_vec();
            out.splice(at..at, again);
        }
        6 => {
            let moved: Vec<u8> = out.drain(at..end).collect();
            let to = random.below(out.len() + 1);
            out.splice(to..to, moved);
        }
        _ => out[at..end].fill([0, 0xFF][random.below(2)]),
    }
    out
}
