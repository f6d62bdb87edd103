//! How each rule of the layout grammar is called in a message: a drafter's words, never the rule's name.

use super::parse::LayoutRule as Rule;

/// What was expected, as a list in words: "a name or `:`".
#[must_use]
pub fn list(rules: &[Rule]) -> String {
    let mut names: Vec<&str> = rules.iter().map(|rule| name(*rule)).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

/// How an ID is called.
pub const SHORT_NAME: &str = "a short name that begins with a capital, such as `ATL`";

/// The name of one rule. No wildcard: a new rule has to be given a name before the crate compiles.
fn name(rule: Rule) -> &'static str {
    use Rule::*;
    match rule {
        id => SHORT_NAME,
        colon => "`:`",
        quoted | quoted_text => "a title in quotation marks",
        closing_quote => "the closing quotation mark",
        value | chunk | note_value => "a name or value",
        line_end | end | EOI => "the end of the line",
        field | bare_field | field_name | unindented_field | lower_name => "a field, such as `also: Atlantis`",
        word_of_name | first_word | few_words | promise | path | who | rest | plain | other | prose | flowing | insides | text_shape
        | capital_line | digit_line | small_line | paren_line | bracketed | indented => "words",
        declaration | only_declaration | near_declaration | broken_declaration | misspelt_declaration | late_declaration | late_keyword
        | keyword | head_line => "a declaration, such as `party ATL: Republic of Atlantis`",
        treaty => "`treaty \"Title\"`",
        party => "`party ID: Name`",
        group => "`group ID: Name`",
        body => "`body ID: Name`",
        mechanism => "`mechanism: name`",
        profile => "`profile ID`",
        reservation => "`reservation ID: Article 5(2)`",
        use_file => "`use \"path.tdl\"`",
        gap | blank => "white space",
        upper | capital | capital_letter => "a capital letter",
        lower | letter_suffix | added_letter => "a letter",
        open_quote | quote_mark | quotation => "a quotation mark",
        comment | comment_text => "a comment",
        text_line => "a line of text",
        note | plain_note | rule_note | broken_note | note_text | note_name | note_verb | rule_name | carried_note => {
            "an annotation, such as `@verified by: name`"
        }
        furniture | running_head => "a page number",
        row => "a table's row",
        lead | open | sign => "`[`",
        close | bracket_end => "`]`",
        brace => "`{`",
        heading | heading_start | slipped_heading | slipped_start | slipped_word | slipped_number | slipped_article | slipped_small
        | slipped_word_small | article | article_word => "a heading, such as `Article 1`",
        before_words | hashes => "`#`",
        division | division_word | about_word => "a heading, such as `Part I`",
        annex | annex_kind | annex_word => "a heading, such as `Annex A`",
        footnote_star => "`*`",
        number_group | number_one | number_extra | number | digits | roman_number | roman_upper | number_word | item_number
        | item_roman | decimal_number => "a number",
        suffix => "`bis`, `ter` or the like",
        headend | stop => "a full stop, a colon or a dash",
        choice | choice_start | choice_word | choice_id => "`Option A:`",
        testimonium | end_start | testimonium_word | closing_formula => "`In witness whereof`",
        item | mark | capital_mark | further_start | further_mark | decimal | both | number_dot | number_paren | after_paren
        | letter_dot | bare_number | bare_letter | bullet | item_letter => "a mark, such as `1.` or `(a)`",
        attribution | side | joiner | stance | footnote_mark => "who proposes, such as `ATL, BOR:`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_once_and_in_words() {
        assert_eq!(list(&[Rule::colon]), "`:`");
        assert_eq!(list(&[Rule::value, Rule::colon, Rule::value]), "`:` or a name or value");
    }
}
