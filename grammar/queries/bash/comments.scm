(comment) @comment
(string) @string
(raw_string) @string
