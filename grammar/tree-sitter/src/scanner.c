// The marks at the start of a line: `>`, `#`, `-`, `1.`, `[x]`, the star of an optional task, `2.1`.
//
// They need a look at what follows, which the patterns of a grammar cannot have. The authority is `grammar/src/line.rs`;
// `tests/equal.rs` holds this file equal to it.

#include "tree_sitter/parser.h"

enum { QUOTE_MARK, HEADING_MARK, LIST_MARKER, CHECKBOX, STAR, TASK_NUMBER };

void *tree_sitter_specline_external_scanner_create(void) { return NULL; }

void tree_sitter_specline_external_scanner_destroy(void *payload) {}

unsigned tree_sitter_specline_external_scanner_serialize(void *payload, char *buffer) { return 0; }

void tree_sitter_specline_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {}

// Full-width forms, U+3000 and the many dashes as the ASCII character they stand for.
static int32_t folded(int32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!';
  if (c == 0x3000) return ' ';
  if ((c >= 0x2010 && c <= 0x2013) || c == 0x2212) return '-';
  return c;
}

static int32_t ahead(TSLexer *lexer) { return folded(lexer->lookahead); }

static bool at_digit(TSLexer *lexer) { return ahead(lexer) >= '0' && ahead(lexer) <= '9'; }

static bool blank_or_end(TSLexer *lexer) {
  if (lexer->eof(lexer)) return true;
  int32_t c = ahead(lexer);
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(TSLexer *lexer) {
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == 0xA0 || lexer->lookahead == 0x3000) {
    lexer->advance(lexer, true);
  }
}

static bool found(TSLexer *lexer, TSSymbol symbol) {
  lexer->result_symbol = symbol;
  return true;
}

static bool heading_mark(TSLexer *lexer) {
  unsigned marks = 0;
  while (lexer->lookahead == '#') {
    lexer->advance(lexer, false);
    marks++;
  }
  lexer->mark_end(lexer);
  return marks <= 6 && blank_or_end(lexer) && found(lexer, HEADING_MARK);
}

static bool bullet(TSLexer *lexer) {
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  return blank_or_end(lexer) && found(lexer, LIST_MARKER);
}

static bool ordered(TSLexer *lexer) {
  uint64_t number = 0;
  while (at_digit(lexer)) {
    number = number * 10 + (uint64_t)(ahead(lexer) - '0');
    if (number > UINT32_MAX) return false;
    lexer->advance(lexer, false);
  }
  if (ahead(lexer) != '.' && ahead(lexer) != ')') return false;
  bool wide = lexer->lookahead > 0x7F;
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  return (wide || blank_or_end(lexer)) && found(lexer, LIST_MARKER);
}

static bool line_start(TSLexer *lexer) {
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t') lexer->advance(lexer, true);
  switch (lexer->lookahead) {
    case '>':
      lexer->advance(lexer, false);
      lexer->mark_end(lexer);
      return found(lexer, QUOTE_MARK);
    case '#':
      return heading_mark(lexer);
    case '-':
    case '*':
    case '+':
      return bullet(lexer);
    default:
      return at_digit(lexer) && ordered(lexer);
  }
}

static bool is_state(int32_t c) {
  switch (c) {
    case ' ': case 'x': case 'X': case 0xFF58: case 0xFF38: case 0x3000: case 0xA0:
    case 0x2713: case 0x2714: case 0x2705: case 0x2717: case 0x2718: case 0x274C:
      return true;
    case '[': case ']': case '\\': case '^': case '#': case '@':
      return false;
    default:
      return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
  }
}

// `[ x]` and `[x ]`: slips.
static bool is_slip(int32_t first, int32_t second) {
  return (first == ' ' && (second == 'x' || second == 'X' || second == ' ')) ||
         ((first == 'x' || first == 'X') && second == ' ');
}

static bool checkbox(TSLexer *lexer) {
  skip_blanks(lexer);
  if (ahead(lexer) != '[') return false;
  bool wide = lexer->lookahead > 0x7F;
  lexer->advance(lexer, false);
  int32_t inside[2] = {0, 0};
  unsigned length = 0;
  while (ahead(lexer) != ']') {
    if (length == 2 || lexer->eof(lexer)) return false;
    inside[length++] = lexer->lookahead;
    lexer->advance(lexer, false);
  }
  if (length == 1 && !is_state(inside[0])) return false;
  if (length == 2 && !is_slip(inside[0], inside[1])) return false;
  wide = wide || lexer->lookahead > 0x7F;
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  if (!wide && !blank_or_end(lexer)) {
    // `[x](url)` is a link; `[ ]* 2.1` is an optional task.
    if (lexer->lookahead != '*') return false;
    lexer->advance(lexer, false);
    if (lexer->lookahead != ' ') return false;
  }
  return found(lexer, CHECKBOX);
}

static bool star(TSLexer *lexer) {
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  return lexer->lookahead != '*' && found(lexer, STAR);
}

static bool task_number(TSLexer *lexer) {
  skip_blanks(lexer);
  bool digit = false;
  bool any = false;
  for (;;) {
    if (lexer->eof(lexer)) return false;
    if (at_digit(lexer)) {
      digit = true;
    } else if (ahead(lexer) == '.' && digit) {
      digit = false;
    } else {
      break;
    }
    any = true;
    lexer->advance(lexer, false);
  }
  lexer->mark_end(lexer);
  return any && (ahead(lexer) == ' ' || lexer->lookahead == '\t') && found(lexer, TASK_NUMBER);
}

bool tree_sitter_specline_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  if (valid_symbols[QUOTE_MARK]) return line_start(lexer);
  if (valid_symbols[CHECKBOX]) return checkbox(lexer);
  if (valid_symbols[STAR] && lexer->lookahead == '*') return star(lexer);
  if (valid_symbols[TASK_NUMBER]) return task_number(lexer);
  return false;
}
