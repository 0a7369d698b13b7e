; @import.path is what is included, with its angle brackets if it has some.

(preproc_include path: (_) @import.path)
