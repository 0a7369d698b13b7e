(comment) @comment
(string_lit) @string
