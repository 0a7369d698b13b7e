; What the tokens of a spec line are called by colour schemes.

[ (id) (id_range) (id_list) (qualified_id) (bracket_id) ] @label
(tag_id) @constant

[ (parallel_marker) (story_marker) (priority) ] @attribute
[ (clarify) (clarify_open) ] @comment.warning

(normative_word) @keyword
[ (scenario_word) (ears_word) ] @keyword.conditional

[ (number) (number_range) (measure) (date) (task_number) ] @number

[ (path) (file) ] @string.special.path
(url) @string.special.url

[ (quote_mark) (heading_mark) (list_marker) (star) ] @punctuation.special
(checkbox) @markup.list
