//! The stages one by one, on sites in memory, for behaviour tests and benchmarks alone.

pub use crate::build::{Prepared, Size, prepare, problems};
pub use crate::progress::Progress;
pub use crate::proposal::Reading;
pub use crate::understood::{Understood, understand};

/// A site that was built in memory.
#[derive(Debug, Default)]
pub struct Build {
    /// Its files by path. None if there are errors.
    pub outputs: Vec<write::Output>,
    pub kept: Vec<camino::Utf8PathBuf>,
    pub problems: Vec<diagnostic::Diagnostic>,
    pub size: Size,
}

/// Builds a site in memory.
pub fn build(
    sources: &source::Sources,
    found: Vec<diagnostic::Diagnostic>,
    overrides: &config::Overrides,
    progress: &Progress,
) -> Build {
    let outputs = crate::write::Outputs::default();
    let build = crate::build::build(sources, found, overrides, progress, &|output| outputs.add(output));
    let crate::build::Build { kept, problems, size } = build;
    match crate::diagnostic::has_errors(&problems) {
        true => Build { problems, ..Build::default() },
        false => Build { outputs: outputs.into_sorted(), kept, problems, size },
    }
}

pub mod adaptation {
    pub use crate::adaptation::{Upstream, read};
}

pub mod assign {
    pub use crate::assign::{Assignment, assign};
}

pub mod cli {
    pub use crate::cli::guarded;
}

pub mod config {
    pub use crate::config::{Collection, Config, Overrides, read, schema};
}

pub mod diagnostic {
    pub use crate::diagnostic::{Code, Diagnostic, Position, Problems, Refusal, Severity, has_errors, sorted};
}

pub mod edition {
    pub use crate::edition::{Edition, Effect, Release, read};
}

pub mod fix {
    pub use crate::fix::{fix, fix_all};
}

pub mod gettext {
    pub use crate::gettext::{Imported, export, import};

    pub mod po {
        pub use crate::gettext::po::{Catalog, Message};
    }
}

pub mod handle {
    pub use crate::handle::{CriterionIndex, LadderIndex, LevelIndex, NoteIndex};
}

pub mod id {
    pub use crate::id::CriterionId;
}

pub mod init {
    pub use crate::init::{
        Account, AdoptOptions, Adopted, AdoptedDocument, FoundDocument, InstallSource, WORKFLOW, adopt, surroundings,
    };
}

pub mod interface {
    pub use crate::interface::Words;
}

pub mod locale {
    pub use crate::locale::LocaleIndex;
}

pub mod model {
    pub use crate::model::{LadderPage, LinkTarget, LocalePage, Page, Site, Subject, resolve_link};
}

pub mod parse {
    pub use crate::parse::{
        Block, BlockKind, Document, Inline, Outline, Part, RichText, blocks, diagnose_ladder_slips, markdown, outline,
        parse,
    };
}

pub mod register {
    pub use crate::register::{IdState, Key, REGISTER, Register, RegisterEntry, Verb, Withdrawal};
}

pub mod release {
    pub use crate::release::{EditionDraft, Effects, ReleaseOptions, Released, draft, release};
}

pub mod render {
    #[cfg(feature = "serve")]
    pub use crate::render::OnDemand;
    pub use crate::render::{Shape, Variable, render};
}

pub mod report {
    pub mod human {
        pub use crate::report::human::{Style, render};
    }
}

pub mod source {
    pub use crate::source::{Fonts, Pictures, Sources, read};
}

pub mod text {
    pub use crate::text::split;
}

pub mod theme {
    pub use crate::theme::Theme;
}

pub mod translation {
    pub use crate::translation::{AcceptOptions, Accepted, TranslationStage, TranslationState, Wanted, accept, start};
}

pub mod withdraw {
    pub use crate::withdraw::{WithdrawOptions, WithdrawalResult, find_key, forget, read_reasons, withdraw};
}

pub mod write {
    pub use crate::write::{NewSite, Output, before_each_step};
}
