//! Calls with literal arguments: durations, conversions, defaults of the environment.

use grammar::{Number, Quantity, Unit};

use super::{Reader, Value};

/// An argument of a call, with its name if it has one.
struct Argument<'a> {
    name: Option<&'a str>,
    value: Option<Value>,
}

impl<'a> Reader<'a> {
    pub(super) fn call(&mut self, names: &[&'a str], of_environment: bool) -> Option<Value> {
        let last = *names.last()?;
        let arguments = self.arguments()?;
        let default = arguments
            .iter()
            .find(|argument| matches!(argument.name, Some("default" | "fallback")));
        if let Some(default) = default {
            return default.value;
        }
        let small = last.to_lowercase().replace('_', "");
        if of_environment
            || matches!(small.as_str(), "getordefault" | "config") && arguments.len() == 2
        {
            return match arguments.as_slice() {
                [_] => Some(Value::Environment),
                [_, default] => default.value,
                _ => None,
            };
        }
        let quantity = |argument: &Argument<'_>| argument.value?.as_quantity();
        // `timedelta(minutes=5)`, `Duration(seconds: 30)`
        if !arguments.is_empty() && arguments.iter().all(|argument| argument.name.is_some()) {
            let mut sum: Option<Quantity> = None;
            for argument in &arguments {
                let unit = Unit::of_call(argument.name?)?;
                let number = quantity(argument)
                    .filter(|each| each.unit.is_none())?
                    .number;
                sum = Some(match sum {
                    None => Quantity {
                        number,
                        unit: Some(unit),
                    },
                    Some(before) => Quantity {
                        number: before.number_in(unit)?.plus(number)?,
                        unit: Some(unit),
                    },
                });
            }
            return sum.map(Value::Quantity);
        }
        let holder = names.len().checked_sub(2).map(|at| names[at]);
        let with = |value: Quantity, unit: Unit| {
            (value.unit.is_none()).then_some(Value::Quantity(Quantity {
                number: value.number,
                unit: Some(unit),
            }))
        };
        match arguments.as_slice() {
            [only] => {
                let value = only.value?;
                if PASSING.contains(&small.as_str()) {
                    return Some(value);
                }
                let held = value.as_quantity()?;
                // `TimeUnit.SECONDS.toMillis(30)`
                if let Some(unit) = holder.and_then(Unit::of_call)
                    && let Some(into) = small.strip_prefix("to").and_then(Unit::of_call)
                {
                    let held = Quantity {
                        unit: Some(unit),
                        ..held
                    };
                    return Some(Value::Quantity(Quantity {
                        number: held.number_in(into)?,
                        unit: Some(into),
                    }));
                }
                if small == "timedelta" {
                    return with(held, Unit::Day);
                }
                let bare = ["from", "of", "in"]
                    .iter()
                    .find_map(|prefix| small.strip_prefix(prefix))
                    .unwrap_or(&small);
                // `from_secs_f64`
                let bare = bare.trim_end_matches("f64").trim_end_matches("f32");
                if let Some(unit) = Unit::of_call(bare) {
                    return with(held, unit);
                }
                // `Duration.parse("PT30S")`
                held.unit.map(|_| Value::Quantity(held))
            }
            [amount, unit] => {
                let amount = quantity(amount)?;
                // `parseInt("30", 10)`
                if small == "parseint" {
                    return Some(Value::Quantity(amount));
                }
                if small == "new" && holder == Some("Duration") {
                    let nanos = quantity(unit)?.number.over(Number::whole(1_000_000_000))?;
                    let seconds = Quantity::bare(amount.number.plus(nanos)?);
                    return with(seconds, Unit::Second);
                }
                // `Duration.of(30, ChronoUnit.SECONDS)`
                let unit = quantity(unit)?;
                (unit.number == Number::whole(1) && matches!(small.as_str(), "of" | "duration"))
                    .then(|| with(amount, unit.unit?))?
            }
            _ => None,
        }
    }

    /// What stands in the brackets of a call; of what is no literal that it is there.
    fn arguments(&mut self) -> Option<Vec<Argument<'a>>> {
        self.at += 1;
        let mut arguments = Vec::new();
        loop {
            self.skip();
            if self.takes(")") {
                return Some(arguments);
            }
            let braced = self.takes("{");
            self.skip();
            let rest = self.rest();
            let len = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len());
            let behind = rest[len..].trim_start();
            let named = len > 0
                && rest.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && (behind.starts_with('=') && !behind.starts_with("==")
                    || behind.starts_with(':')
                        && !behind.starts_with("::")
                        && !behind.starts_with(":-"));
            let name = named.then(|| &rest[..len]);
            if named {
                self.at += rest.len() - behind.len() + 1;
            }
            let from = self.at;
            let mut value = self.choice();
            self.skip();
            if value.is_none() || !self.rest().starts_with([',', ')', '}']) {
                self.at = from;
                value = None;
                self.pass()?;
            }
            arguments.push(Argument { name, value });
            self.skip();
            self.takes(",");
            if braced || self.rest().starts_with('}') {
                self.skip();
                self.takes("}");
            }
        }
    }

    /// Goes to the end of an argument that is no literal.
    fn pass(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        let mut quote: Option<char> = None;
        for (at, c) in self.rest().char_indices() {
            match (quote, c) {
                (Some(open), _) if open == c => quote = None,
                (None, '"' | '\'' | '`') => quote = Some(c),
                (None, '(' | '[' | '{') => depth += 1,
                (None, ')' | ']' | '}') if depth > 0 => depth -= 1,
                (None, ')' | ',' | '}') if depth == 0 => {
                    self.at += at;
                    return Some(());
                }
                _ => {}
            }
        }
        None
    }
}

/// Calls that give what they are given.
const PASSING: &[&str] = &[
    "number",
    "parseint",
    "parsefloat",
    "int",
    "float",
    "long",
    "double",
    "integer",
    "decimal",
    "bigdecimal",
    "bigint",
    "valueof",
    "some",
    "freeze",
    "int32",
    "int64",
    "uint",
    "uint32",
    "uint64",
    "usize",
    "u64",
    "u32",
    "duration",
    "field",
];
