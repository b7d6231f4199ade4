//! The formats in which the model meets the village, one function a purpose.
//!
//! Six special words mark the parts: `<q>` question, `<a>` answer, `<m>` memory, `<c>` critique,
//! `<r>` rating, `<v>` revision. A prompt ends where the model goes on speaking; the end token is
//! the trainer's.

/// A question answered earlier, and the answer given then.
pub type Memory<'a> = (&'a str, &'a str);

/// A revision prompt holds at most this many reasons; the last ones are kept.
pub const MOST_REASONS: usize = 4;

/// Says that comments are over and a better answer begins. Words of the village and no special
/// ones, because special words are lost when a model's tokens become a text.
const INSTEAD: &str = "i say instead :";

/// Asks for an answer: `<m> old question <a> old answer <q> question <a>`.
pub fn draft(memory: Option<Memory<'_>>, question: &str) -> String {
    format!("{}<q> {question} <a>", remembered(memory))
}

/// The rating that hindsight asks for.
pub const BEST_RATING: u8 = 7;

/// Says beforehand how an answer will be rated: `<r> 7 <q> question <a>`. A model that learnt which
/// answers got which rating can be asked for good ones (Liu et al., "Chain of Hindsight", 2023).
pub fn rated(rating: u8, prompt: &str) -> String {
    format!("<r> {rating} {prompt}")
}

/// An answer and the beginning of the next one to the same question, with that one's rating; an
/// answer begins with the mark `begins`.
pub fn and_then_rated(answer: &str, rating: u8, begins: &str) -> String {
    single_spaced(&format!("{answer} <r> {rating} {begins}"))
}

/// What is embedded to compare a question with others: the question asked by itself, up to where an
/// answer begins. There a model has made up its mind what it is being asked.
pub fn compared(question: &str) -> String {
    draft(None, question)
}

/// Asks for a rating and a reason: `<m> .. <a> .. <c> question <a> draft <r>`.
pub fn critique(memory: Option<Memory<'_>>, question: &str, draft: &str) -> String {
    let prompt = format!("{}<c> {question} <a> {draft} <r>", remembered(memory));
    single_spaced(&prompt)
}

/// Asks for another answer: `<v> question <a> draft <r> 4 : reason ; reason <a>`. Empty reasons are left out, and only the last [`MOST_REASONS`] are kept,
/// since the last is read last.
pub fn revision(question: &str, draft: &str, mean_rating: u8, reasons: &[&str]) -> String {
    let reasons: Vec<&str> = reasons
        .iter()
        .copied()
        .filter(|reason| !reason.trim().is_empty())
        .collect();
    let kept = &reasons[reasons.len().saturating_sub(MOST_REASONS)..];
    single_spaced(&format!(
        "<v> {question} <a> {draft} <r> {mean_rating} : {} <a>",
        kept.join(" ; ")
    ))
}

/// A critique as it is written: `6 : very good answer .`
pub fn format_critique(rating: u8, reason: &str) -> String {
    single_spaced(&format!("{rating} : {reason}"))
}

/// Reads a critique back: the rating, 1 to 7, and the reason (which may be empty). Tolerant of
/// spacing, of a missing colon and of "6 / 7"; anything else is `None`.
pub fn parse_critique(text: &str) -> Option<(u8, String)> {
    let (rating, rest) = leading_number(text)?;
    let mut rest = rest.trim_start();
    if let Some(scale) = rest.strip_prefix('/') {
        let (scale, after) = leading_number(scale)?;
        if scale != 7 {
            return None;
        }
        rest = after.trim_start();
    }
    if !(1..=7).contains(&rating) || rest.starts_with(|c: char| ".,-%".contains(c)) {
        return None;
    }
    let reason = rest.strip_prefix(':').unwrap_or(rest);
    Some((rating as u8, single_spaced(reason)))
}

/// Asks for comments and then another answer, all in one breath: `<v> question <a> draft <c>`.
pub fn reconsideration(question: &str, draft: &str) -> String {
    single_spaced(&format!("<v> {question} <a> {draft} <c>"))
}

/// What is said to that: `reason ; reason ; i say instead : revision`. Empty reasons are left out.
pub fn format_reconsideration(reasons: &[&str], revision: &str) -> String {
    let mut parts: Vec<&str> = reasons
        .iter()
        .copied()
        .filter(|reason| !reason.trim().is_empty())
        .collect();
    let revised = format!("{INSTEAD} {revision}");
    parts.push(&revised);
    single_spaced(&parts.join(" ; "))
}

/// Reads a reconsideration back: all comments as one text, and the revision (either may be empty).
/// `None` where nothing is said instead.
pub fn parse_reconsideration(text: &str) -> Option<(String, String)> {
    let spaced = format!(" {} ", single_spaced(text));
    let (comments, revision) = spaced.split_once(&format!(" {INSTEAD} "))?;
    let comments = comments.trim();
    let comments = comments.strip_suffix(';').unwrap_or(comments);
    Some((comments.trim().to_owned(), revision.trim().to_owned()))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let number = text[..end].parse().ok()?;
    Some((number, &text[end..]))
}

fn remembered(memory: Option<Memory<'_>>) -> String {
    memory.map_or_else(String::new, |(question, answer)| {
        format!("<m> {question} <a> {answer} ")
    })
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formats_stay_as_the_model_learned_them() {
        assert_eq!(draft(None, "why ?"), "<q> why ? <a>");
        assert_eq!(
            draft(Some(("who ?", "me .")), "why ?"),
            "<m> who ? <a> me . <q> why ? <a>"
        );
        assert_eq!(critique(None, "why ?", ""), "<c> why ? <a> <r>");
        assert_eq!(
            critique(Some(("who ?", "me .")), "why ?", "so ."),
            "<m> who ? <a> me . <c> why ? <a> so . <r>"
        );
        assert_eq!(
            revision("why ?", "so .", 7, &["a .", "b .", "", "c .", "d .", "e ."]),
            "<v> why ? <a> so . <r> 7 : b . ; c . ; d . ; e . <a>"
        );
        assert_eq!(
            revision("why ?", "so .", 3, &[]),
            "<v> why ? <a> so . <r> 3 : <a>"
        );
    }

    #[test]
    fn reconsiderations_are_of_village_words_and_read_back() {
        assert_eq!(reconsideration("why ?", "so ."), "<v> why ? <a> so . <c>");
        let said = format_reconsideration(&["be kind .", " ", "ask her ."], "i asked her .");
        assert_eq!(
            said,
            "be kind . ; ask her . ; i say instead : i asked her ."
        );
        let read = |text: &str| parse_reconsideration(text).map(|(c, r)| format!("{c}|{r}"));
        assert_eq!(read(&said).unwrap(), "be kind . ; ask her .|i asked her .");
        assert_eq!(read(&format_reconsideration(&[], "no .")).unwrap(), "|no .");
        assert_eq!(read(" rude . ;  i say  instead :").unwrap(), "rude .|");
        for bad in ["", "rude .", "i say instead", "xi say instead : no ."] {
            assert_eq!(read(bad), None, "{bad}");
        }
        let tokenizer = crate::world::tokenizer::Tokenizer::village();
        assert!(INSTEAD.split(' ').all(|word| tokenizer.is_known(word)));
    }

    #[test]
    fn critiques_are_read_back_or_refused() {
        let read = |text: &str| parse_critique(text).map(|(n, r)| format!("{n}|{r}"));
        assert_eq!(
            read(&format_critique(6, "very good answer .")).unwrap(),
            "6|very good answer ."
        );
        assert_eq!(read("  2 :  that is  rude . ").unwrap(), "2|that is rude .");
        assert_eq!(read("6 / 7 : fine .").unwrap(), "6|fine .");
        assert_eq!(read("6/7: fine .").unwrap(), "6|fine .");
        assert_eq!(read("5").unwrap(), "5|");
        for bad in [
            "",
            "8 : x",
            "0 : x",
            "10 : x",
            "-3 : x",
            "6 / 10 : x",
            "4.5 : x",
            "good",
            "٣ : x",
            "99999999999999 : x",
            "7 / : x",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
