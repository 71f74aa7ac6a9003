//! Rebuilds when the embedded theme or the words of the interface change, which cargo does not see by itself.

fn main() {
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=i18n");
}
