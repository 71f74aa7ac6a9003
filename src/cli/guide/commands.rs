//! The page about all commands, from what `--help` is made of.

use std::fmt::Write;

use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory};

use crate::cli::arguments::Arguments;

const ENGLISH: &str = "\
+++
title = \"All commands\"
order = 15
+++
`rungs help` lists the commands. Run `rungs COMMAND --help` for the text on this page, and `rungs --version` for the
version.

Every command that works on a site takes `--content FOLDER`, or the variable `RUNGS_CONTENT`. The default is the folder
`content` in the current folder.

## Exit status

| Status | Meaning |
|---|---|
| 0 | The command succeeded. There may be warnings. |
| 1 | Something has to be fixed or decided first: the content has errors, something has no id, a citation leads nowhere, a translation fails `--fail-on`, or the request was refused. |
| 2 | The command could not run: an argument is wrong, a folder is missing, or a file cannot be read or written. |
| 101 | A bug in Rungs. It says so in one sentence, and no file is left half-written. |
";

/// The commands themselves are described in English only, as in `--help`.
const CHINESE: &str = "\
+++
title = \"所有指令\"
+++
`rungs help`列出所有指令；`rungs COMMAND --help`顯示本頁中該指令的說明。`-V`或`--version`顯示版本。以下各指令的說明取自程式，只有英文。

凡是處理網站的指令都接受`--content FOLDER`或環境變數`RUNGS_CONTENT`。兩者都沒有時，使用目前資料夾下的`content`。

## 結束狀態碼

| 狀態碼 | 意義 |
|---|---|
| 0 | 指令已完成，可能有警告。 |
| 1 | 必須先修正或決定某些事：內容有錯誤、項目沒有識別碼、引用的對象不存在、譯文有`--fail-on`所列的問題，或指令遭拒絕執行。 |
| 2 | 指令無法執行：引數有誤、找不到資料夾、檔案無法讀寫。 |
| 101 | Rungs本身出錯：會以一句話說明，而且不會留下只寫了一半的檔案。 |
";

/// Arguments that every command has and the pages leave out.
const EVERYWHERE: [&str; 2] = ["help", "version"];

/// Returns the page, in English and in Chinese.
pub(super) fn pages() -> [String; 2] {
    let mut rungs = Arguments::command();
    rungs.build();
    [ENGLISH, CHINESE].map(|beginning| {
        let mut page = beginning.to_owned();
        sections(&rungs, &mut page);
        page
    })
}

/// The commands below one, in the order in which `--help` lists them.
fn sections(parent: &Command, page: &mut String) {
    let shown = |command: &&Command| !command.is_hide_set() && !EVERYWHERE.contains(&command.get_name());
    for command in parent.get_subcommands().filter(shown) {
        match command.has_subcommands() {
            true => sections(command, page),
            false => page.push_str(&section(command)),
        }
    }
}

fn section(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut section = format!("\n## {name}\n");
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        section.push_str(&format!("\n{}\n", sentence(&about.to_string())));
    }
    if let Some(help) = command.get_after_help() {
        let help = help.to_string();
        let examples: Vec<_> = help.lines().skip(1).map(str::trim).collect();
        section.push_str(&format!("\n```sh\n{}\n```\n", examples.join("\n")));
    }
    let usage = command.clone().render_usage().to_string();
    section.push_str(&format!("\n```text\n{}\n```\n\n", usage.trim_start_matches("Usage: ")));
    for argument in command.get_arguments() {
        if !argument.is_hide_set() && !EVERYWHERE.contains(&argument.get_id().as_str()) {
            write_argument(argument, &mut section);
        }
    }
    section.trim_end().to_owned() + "\n"
}

fn write_argument(argument: &Arg, section: &mut String) {
    let short = argument.get_short().filter(|_| argument.get_long().is_some());
    let short = short.map_or_else(String::new, |short| format!("-{short}, "));
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut item = format!("- `{short}{argument}`: {}", sentence(&help));
    let takes_value = argument.get_action().takes_values();
    let values = if takes_value { argument.get_possible_values() } else { Vec::new() };
    let are_explained = values.iter().any(|value| value.get_help().is_some());
    if !values.is_empty() && !are_explained {
        let names: Vec<_> = values.iter().map(|value| format!("`{}`", value.get_name())).collect();
        item.push_str(&format!(" One of {}.", names.join(", ")));
    }
    if takes_value && let [default] = argument.get_default_values() {
        item.push_str(&format!(" Default: `{}`.", default.to_string_lossy()));
    }
    if let Some(variable) = argument.get_env() {
        item.push_str(&format!(" Environment variable: `{}`.", variable.to_string_lossy()));
    }
    section.push_str(&item);
    section.push('\n');
    for value in values.iter().filter(|_| are_explained) {
        write_value(value, section);
    }
}

fn write_value(value: &PossibleValue, section: &mut String) {
    let help = value.get_help().map(ToString::to_string).unwrap_or_default();
    let _ = writeln!(section, "  - `{}`: {}", value.get_name(), sentence(&help));
}

/// Gives a text back the full stop that `--help` does without.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '…', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}
