//! Serving the site on this computer.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::{build, shell};

/// Builds the site and serves it until interrupted.
pub(crate) fn run(port: u16) -> Result<()> {
    let file = build::run()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("port {port} is taken; try --port with another number"))?;
    shell::step(&format!("Serving at http://{} (Ctrl+C stops it)", listener.local_addr()?));
    for stream in listener.incoming() {
        let file = file.clone();
        // A browser opens connections that it may never use; each waits by itself.
        thread::spawn(move || stream.map(|stream| answer(stream, &file)));
    }
    Ok(())
}

/// Answers one request. The site is one file, read afresh so that a new build shows on reload.
fn answer(mut stream: TcpStream, file: &std::path::Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut request = String::new();
    let mut lines = BufReader::new(stream.try_clone()?);
    lines.read_line(&mut request)?;
    // Hang up only when the request is read to its end, or the browser sees the connection reset.
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = request.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = path.split('?').next().unwrap_or_default();
    let (status, kind, body) = match (method, path) {
        ("GET" | "HEAD", "/" | "/index.html") => ("200 OK", "text/html; charset=utf-8", std::fs::read(file)?),
        ("GET" | "HEAD", _) => {
            ("404 Not Found", "text/plain; charset=utf-8", b"There is one page here: /\n".to_vec())
        }
        _ => ("405 Method Not Allowed", "text/plain; charset=utf-8", b"GET only\n".to_vec()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method == "GET" {
        stream.write_all(&body)?;
    }
    stream.flush()
}
