//! Putting the site into one file, with a policy that names each script and style by its hash.

use std::num::NonZeroU64;

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// What the site is made of.
pub(crate) struct Parts {
    /// `web/index.html` as Trunk leaves it.
    pub(crate) page: String,
    /// The compiled styles.
    pub(crate) styles: String,
    /// wasm-bindgen's script for the page.
    pub(crate) app_glue: String,
    /// The page.
    pub(crate) app: Program,
    /// The script that says why the checker cannot run, where it cannot.
    pub(crate) gate: String,
    /// The script that unpacks programs.
    pub(crate) unpack: String,
    /// The script that starts it, with what unpacks before it.
    pub(crate) boot: String,
    /// wasm-bindgen's script for the engine.
    pub(crate) engine_glue: String,
    /// The script that answers messages in the worker.
    pub(crate) engine_shim: String,
    /// The engine.
    pub(crate) engine: Program,
    /// The sample workbook.
    pub(crate) sample: Vec<u8>,
    /// The version of the program, "0.1.0".
    pub(crate) version: String,
    /// The day of its release, "2026-11-22".
    pub(crate) released: String,
}

impl Parts {
    /// Tells builds apart: a hash of everything that this one is made of.
    pub(crate) fn build(&self) -> String {
        let texts = [
            &self.page,
            &self.styles,
            &self.app_glue,
            &self.gate,
            &self.boot,
            &self.engine_glue,
            &self.engine_shim,
        ];
        let parts = texts.into_iter().map(String::as_bytes).chain([
            &self.app.wasm[..],
            &self.engine.wasm,
            &self.sample,
        ]);
        // Hashes of a fixed length one after the other: no part can pass for the end of another.
        let all: Vec<u8> = parts.flat_map(Sha256::digest).collect();
        sha256_hex(&all).chars().take(16).collect()
    }
}

/// A compiled program.
pub(crate) struct Program {
    /// As it runs.
    pub(crate) wasm: Vec<u8>,
    /// As it stands in a file: gzip, in base64. `web/unpack.js` reads it.
    pub(crate) packed: String,
}

impl Program {
    /// Packs a program, as small as gzip can be.
    pub(crate) fn new(wasm: Vec<u8>) -> Result<Self> {
        let options =
            zopfli::Options { iteration_count: NonZeroU64::MIN.saturating_add(4), ..Default::default() };
        let mut gzip = Vec::new();
        zopfli::compress(options, zopfli::Format::Gzip, &wasm[..], &mut gzip)?;
        Ok(Program { wasm, packed: BASE64_STANDARD.encode(gzip) })
    }
}

/// The name that the sample workbook is shown under.
pub(crate) const SAMPLE_NAME: &str = "sample-2022-23-planning.xlsx";

/// Puts the site together.
pub(crate) fn compose(parts: &Parts) -> Result<String> {
    let scripts = [&parts.gate, &parts.app_glue, &parts.boot];
    let policy = [
        "default-src 'none'".to_owned(),
        format!("script-src {} 'wasm-unsafe-eval'", scripts.map(|script| source(script)).join(" ")),
        format!("style-src {}", source(&parts.styles)),
        "worker-src blob:".to_owned(),
        "connect-src 'none'".to_owned(),
        "img-src data:".to_owned(),
        "form-action 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
    ]
    .join("; ");

    let data = |id: &str, base64: &str| block(&format!("type=\"application/base64\" id=\"{id}\""), base64);
    let sample = BASE64_STANDARD.encode(&parts.sample);
    let blocks = [
        // First of all: it must run where nothing below it is understood.
        block("", &parts.gate)?,
        data("app-wasm", &parts.app.packed)?,
        data("engine-wasm", &parts.engine.packed)?,
        data(&format!("sample\" data-name=\"{SAMPLE_NAME}"), &sample)?,
        block("type=\"text/plain\" id=\"engine-glue\"", &parts.engine_glue)?,
        block("type=\"text/plain\" id=\"engine-shim\"", &parts.engine_shim)?,
        block("", &parts.app_glue)?,
        block("", &parts.boot)?,
    ]
    .concat();

    let page = fill(
        &parts.page,
        "policy",
        &format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"plancheck\" content=\"{}\" data-released=\"{}\" data-build=\"{}\">",
            parts.version,
            parts.released,
            parts.build()
        ),
    )?;
    let page = fill(&page, "styles", &format!("<style>{}</style>", parts.styles))?;
    fill(&page, "parts", &blocks)
}

/// A source expression that allows exactly this text.
pub(crate) fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn block(attributes: &str, text: &str) -> Result<String> {
    let lower = text.to_ascii_lowercase();
    ensure!(
        !lower.contains("</script") && !lower.contains("<!--"),
        "a script would end the element that holds it"
    );
    let space = if attributes.is_empty() { "" } else { " " };
    Ok(format!("<script{space}{attributes}>{text}</script>\n"))
}

/// Puts `with` where the page has the comment `<!-- name -->`, which must stand there once.
fn fill(page: &str, name: &str, with: &str) -> Result<String> {
    let mark = format!("<!-- {name} -->");
    ensure!(page.matches(&mark).count() == 1, "web/index.html must have {mark} exactly once");
    Ok(page.replace(&mark, with))
}
