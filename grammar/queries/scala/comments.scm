(comment) @comment
(block_comment) @comment
(string) @string
