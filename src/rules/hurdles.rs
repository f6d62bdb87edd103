//! The roadmap: what Goldsmith 2011 says sinks such treaties, claim by claim, and which rules speak to each.

use super::codes;
use crate::diagnostic::Code;

/// One claim of the essay.
#[derive(Debug)]
pub struct Hurdle {
    /// `H1`.
    pub id: &'static str,
    /// The part of the essay.
    pub part: &'static str,
    /// The claim, in the project's own words.
    pub claim: &'static str,
    /// The option that speaks to it, where no rule does.
    pub option: Option<&'static str>,
}

const fn hurdle(id: &'static str, part: &'static str, claim: &'static str) -> Hurdle {
    Hurdle { id, part, claim, option: None }
}

/// All of them, in the order of the essay.
pub static HURDLES: &[Hurdle] = &[
    hurdle("H1", "II", "consensus was bought with vague definitions that each State reads its own way"),
    hurdle("H2", "II", "reservations and declarations dilute what is owed and make it uneven"),
    hurdle("H3", "II", "the duty to cooperate has loopholes as wide as the duty"),
    hurdle("H4", "II", "nothing follows a breach, so duties are flouted"),
    hurdle("H5", "II", "some States see the threat in what is said, not in what code does"),
    hurdle("H6", "III", "a text built around one party's needs gives the others nothing to sign for"),
    hurdle("H7", "III", "equal words fall unevenly: one side depends on what the other attacks"),
    hurdle("H8", "III", "a carve-out serves those who are good at what it leaves free"),
    hurdle("H9", "III", "even where all gain, who gains more may rule the deal out"),
    hurdle("H10", "III", "the parties do not agree on what the words mean: hostile activity, reasonable level"),
    hurdle("H11", "III", "arms control needs precise definitions of what is banned, and figures"),
    hurdle("H12", "III", "weapons are secret and change form, so a ban by tool misses them"),
    hurdle("H13", "III", "effects cannot be foreseen, so a ban by effect reaches too far or not far enough"),
    hurdle("H14", "III", "civil and military users share the infrastructure that a ban on targets protects"),
    hurdle("H15", "III", "where attack is banned, spying on the same target stays free and looks the same"),
    hurdle("H16", "III", "States that disagree agree on generalities"),
    hurdle("H17", "IV", "one side's practice is taken for lawful and the other's for the threat"),
    hurdle("H18", "IV", "private actors do much of the harm, and governments do not restrain them"),
    hurdle("H19", "IV", "to forgo what one does not do is no concession"),
    hurdle("H20", "IV", "nobody says which operations would end in exchange for what"),
    hurdle("H21", "IV", "norms of State responsibility differ: origin or transit, result or care, who must prove what"),
    hurdle("H22", "IV", "the duty is limited to serious attacks, and attacks do not label themselves"),
    hurdle("H23", "IV", "to prevent attacks a State has to watch private networks, against its own law"),
    hurdle("H24", "V", "without verification a treaty on security dies"),
    hurdle("H25", "V", "attribution goes from machine to person to State, and stops on the way"),
    hurdle("H26", "V", "attribution is neither fast nor certain"),
    hurdle("H27", "V", "uncertain attribution makes retaliation, and so compliance, not credible"),
    hurdle("H28", "V", "inspectors without real access give no confidence"),
    hurdle("H29", "V", "the evidence cannot be shown without burning its source"),
    hurdle("H30", "V", "tools for spying and for attack cannot be told apart before use"),
    hurdle("H31", "V", "a breach shows only once it has happened"),
    hurdle("H32", "V", "the scrupulous side keeps the text, the others need not"),
    hurdle("H33", "VI", "transparency and confidence-building cannot be trusted without verification"),
    hurdle("H34", "VI", "norms that do not bind get little purchase without attribution"),
    Hurdle {
        id: "H35",
        part: "VI",
        claim: "a deal among the like-minded drops some hurdles and keeps that of concessions",
        option: Some("`--parties`: the ledger and the rules of reciprocity and stability for some of the parties"),
    },
];

impl Hurdle {
    /// The rules that speak to it.
    pub fn rules(&self) -> impl Iterator<Item = &'static Code> + use<> {
        let id = self.id;
        codes().filter(move |code| code.hurdles.contains(&id))
    }
}

/// The hurdle of an id, in whatever case.
#[must_use]
pub fn hurdle_of(id: &str) -> Option<&'static Hurdle> {
    HURDLES.iter().find(|hurdle| hurdle.id.eq_ignore_ascii_case(id))
}
