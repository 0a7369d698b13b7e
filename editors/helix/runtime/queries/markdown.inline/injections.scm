; In place of Helix's own, which it has no way to extend: HTML as Helix does it, and spec lines.

((html_tag) @injection.content
  (#set! injection.language "html")
  (#set! injection.include-unnamed-children)
  (#set! injection.combined))

((inline) @injection.content
  (#set! injection.language "specline")
  (#set! injection.include-children))
