; extends

; Ids, labels and paths of spec documents, coloured by the grammar `specline` where its parser is installed.
((inline) @injection.content
  (#spec-document?)
  (#set! injection.language "specline"))

((pipe_table_cell) @injection.content
  (#spec-document?)
  (#set! injection.language "specline"))
