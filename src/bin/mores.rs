//! Entry of the native program.

fn main() -> std::process::ExitCode {
    mores::cli::main()
}
