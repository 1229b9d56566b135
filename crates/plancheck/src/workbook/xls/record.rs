//! Records as in [MS-XLS] 2.1.4: a type and a length of two bytes each, then the body.

use crate::open::OpenError;

/// What goes on where another record was too long for one.
pub(super) const CONTINUE: u16 = 0x003C;
pub(super) const BEGIN: u16 = 0x0809;
pub(super) const END: u16 = 0x000A;

/// The records from an offset on, each its type and its body. A record that the stream cuts short is an error
/// and the last.
#[derive(Clone)]
pub(super) struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    pub(super) fn from(stream: &'s [u8], offset: usize) -> Self {
        Records { rest: stream.get(offset..).unwrap_or_default() }
    }

    /// Bytes that have not been read.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// What goes on with the record before.
    pub(super) fn continued(&mut self) -> Vec<&'s [u8]> {
        let mut bodies = Vec::new();
        loop {
            let mut ahead = self.clone();
            match ahead.next() {
                Some(Ok((CONTINUE, body))) => bodies.push(body),
                Some(_) | None => return bodies,
            }
            *self = ahead;
        }
    }

    fn read(&mut self) -> Option<(u16, &'s [u8])> {
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let (body, rest) = self.rest.get(4..)?.split_at_checked(length)?;
        self.rest = rest;
        Some((kind, body))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Result<(u16, &'s [u8]), OpenError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let record = self.read();
        if record.is_none() {
            self.rest = &[];
        }
        Some(record.ok_or_else(OpenError::damaged))
    }
}

/// Writes a record, whose body is no longer than one that was read.
pub(super) fn put(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(body.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend(body);
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_where_the_stream_does() {
        let mut stream = Vec::new();
        put(&mut stream, 0x0208, &[1, 2]);
        put(&mut stream, CONTINUE, &[3]);
        put(&mut stream, CONTINUE, &[]);
        let mut records = Records::from(&stream, 0);
        assert_eq!(records.next().unwrap().unwrap(), (0x0208, [1, 2].as_slice()));
        assert_eq!(records.clone().continued(), [[3].as_slice(), &[]]);
        assert_eq!(records.count(), 2);
        assert_eq!(Records::from(&stream, 99).count(), 0);
        // One that is cut short is an error, once.
        for cut in [vec![8, 2, 255, 255, 1], vec![8, 2, 0]] {
            let cut = [stream.clone(), cut].concat();
            let read: Vec<_> = Records::from(&cut, 0).map(|it| it.is_ok()).collect();
            assert_eq!(read, [true, true, true, false]);
        }
    }
}
