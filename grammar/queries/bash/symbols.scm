; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; Variables of the file are found by `bash.rs`: the first assignment to a name counts.

(function_definition name: (_) @name body: (_) @body) @symbol.function
