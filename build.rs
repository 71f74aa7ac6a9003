//! Rebuilds when the embedded theme, the words of the interface or the explanations change, which cargo does not see by itself.

fn main() {
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=i18n");
    println!("cargo:rerun-if-changed=src/diagnostic/explanations");
}
