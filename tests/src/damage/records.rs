//! Damage to the records of old and binary files: each keeps a length that is true, so that readers believe what
//! is in it.

use super::{Random, bytes};

/// A record: its type and its body.
type Record = (u16, Vec<u8>);

/// The record of a tab in an .xls file, which begins with the place of its sheet.
const TAB: u16 = 0x0085;
/// The longest body that an .xls file can have.
const LONGEST: usize = 0xFFFF;

/// The stream of an .xls file with one record changed, and every tab still leading to its sheet.
pub fn changed_old(stream: &[u8], random: &mut Random) -> Vec<u8> {
    let mut records: Vec<(usize, Record)> = Vec::new();
    let mut at = 0;
    while let Some(head) = stream.get(at..at + 4) {
        let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
        let Some(body) = stream.get(at + 4..at + 4 + usize::from(length)) else { break };
        records.push((at, (kind, body.to_vec())));
        at += 4 + body.len();
    }
    // Where each sheet stood, and where it stands now.
    change(&mut records, random, |it| &mut it.1);
    let mut places = Vec::new();
    let mut next = 0;
    for (was, (_, body)) in &mut records {
        body.truncate(LONGEST);
        places.push((*was, next));
        next += 4 + body.len();
    }
    let mut out = Vec::new();
    for (_, (kind, mut body)) in records {
        if let (TAB, Some(place)) = (kind, body.first_chunk::<4>()) {
            let was = u32::from_le_bytes(*place) as usize;
            if let Some((_, now)) = places.iter().find(|it| it.0 == was) {
                body[..4].copy_from_slice(&u32::try_from(*now).unwrap().to_le_bytes());
            }
        }
        out.extend(kind.to_le_bytes());
        out.extend(u16::try_from(body.len()).unwrap().to_le_bytes());
        out.extend(body);
    }
    out
}

/// A part of an .xlsb file with one record changed.
pub fn changed_binary(part: &[u8], random: &mut Random) -> Vec<u8> {
    let mut records: Vec<Record> = Vec::new();
    let mut rest = part;
    while let Some((kind, length)) = varying(&mut rest, 2).zip(varying(&mut rest, 4)) {
        let Some((body, after)) = rest.split_at_checked(length as usize) else { break };
        records.push((u16::try_from(kind).unwrap(), body.to_vec()));
        rest = after;
    }
    change(&mut records, random, |it| it);
    let mut out = Vec::new();
    for (kind, body) in records {
        put_varying(&mut out, kind.into());
        put_varying(&mut out, u32::try_from(body.len()).unwrap());
        out.extend(body);
    }
    out
}

/// Changes one record: a byte or a stretch of its body, its type, or its place among the others.
fn change<T: Clone>(records: &mut Vec<T>, random: &mut Random, record: fn(&mut T) -> &mut Record) {
    if records.is_empty() {
        return;
    }
    let (one, other) = (random.below(records.len()), random.below(records.len()));
    match random.below(10) {
        0 => drop(records.remove(one)),
        1 => {
            let again = records[one].clone();
            records.insert(other, again);
        }
        2 => records.swap(one, other),
        3 => {
            let kind = record(&mut records[other]).0;
            record(&mut records[one]).0 = kind;
        }
        4 => {
            let body = &mut record(&mut records[one]).1;
            body.truncate(random.below(body.len() + 1));
        }
        _ => {
            let body = &mut record(&mut records[one]).1;
            *body = bytes::changed(body, random);
        }
    }
}

fn varying(rest: &mut &[u8], most: usize) -> Option<u32> {
    let mut number = 0;
    for idx in 0..most {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u32::from(byte & 0x7F) << (7 * idx);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

fn put_varying(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
