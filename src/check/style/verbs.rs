//! English verbs that ladders are made of, and words that cannot be one.

/// Base forms. Those that are nouns as well stand in [`NOUNS_TOO`].
const VERBS: &str = "accept achieve act adapt address adopt advise advocate align analyse analyze anticipate apply argue \
    articulate ask assess assign assist attend avoid balance be become begin break bring build carry challenge champion choose \
    clarify coach collaborate collect communicate complete conduct connect consider contribute convince coordinate create \
    cultivate debug decide deepen define delegate deliver demonstrate depend deploy describe detect determine develop \
    diagnose direct discuss distribute do document drive earn educate embody empower enable encourage engage enhance \
    ensure establish evaluate evolve execute expand explain explore express extend facilitate find finish fix follow foster \
    gain gather generate get give go grow guide handle have help hire hold identify implement improve influence inform \
    initiate innovate inspire instil integrate interview introduce investigate invite involve iterate justify keep know \
    lead learn leverage listen look maintain make manage master measure meet mentor mitigate model monitor motivate \
    negotiate notice observe obtain offer onboard operate optimise optimize organise organize own participate partner \
    perform pick plan predict prepare present prevent prioritise prioritize produce promote propose protect \
    prove provide publish pursue raise read receive recognise recognize recommend recruit reduce refine reflect remain \
    remove represent resolve respect respond review run scale seek select serve set shape share show simplify solve speak \
    spend sponsor spread start state stay strengthen structure suggest support surface sustain take teach think track train \
    translate understand unblock uncover update uphold use validate verify work write";

/// Verbs that are nouns as well.
const NOUNS_TOO: &str = "address advocate balance challenge champion design document drive estimate experience fix \
    guide help influence interview lead model monitor offer partner plan present process project question report \
    review run scale set shape share show sponsor start state structure support surface test track train update use work";

/// Forms that no rule makes, and verbs that have one form.
const IRREGULAR: [&str; 13] =
    ["is", "are", "has", "does", "goes", "can", "could", "may", "might", "must", "shall", "should", "will"];

const DETERMINERS: &str = "a all an another any both each every her his its many more most new one other others own several \
    some such the their them these this those three two";

const FUNCTION_WORDS: &str = "across against always as besides his hers its less others ours perhaps plus sometimes \
    theirs this thus times towards unless upwards various whereas yours";

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

/// Returns the base form of a verb in the third person, or the word itself.
fn bases(word: &str) -> Vec<String> {
    let mut bases = vec![word.to_owned()];
    bases.extend(word.strip_suffix("ies").map(|stem| format!("{stem}y")));
    bases.extend(word.strip_suffix("es").map(str::to_owned));
    bases.extend(word.strip_suffix('s').map(str::to_owned));
    bases
}

/// Returns whether a word is one of the verbs, in the base form or in the third person.
pub(crate) fn is_known_verb(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    IRREGULAR.contains(&word.as_str()) || bases(&word).iter().any(|base| is_in(VERBS, base) || is_in(NOUNS_TOO, base))
}

/// Returns whether a verb looks like a noun.
pub(crate) fn may_be_noun(word: &str) -> bool {
    bases(&word.to_ascii_lowercase()).iter().any(|base| is_in(NOUNS_TOO, base))
}

/// Returns whether two verbs are both in the third person or both in the base form.
pub(crate) fn same_form(a: &str, b: &str) -> bool {
    let is_base = |word: &str| {
        let word = word.to_ascii_lowercase();
        is_in(VERBS, &word) || is_in(NOUNS_TOO, &word)
    };
    is_base(a) == is_base(b)
}

/// Returns whether a word begins what a verb governs, and cannot stand behind a noun as “that” can.
pub(crate) fn is_determiner(word: &str) -> bool {
    is_in(DETERMINERS, word)
}

/// Returns whether a word that ends in “s” is neither a noun nor a verb.
pub(crate) fn is_function_word(word: &str) -> bool {
    is_in(FUNCTION_WORDS, word)
}
