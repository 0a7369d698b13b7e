//! Literal expressions of all languages: numbers, products, durations, defaults of the environment.
//!
//! Read by what languages have in common. Whatever does not end where the expression must end is no literal.

mod call;

use std::ops::Range;

use grammar::{Number, Quantity, Unit};

/// What a part of an expression comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Quantity(Quantity),
    /// A variable of the environment, which may be unset.
    Environment,
}

/// Reads one expression.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    resolve: &'a dyn Fn(&str) -> Option<Quantity>,
}

/// Brackets open at once.
const DEEPEST: u32 = 24;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, resolve: &'a dyn Fn(&str) -> Option<Quantity>) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            resolve,
        }
    }

    /// The quantity that all of the text is, up to a comma, a semicolon or a bracket that closes; and its bytes.
    pub(super) fn quantity(mut self) -> Option<(Quantity, Range<usize>)> {
        self.skip();
        let start = self.at;
        let value = self.choice()?;
        let end = self.at;
        self.cast();
        self.skip();
        let ends = self.rest().is_empty() || self.rest().starts_with([',', ';', ')', '}', ']']);
        let quantity = value.as_quantity().filter(|_| ends)?;
        Some((quantity, start..end))
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn takes(&mut self, word: &str) -> bool {
        let taken = self.rest().starts_with(word);
        if taken {
            self.at += word.len();
        }
        taken
    }

    /// Blanks, line ends and comments.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let bare = rest.trim_start();
            self.at += rest.len() - bare.len();
            let end = if bare.starts_with("//") || bare.starts_with('#') {
                bare.find('\n').unwrap_or(bare.len())
            } else if bare.starts_with("/*") {
                bare.find("*/").map_or(bare.len(), |at| at + 2)
            } else {
                return;
            };
            self.at += end;
        }
    }

    /// `as const`, `as u64`, `satisfies Limits`, `.freeze`
    fn cast(&mut self) {
        self.skip();
        for word in ["as ", "satisfies "] {
            if self.takes(word) {
                let len = self
                    .rest()
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '.')))
                    .unwrap_or(self.rest().len());
                self.at += len;
            }
        }
    }

    /// `a ?? b`: the default, where `a` is of the environment.
    fn choice(&mut self) -> Option<Value> {
        let mut value = self.sum()?;
        loop {
            self.skip();
            let joined = ["??", "||", "?:", "or ", ":-"]
                .into_iter()
                .any(|joint| self.takes(joint));
            if !joined {
                return Some(value);
            }
            self.skip();
            let other = self.sum()?;
            if value != Value::Environment {
                return None;
            }
            value = other;
        }
    }

    fn sum(&mut self) -> Option<Value> {
        let mut value = self.product()?;
        loop {
            self.skip();
            let rest = self.rest();
            if rest.starts_with("++") || rest.starts_with("--") {
                return None;
            }
            let plus = rest.starts_with('+');
            if !plus && !rest.starts_with('-') {
                return Some(value);
            }
            self.at += 1;
            self.skip();
            let (one, other) = (value.as_quantity()?, self.product()?.as_quantity()?);
            let other = match (one.unit, other.unit) {
                (None, None) => other.number,
                (Some(unit), Some(_)) => other.number_in(unit)?,
                _ => return None,
            };
            let number = if plus {
                one.number.plus(other)
            } else {
                one.number.minus(other)
            };
            value = Value::Quantity(Quantity {
                number: number?,
                ..one
            });
        }
    }

    fn product(&mut self) -> Option<Value> {
        let mut value = self.factor()?;
        loop {
            self.cast();
            self.skip();
            let rest = self.rest();
            let sign = rest.chars().next();
            let long = rest.starts_with("**") || rest.starts_with("//");
            let (one, other) = match sign {
                Some('*' | '/') if !long => {
                    self.at += 1;
                    self.skip();
                    (value.as_quantity()?, self.factor()?.as_quantity()?)
                }
                Some('<') if rest.starts_with("<<") => {
                    self.at += 2;
                    self.skip();
                    let (one, by) = (value.as_quantity()?, self.factor()?.as_quantity()?);
                    let by = by.number.as_whole().filter(|by| (0..64).contains(by))?;
                    (one, Quantity::bare(Number::whole(1 << by)))
                }
                _ => return Some(value),
            };
            let product = if sign == Some('/') {
                match (one.unit, other.unit) {
                    (_, None) => Quantity {
                        number: one.number.over(other.number)?,
                        unit: one.unit,
                    },
                    (Some(_), Some(unit)) => {
                        Quantity::bare(one.number_in(unit)?.over(other.number)?)
                    }
                    (None, Some(_)) => return None,
                }
            } else {
                Quantity {
                    number: one.number.times(other.number)?,
                    unit: match (one.unit, other.unit) {
                        (Some(_), Some(_)) => return None,
                        (one, other) => one.or(other),
                    },
                }
            };
            value = Value::Quantity(product);
        }
    }

    fn factor(&mut self) -> Option<Value> {
        self.skip();
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let first = self.rest().chars().next()?;
        let value = match first {
            '0'..='9' => self.number(),
            '"' | '\'' | '`' => self.string(),
            '(' => self.bracket(),
            '$' => self.shell(),
            c if c.is_alphabetic() || matches!(c, '_' | '.' | '@') => self.path(),
            _ => None,
        }?;
        self.depth -= 1;
        self.converted(value)
    }

    fn number(&mut self) -> Option<Value> {
        let rest = self.rest();
        let radix = match rest.get(..2) {
            Some("0x" | "0X") => 16,
            Some("0b" | "0B") => 2,
            Some("0o" | "0O") => 8,
            _ => 10,
        };
        if radix != 10 {
            let digits = &rest[2..];
            let len = digits
                .find(|c: char| !(c.is_digit(radix) || c == '_'))
                .unwrap_or(digits.len());
            let number = i128::from_str_radix(&digits[..len].replace('_', ""), radix).ok()?;
            self.at += 2 + len;
            self.suffix()?;
            return Some(Value::Quantity(Quantity::bare(Number::whole(number))));
        }
        let bytes = rest.as_bytes();
        let mut len = 0;
        let mut point = false;
        while let Some(byte) = bytes.get(len) {
            let next = bytes.get(len + 1);
            let digit_next = next.is_some_and(u8::is_ascii_digit);
            match byte {
                b'0'..=b'9' => {}
                b'_' | b'\'' if digit_next => {}
                b'.' if !point && digit_next => point = true,
                b'e' | b'E'
                    if digit_next
                        || matches!(next, Some(b'-' | b'+'))
                            && bytes.get(len + 2).is_some_and(u8::is_ascii_digit) =>
                {
                    len += 1;
                }
                _ => break,
            }
            len += 1;
        }
        let digits = &rest[..len];
        // `010` is eight to some.
        if len > 1 && digits.starts_with('0') && !digits.starts_with("0.") {
            return None;
        }
        let number = Number::decimal(&digits.replace(['_', '\'', '+'], ""))?;
        self.at += len;
        if self.rest().starts_with('.') && !self.rest()[1..].starts_with(char::is_alphabetic) {
            // `30.`
            self.at += 1;
        }
        let unit = self.suffix()?;
        Some(Value::Quantity(Quantity { number, unit }))
    }

    /// What is written on to a number: a type, or a unit. Inner `None`: nothing of a unit.
    #[expect(
        clippy::option_option,
        reason = "none is no unit, outer none no number"
    )]
    fn suffix(&mut self) -> Option<Option<Unit>> {
        let rest = self.rest();
        let len = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let word = &rest[..len];
        self.at += len;
        let small = word.trim_start_matches('_').to_ascii_lowercase();
        match small.as_str() {
            "" | "u" | "l" | "ul" | "ull" | "ll" | "f" | "n" | "i8" | "i16" | "i32" | "i64"
            | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "f32"
            | "f64" | "lu" | "llu" | "uz" => Some(None),
            "s" => Some(Some(Unit::Second)),
            "min" => Some(Some(Unit::Minute)),
            "h" => Some(Some(Unit::Hour)),
            other => Unit::of_call(other).map(Some),
        }
    }

    /// A string that is a quantity and nothing else.
    fn string(&mut self) -> Option<Value> {
        let rest = self.rest();
        let quote = rest.chars().next()?;
        let inner = rest.get(1..)?;
        let end = inner.find(quote)?;
        self.at += end + 2;
        let said = &inner[..end];
        let said = said
            .strip_prefix("${")
            .and_then(|rest| rest.strip_suffix('}'))
            .and_then(|rest| rest.split_once(":-"))
            .map_or(said, |(_, default)| default);
        Quantity::of_setting(said).map(Value::Quantity)
    }

    /// `${TIMEOUT:-30}`, `$_ENV['X']`
    fn shell(&mut self) -> Option<Value> {
        if self.takes("${") {
            let rest = self.rest();
            let end = rest.find('}')?;
            let (_, default) = rest[..end].split_once(":-")?;
            self.at += end + 1;
            return Quantity::of_setting(default).map(Value::Quantity);
        }
        self.at += 1;
        self.path()
    }

    fn bracket(&mut self) -> Option<Value> {
        self.at += 1;
        self.skip();
        // `(long) 30`
        let rest = self.rest();
        let word = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        if word > 0
            && rest[word..].starts_with(')')
            && rest.starts_with(char::is_alphabetic)
            && rest[word + 1..]
                .trim_start()
                .starts_with(|c: char| c.is_ascii_digit() || c == '(')
        {
            self.at += word + 1;
            return self.factor();
        }
        let value = self.choice()?;
        self.skip();
        self.takes(")").then_some(value)
    }

    /// Names, calls and what is asked of them: `Duration::from_secs(60)`, `time.Minute`, `process.env.X`.
    fn path(&mut self) -> Option<Value> {
        let start = self.at;
        for word in ["new ", "const "] {
            if self.takes(word) {
                self.skip();
            }
        }
        let from = self.at;
        let mut names: Vec<&'a str> = Vec::new();
        loop {
            let rest = self.rest();
            let len = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '@')))
                .unwrap_or(rest.len());
            if len > 0 {
                names.push(&rest[..len]);
                self.at += len;
            } else if !names.is_empty() || !rest.starts_with('.') {
                return None;
            }
            let joint = ["::", "?.", "!.", ".", "->"]
                .into_iter()
                .find(|joint| self.rest().starts_with(joint));
            match joint {
                Some(joint) => self.at += joint.len(),
                None => break,
            }
        }
        let written = self.text.get(from..self.at).unwrap_or_default();
        let small = written.to_lowercase();
        let of_environment = small.contains("env");
        if self.rest().starts_with('[') && of_environment {
            let end = self.rest().find(']')?;
            self.at += end + 1;
            return Some(Value::Environment);
        }
        // `process.env.X!`
        if self.rest().starts_with('!') && !self.rest().starts_with("!=") {
            self.at += 1;
        }
        let last = *names.last()?;
        if self.rest().starts_with('(') {
            return self.call(&names, of_environment);
        }
        debug_assert!(start <= self.at);
        if names.len() == 1 {
            return (self.resolve)(last).map(Value::Quantity);
        }
        if of_environment {
            return Some(Value::Environment);
        }
        // `time.Minute`, `TimeUnit.SECONDS`; else a constant of the file that is named with its type.
        if let Some(unit) = Unit::of_call(last) {
            return Some(Value::Quantity(Quantity {
                number: Number::whole(1),
                unit: Some(unit),
            }));
        }
        let own = matches!(names[0], "self" | "Self" | "this" | "cls");
        own.then(|| (self.resolve)(last).map(Value::Quantity))?
    }

    /// What is asked of a value: `30.seconds`, `.inWholeMilliseconds`, `.toLong()`.
    fn converted(&mut self, mut value: Value) -> Option<Value> {
        loop {
            let rest = self.rest();
            // Scala writes `30 seconds`.
            let blank = rest
                .strip_prefix(' ')
                .filter(|_| matches!(value, Value::Quantity(held) if held.unit.is_none()));
            let dot = rest.strip_prefix('.');
            let Some(word) = dot.or(blank) else {
                return Some(value);
            };
            let len = word
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(word.len());
            let name = word[..len].to_lowercase().replace('_', "");
            let asked = ["inwhole", "to", "as", "total", "get", "in"]
                .iter()
                .find_map(|prefix| name.strip_prefix(prefix))
                .unwrap_or(&name);
            let unit = Unit::of_call(asked);
            let (Value::Quantity(held), true) = (value, len > 0) else {
                return dot.is_none().then_some(value);
            };
            if dot.is_none() && (unit.is_none() || word[len..].trim_start().starts_with(['(', '.']))
            {
                return Some(value);
            }
            value = Value::Quantity(match (held.unit, unit) {
                (None, Some(unit)) if asked == name => Quantity {
                    unit: Some(unit),
                    ..held
                },
                (Some(_), Some(unit)) => Quantity {
                    number: held.number_in(unit)?,
                    unit: Some(unit),
                },
                (_, None) if SAME.contains(&name.as_str()) => held,
                _ => return None,
            });
            self.at += rest.len() - word.len() + len;
            if self.takes("(") {
                self.skip();
                if !self.takes(")") {
                    return None;
                }
            }
        }
    }
}

/// What is asked of a number and leaves it what it is.
const SAME: &[&str] = &[
    "tolong",
    "toint",
    "todouble",
    "tofloat",
    "into",
    "freeze",
    "toi",
    "tof",
    "longvalue",
    "intvalue",
    "touint",
    "tou",
    "clone",
    "tostring",
];
