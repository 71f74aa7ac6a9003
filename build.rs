//! Rebuilds when the embedded theme, the words of the interface, the explanations or the example change, which cargo does not see by itself.

fn main() {
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=i18n");
    println!("cargo:rerun-if-changed=src/diagnostic/explanations");
    println!("cargo:rerun-if-changed=src/init/example");
}
