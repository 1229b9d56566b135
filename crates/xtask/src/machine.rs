//! What machine something was measured on.

use std::{fs, thread};

use anyhow::{Result, bail};

/// "2 processors (Intel(R) Xeon(R) Processor) and 24 GB of memory".
pub(crate) fn describe() -> Result<String> {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let (processors, memory) = (read("/proc/cpuinfo"), read("/proc/meminfo"));
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|it| it.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let Some(model) = field(&processors, "model name") else {
        bail!("this machine does not say what it is: Linux is needed")
    };
    let count = thread::available_parallelism()?;
    let memory: u64 =
        field(&memory, "MemTotal").and_then(|it| it.split(' ').next()?.parse().ok()).unwrap_or(0);
    Ok(format!("{count} processors ({model}) and {} GB of memory", memory.div_ceil(1 << 20)))
}
