//! WGSL with the little repetition it lacks: registers have names, and a tile has many of them.
//!
//! A line `//% r ROWS, c 2: text` becomes its text for every `r` below `ROWS` and every `c` below 2, in this
//! order, with `$r` and `$c` in it replaced. Lines from `//% for r ROWS` to `//% end` are repeated together, and may
//! hold such lines themselves. Everywhere `{ROWS}` is replaced. That is all there is.

/// What a name in a template stands for.
pub(super) type Name = (&'static str, usize);

/// Writes a template out. What it names and nobody knows stays as it is, and no device takes that.
pub(super) fn expand(template: &str, names: &[Name]) -> String {
    let template = names
        .iter()
        .fold(template.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), &value.to_string())
        });
    let mut text = String::with_capacity(4 * template.len());
    let lines: Vec<&str> = template.lines().collect();
    write(&lines, names, &mut text);
    text
}

fn write(lines: &[&str], names: &[Name], text: &mut String) {
    let mut rest = lines;
    while let Some((line, later)) = rest.split_first() {
        rest = later;
        let Some(order) = line.trim_start().strip_prefix("//% ") else {
            text.push_str(line);
            text.push('\n');
            continue;
        };
        if let Some(counters) = order.strip_prefix("for ") {
            let end = rest.iter().position(|line| line.trim() == "//% end");
            let block = rest.split_at(end.unwrap_or(rest.len()));
            rest = block.1.get(1..).unwrap_or_default();
            let block = block.0.join("\n");
            for copy in copies(counters, &block, names) {
                write(&copy.lines().collect::<Vec<_>>(), names, text);
            }
        } else if let Some((counters, line)) = order.split_once(": ") {
            for copy in copies(counters, line, names) {
                text.push_str(&copy);
                text.push('\n');
            }
        }
    }
}

/// A text for every value of its counters, the last one running fastest.
fn copies(counters: &str, text: &str, names: &[Name]) -> Vec<String> {
    let counters = counters.split(", ").filter_map(|counter| {
        let (letter, count) = counter.split_once(' ')?;
        let known = || names.iter().find(|(name, _)| *name == count);
        let count = count.parse().ok().or_else(|| Some(known()?.1))?;
        Some((format!("${letter}"), count))
    });
    counters.fold(vec![text.to_owned()], |texts, (letter, count)| {
        let each = texts.iter().flat_map(|text| {
            (0..count).map(|value: usize| text.replace(&letter, &value.to_string()))
        });
        each.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn lines_are_repeated_and_names_replaced() {
        let template = "size {ROWS}\n  //% r ROWS, c 2: a$r_$c += {ROWS}.0;\nend";
        let written = "size 2\na0_0 += 2.0;\na0_1 += 2.0;\na1_0 += 2.0;\na1_1 += 2.0;\nend\n";
        assert_eq!(expand(template, &[("ROWS", 2)]), written);
        let template = "//% for i 2\nif a$i {\n//% w 2: b$i_$w\n}\n//% end\nend";
        let written = "if a0 {\nb0_0\nb0_1\n}\nif a1 {\nb1_0\nb1_1\n}\nend\n";
        assert_eq!(expand(template, &[]), written);
    }
}
