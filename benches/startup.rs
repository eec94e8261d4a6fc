//! The whole program from outside, in a real window: time to the article on the screen, memory, and CPU when
//! nothing happens.
//!
//! `cargo bench --bench startup` needs a screen; on Linux without one, run it under `xvfb-run`.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const RUNS: usize = 15;
const IDLE: Duration = Duration::from_secs(10);

fn main() {
    let mut firsts = Vec::new();
    let mut memory = Vec::new();
    for run in 0..RUNS {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (mut program, first) = start(home.path());
        firsts.push(first);
        // The glossary is read and the terms are marked by now.
        thread::sleep(Duration::from_millis(1500));
        memory.extend(resident_mib(&program));
        if run == 0 {
            report_idle(&program);
        }
        program.kill().expect("the program ends");
        program.wait().expect("the program has ended");
    }
    firsts.sort();
    println!(
        "article on the screen after: min {:?}, median {:?}, max {:?} of {RUNS}",
        firsts[0],
        firsts[RUNS / 2],
        firsts[RUNS - 1]
    );
    memory.sort_by(f64::total_cmp);
    if let (Some(middle), Some(most)) = (memory.get(memory.len() / 2), memory.last()) {
        println!("resident memory: median {middle:.0} MiB, max {most:.0} MiB");
    }
}

/// Starts the program on the sample; returns it and the time until the first frame was on the screen.
fn start(home: &std::path::Path) -> (Child, Duration) {
    let begin = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_tarjuman"))
        .arg("--sample")
        .env("RUST_LOG", "tarjuman=info")
        .env("TARJUMAN_HOME", home)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let log = BufReader::new(program.stderr.take().expect("the log is piped"));
    let mut lines = log.lines().map_while(Result::ok);
    let found = lines.any(|line| line.contains("the article is on the screen"));
    let took = begin.elapsed();
    assert!(found, "the program ended before it showed the article");
    thread::spawn(move || lines.for_each(drop));
    (program, took)
}

fn report_idle(program: &Child) {
    let Some(before) = cpu_ticks(program) else { return };
    thread::sleep(IDLE);
    if let Some(after) = cpu_ticks(program) {
        println!("CPU while idle for {IDLE:?}: {} ticks of 10 ms", after - before);
    }
}

/// User and system time so far, in the kernel's ticks; `None` where there is no `/proc`.
fn cpu_ticks(program: &Child) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.id())).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

fn resident_mib(program: &Child) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
