//! "Did you mean": the nearest of what can be typed.

/// Names less alike than this are no slip of the keyboard, by Jaro and Winkler (Winkler 1990).
/// Chosen by hand.
const SIMILAR: f64 = 0.8;

/// Returns " Did you mean …?" with the nearest of `names`, `sign` before it, or nothing.
pub(super) fn did_you_mean<'a>(
    sign: &str,
    typed: &str,
    names: impl Iterator<Item = &'a str>,
) -> String {
    let scored = names.map(|name| (strsim::jaro_winkler(typed, name), name));
    let nearest = scored.filter(|(score, _)| *score >= SIMILAR).max_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map(|(_, name)| format!(" Did you mean {sign}{name}?")).unwrap_or_default()
}
