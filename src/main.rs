//! Tarjuman: the window and the commands of the shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    tarjuman::cli::main()
}
