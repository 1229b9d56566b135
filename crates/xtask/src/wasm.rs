//! The sections of a wasm module, as far as leaving one out needs them.

use anyhow::{Context, Result, ensure};

/// The module without its table of function names: a quarter of the page, and of use to no reader. (Letting
/// rustc strip it would take the sections that wasm-bindgen works from, too.)
pub(crate) fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    let (header, mut rest) = module.split_at_checked(8).context("not a wasm module")?;
    ensure!(header.starts_with(b"\0asm"), "not a wasm module");
    let mut kept = header.to_vec();
    while let Some((&kind, after_kind)) = rest.split_first() {
        let (length, body) = number(after_kind)?;
        let (body, after) = body.split_at_checked(length).context("a section is cut off")?;
        if !(kind == 0 && is_names(body)?) {
            kept.extend_from_slice(&rest[..rest.len() - after.len()]);
        }
        rest = after;
    }
    Ok(kept)
}

fn is_names(section: &[u8]) -> Result<bool> {
    let (length, name) = number(section)?;
    Ok(name.get(..length) == Some(b"name"))
}

/// A number in LEB128, and what follows it.
fn number(bytes: &[u8]) -> Result<(usize, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Ok((value, &bytes[index + 1..]));
        }
    }
    anyhow::bail!("a number is cut off")
}

/// Takes out of wasm-bindgen's script what it does to load the program from beside itself. Nothing is loaded here,
/// and a page without an address of its own (`srcdoc`) cannot even work that address out.
pub(crate) fn without_address(glue: &str) -> Result<String> {
    const ADDRESS: &str = "script_src = new URL(document.currentScript.src, location.href).toString();";
    ensure!(glue.matches(ADDRESS).count() == 1, "wasm-bindgen's script finds its address in another way");
    Ok(glue.replace(ADDRESS, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_go() {
        let head = b"\0asm\x01\0\0\0";
        let code = [10, 3, 1, 2, 3];
        let other = [0, 6, 4, b'm', b'o', b'r', b'e', 7];
        let names = [0, 7, 4, b'n', b'a', b'm', b'e', 1, 0];
        let module = [&head[..], &other, &names, &code].concat();
        assert_eq!(without_names(&module).unwrap(), [&head[..], &other, &code].concat());
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        assert!(without_names(b"\0asm").is_err());
        assert!(without_names(b"\0asm\x01\0\0\0\x0a\x05\x01").is_err());
        assert!(without_names(b"\0asm\x01\0\0\0\x0a\x85").is_err());
    }
}
