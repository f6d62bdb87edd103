//! "Did you mean": the nearest known word to a misspelt one.

/// The candidate nearest to `word`, if it is near enough to be meant: an edit distance (transpositions count once) of at most a
/// third of the longer word's characters, and at most three. Case is forgiven; the first of equals wins. No more
/// than the first two hundred candidates are looked at.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(LONGEST).collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(MOST) {
        let other: Vec<char> = candidate.chars().flat_map(char::to_lowercase).take(LONGEST).collect();
        let allowed = (word.len().max(other.len()) / 3).clamp(1, 3);
        if word.len().abs_diff(other.len()) > allowed {
            continue;
        }
        let Some(distance) = distance(&word, &other, allowed) else { continue };
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether a word is another but for one slip: a letter too many, too few, changed or swapped with its neighbour. A plural is none.
#[must_use]
pub fn is_slip(word: &str, of: &str) -> bool {
    // A letter has four bytes at most.
    if word.len().abs_diff(of.len()) > 4 {
        return false;
    }
    let chars = |word: &str| word.chars().take(LONGEST).collect::<Vec<char>>();
    let (word, of) = (chars(word), chars(of));
    word.len().abs_diff(of.len()) <= 1 && !word.starts_with(&of) && distance(&word, &of, 1) == Some(1)
}

/// So many candidates are looked at, for a draft may declare thousands and misspell as many.
const MOST: usize = 200;

/// Words are compared up to this many characters, so that a hostile one costs little.
const LONGEST: usize = 64;

/// Optimal string alignment distance in characters, if it is at most `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        // A swap of two letters looks back over two rows.
        if row.iter().chain(&last).all(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["party", "profile", "mechanism", "body"];
        assert_eq!(nearest("partie", words), Some("party"));
        assert_eq!(nearest("mehcanism", words), Some("mechanism"));
        assert_eq!(nearest("Body", words), Some("body"));
        assert_eq!(nearest("treaty", words), None);
        assert!(["ARTCLE", "ARITCLE", "ARTICLLE", "ARTICKE"].into_iter().all(|word| is_slip(word, "ARTICLE")));
        assert!(["ARTICLE", "ARTICLES", "ARTIKEL", "PARTICLES"].into_iter().all(|word| !is_slip(word, "ARTICLE")));
    }
}
