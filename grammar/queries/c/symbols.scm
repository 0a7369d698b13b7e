; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; Functions, variables, fields and typedefs are found by `declarations.rs`: a declaration holds any number of names, each
; as deep in its declarator as it likes.

(struct_specifier name: (_) @name body: (_) @body) @symbol.struct
(union_specifier name: (_) @name body: (_) @body) @symbol.struct
(enum_specifier name: (_) @name body: (_) @body) @symbol.enum
(enumerator name: (_) @name) @symbol.variant
(preproc_def name: (_) @name) @symbol.macro
(preproc_function_def name: (_) @name) @symbol.macro
