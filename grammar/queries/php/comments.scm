(comment) @comment
(string) @string
(encapsed_string) @string
