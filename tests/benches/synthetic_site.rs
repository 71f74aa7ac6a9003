//! Writes a synthetic site to a folder, to try `rungs` on something large:
//!
//! ```text
//! cargo run --example synthetic-site -- OUT --ladders 100 --levels 5 --criteria 102 --locales en,zh-TW --seed 1
//! cargo run -- id --write OUT
//! cargo run --release -- build OUT -o /dev/shm/site
//! ```

#![allow(clippy::disallowed_methods, reason = "it writes the content of a site, as a person would")]

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Parser;

mod synthetic;

use synthetic::Shape;

#[derive(Parser)]
#[command(about = "Write a synthetic site to a folder")]
struct Arguments {
    /// The folder; it is made if need be
    out: PathBuf,
    #[arg(long, default_value_t = 1)]
    ladders: usize,
    /// In each ladder
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    levels: u16,
    /// In each ladder
    #[arg(long, default_value_t = 102, value_parser = clap::value_parser!(u16).range(1..))]
    criteria: u16,
    /// About each ladder
    #[arg(long, default_value_t = 2)]
    notes: usize,
    /// The source locale first
    #[arg(long, value_delimiter = ',', default_value = "en,zh-TW")]
    locales: Vec<String>,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> io::Result<()> {
    let Arguments { out, ladders, levels, criteria, notes, locales, seed } = Arguments::parse();
    let shape = Shape { ladders, levels: levels.into(), criteria: criteria.into(), notes, locales, seed };
    for (path, text) in shape.files() {
        let path = out.join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
        fs::write(path, text)?;
    }
    Ok(())
}
