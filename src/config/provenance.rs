//! Where the text comes from: the `[provenance]` of `site.toml`, resolved.

use url::Url;

use super::resolve::{Locales, Resolver, all, at};
use super::table::Spanned;
use super::written::{
    NOTICE, PartyKind, Text, WrittenLicence, WrittenModification, WrittenParty, WrittenProvenance, WrittenSource,
    WrittenTranslation, WrittenUpstream,
};
use super::{Licence, Modification, Party, Provenance, SourceWork, TranslationCredit, UpstreamConfig, address};
use crate::diagnostic::Code;
use crate::locale::LocaleIndex;

impl Resolver<'_> {
    /// The title is the site's own in its source locale.
    pub(super) fn provenance(
        &mut self,
        written: Spanned<WrittenProvenance>,
        title: Option<&String>,
        locales: Option<&Locales>,
    ) -> Option<Provenance> {
        let Spanned { value: written, span } = written;
        if let Some(owner) = &written.owner {
            let others = [
                ("source", written.source.is_some()),
                ("licence", written.licence.is_some()),
                ("modifications", !written.modifications.is_empty()),
            ];
            if let Some((key, _)) = others.into_iter().find(|(_, is_there)| *is_there) {
                let message = format!("`provenance.owner` and `provenance.{key}` contradict each other");
                let help = "keep only `owner` for a ladder that its owner wrote and does not share; for any other, \
                            remove `owner` and keep `[provenance.source]` and `[provenance.licence]`";
                self.report(Code::InvalidValue, message, &owner.span, help);
            }
            return self.own(written, title, locales);
        }
        for (key, is_there) in [("source", written.source.is_some()), ("licence", written.licence.is_some())] {
            if !is_there {
                let message = format!("missing key `{key}` in `[provenance]`");
                let help =
                    format!("{NOTICE}. A ladder that you wrote yourself needs only `owner = {{ name = \"…\" }}`");
                self.report(Code::MissingKey, message, &span, help);
            }
        }
        let source = written.source.and_then(|source| self.source_work(source));
        let licence = written.licence.and_then(|licence| self.licence(licence, locales));
        let modifications = all(written.modifications.into_iter().map(|step| self.modification(step, locales)));
        let translations = self.translations(written.translations, locales);
        Some(Provenance {
            source: source?,
            licence: Some(licence?),
            modifications: modifications?,
            translations: translations?,
        })
    }

    /// Returns the provenance of a ladder that its owner wrote, and that nobody else may share.
    fn own(
        &mut self,
        written: WrittenProvenance,
        title: Option<&String>,
        locales: Option<&Locales>,
    ) -> Option<Provenance> {
        let owner = written.owner?.value;
        let kind = owner.kind.unwrap_or(PartyKind::Organisation);
        let owner = self.party("provenance.owner", WrittenParty { kind: Some(kind), ..owner });
        let translations = self.translations(written.translations, locales);
        let owner = owner?;
        let source = SourceWork {
            title: title?.clone(),
            copyright_notice: format!("© {name}", name = owner.name),
            licence_notice: String::new(),
            creators: vec![owner],
            uri: None,
            see_also: Vec::new(),
        };
        Some(Provenance { source, licence: None, modifications: Vec::new(), translations: translations? })
    }

    /// Reports a site that names an owner although it was adapted from another ladder.
    pub(super) fn not_own_and_adapted(
        &mut self,
        provenance: Option<&Spanned<WrittenProvenance>>,
        upstreams: &[WrittenUpstream],
    ) {
        if let Some(owner) =
            provenance.and_then(|written| written.value.owner.as_ref()).filter(|_| !upstreams.is_empty())
        {
            let message = "`provenance.owner` means that the owner wrote the ladder, but `[[upstream]]` names another";
            let help = "restore the upstream's `[provenance]`, with your changes under `[[provenance.modifications]]`";
            self.report(Code::InvalidValue, message, &owner.span, help);
        }
    }

    pub(super) fn upstream(&mut self, written: WrittenUpstream) -> Option<UpstreamConfig> {
        let title = self.named("upstream.title", written.title);
        let url = self.web_address("upstream.url", written.url);
        Some(UpstreamConfig { title: title?, url: url? })
    }

    fn source_work(&mut self, written: WrittenSource) -> Option<SourceWork> {
        let title = self.named("provenance.source.title", written.title);
        let creators = self.parties("provenance.source.creators", written.creators);
        let copyright_notice = self.named("provenance.source.copyright-notice", written.copyright_notice);
        let licence_notice = self.named("provenance.source.licence-notice", written.licence_notice);
        let uri = self.web_address("provenance.source.uri", written.uri);
        let pages = written.see_also.into_iter();
        let see_also = all(pages.map(|page| self.web_address("provenance.source.see-also", Some(page))));
        Some(SourceWork {
            title: title?,
            creators: creators?,
            copyright_notice: copyright_notice?,
            licence_notice: licence_notice?,
            uri: Some(uri?),
            see_also: see_also?,
        })
    }

    fn licence(&mut self, written: WrittenLicence, locales: Option<&Locales>) -> Option<Licence> {
        let named = self.named("provenance.licence.named", written.named);
        let name = self.named("provenance.licence.name", written.name);
        let short_name = self.named("provenance.licence.short-name", written.short_name);
        let spdx = self.named("provenance.licence.spdx", written.spdx);
        let url = self.web_address("provenance.licence.url", written.url);
        let reason = self.texts("provenance.licence.reason", written.reason, locales);
        Some(Licence { named: named?, name: name?, short_name: short_name?, spdx: spdx?, url: url?, reason: reason? })
    }

    fn modification(&mut self, written: WrittenModification, locales: Option<&Locales>) -> Option<Modification> {
        let by = written.by.and_then(|party| self.party("provenance.modifications.by", party));
        let name = "provenance.modifications.changes";
        let changes = self.localized(name, written.changes, locales, |resolver, tag, changes| {
            let name = format!("{name}.{}", tag.value);
            if changes.is_empty() {
                resolver.report(
                    Code::InvalidValue,
                    format!("`{name}` is empty"),
                    &tag.span,
                    "say what was changed".to_owned(),
                );
            }
            all(changes.into_iter().map(|change| resolver.text(&name, change)))
        });
        Some(Modification { by: by?, changes: changes? })
    }

    fn translations(
        &mut self,
        written: Vec<WrittenTranslation>,
        locales: Option<&Locales>,
    ) -> Option<Vec<TranslationCredit>> {
        let mut seen: Vec<Spanned<String>> = Vec::new();
        all(written.into_iter().map(|translation| {
            let translators = self.parties("provenance.translations.translators", translation.translators);
            let tag = translation.locale?;
            let locale = self.translated_into(&tag, &seen, locales?);
            seen.push(tag);
            Some(TranslationCredit { locale: locale?, translators: translators? })
        }))
    }

    fn translated_into(
        &mut self,
        tag: &Spanned<String>,
        seen: &[Spanned<String>],
        locales: &Locales,
    ) -> Option<LocaleIndex> {
        let text = &tag.value;
        if let Some(first) = seen.iter().find(|other| other.value == *text) {
            let message = format!("two entries list the translators into `{text}`");
            let problem = at(&tag.span).problem(Code::InvalidValue, message);
            let problem = problem.related(at(&first.span), "first listed here");
            self.problems.report(problem.help("list all translators in one entry"));
            return None;
        }
        match locales.index(text) {
            Some(LocaleIndex::SOURCE) => {
                let message = format!("`{text}` is the source locale, not a translation");
                let help = "use a locale that is translated, or remove the entry".to_owned();
                self.report(Code::InvalidValue, message, &tag.span, help);
                None
            }
            None if !locales.are_complete() => None,
            None => {
                let help = locales.instead_of(text);
                self.report(Code::InvalidLocale, format!("the site has no locale `{text}`"), &tag.span, help);
                None
            }
            index => index,
        }
    }

    fn parties(&mut self, name: &str, written: Option<Spanned<Vec<WrittenParty>>>) -> Option<Vec<Party>> {
        let written = written?;
        if written.value.is_empty() {
            let help = format!("name at least one: `[{{ name = \"…\" }}]`; {NOTICE}");
            self.report(Code::InvalidValue, format!("`{name}` is empty"), &written.span, help);
            return None;
        }
        all(written.value.into_iter().map(|party| self.party(name, party)))
    }

    fn party(&mut self, name: &str, written: WrittenParty) -> Option<Party> {
        let is_given = written.url.is_some();
        let kind = written.kind.unwrap_or(PartyKind::Person);
        let url = self.web_address(&format!("{name}.url"), written.url);
        let name = self.named(&format!("{name}.name"), written.name);
        Some(Party { name: name?, url: if is_given { Some(url?) } else { None }, kind })
    }

    fn named(&mut self, name: &str, written: Text) -> Option<String> {
        self.text(name, written?)
    }

    fn web_address(&mut self, name: &str, written: Text) -> Option<Url> {
        let written = written?;
        let origin = format!("`{name}`");
        self.address(Code::InvalidValue, address::web(&written.value), at(&written.span), &origin)
    }
}
