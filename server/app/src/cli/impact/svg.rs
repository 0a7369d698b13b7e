//! The graph as a picture: a column for each step, boxes from top to bottom in the order of the report, lines between them.
//! The same report gives the same bytes. Names are escaped.

use std::fmt::Write as _;

use super::picture::{Arrow, Box, Picture};

const WIDTH: usize = 300;
const HEIGHT: usize = 40;
const GAP: usize = 12;
const BETWEEN: usize = 90;
const MARGIN: usize = 16;

pub(super) fn text(picture: &Picture) -> String {
    let columns = picture.layers.len();
    let rows = picture
        .layers
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or_default();
    let width = 2 * MARGIN + columns * WIDTH + columns.saturating_sub(1) * BETWEEN;
    let height = 2 * MARGIN + rows * (HEIGHT + GAP);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    for edge in &picture.edges {
        line(picture, rows, edge, &mut out);
    }
    for (layer, boxes) in picture.layers.iter().enumerate() {
        for (at, each) in boxes.iter().enumerate() {
            let (x, y) = corner(picture, rows, (layer, at));
            one(each, x, y, &mut out);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The upper left corner of a box; columns are centred.
fn corner(picture: &Picture, rows: usize, (layer, at): (usize, usize)) -> (usize, usize) {
    let own = picture.layers.get(layer).map_or(0, Vec::len);
    let above = rows.saturating_sub(own) * (HEIGHT + GAP) / 2;
    (
        MARGIN + layer * (WIDTH + BETWEEN),
        MARGIN + above + at * (HEIGHT + GAP),
    )
}

fn line(picture: &Picture, rows: usize, edge: &Arrow, out: &mut String) {
    let (from, to) = (
        corner(picture, rows, edge.from),
        corner(picture, rows, edge.to),
    );
    let (x1, y1) = (from.0 + WIDTH, from.1 + HEIGHT / 2);
    let (x2, y2) = (to.0, to.1 + HEIGHT / 2);
    let middle = usize::midpoint(x1, x2);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<path d=\"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}\" fill=\"none\" stroke=\"#9ca3af\"><title>{}</title></path>",
        escaped(edge.how)
    );
}

fn one(each: &Box, x: usize, y: usize, out: &mut String) {
    let (fill, stroke) = match each.kind {
        "change" => ("#fde68a", "#92400e"),
        "test" => ("#dcfce7", "#166534"),
        "item" => ("#f3e8ff", "#6b21a8"),
        "elsewhere" => ("#fee2e2", "#991b1b"),
        "more" => ("#f3f4f6", "#6b7280"),
        _ => ("#dbeafe", "#1e40af"),
    };
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\" fill=\"{fill}\" stroke=\"{stroke}\"/>"
    );
    let first = if each.names.is_empty() {
        y + 24
    } else {
        y + 17
    };
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{first}\">{}</text>",
        x + 8,
        escaped(&each.title)
    );
    if !each.names.is_empty() {
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" fill=\"#4b5563\">{}</text>",
            x + 8,
            y + 32,
            escaped(&each.names)
        );
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
