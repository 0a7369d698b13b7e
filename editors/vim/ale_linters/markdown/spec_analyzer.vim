" spec-analyzer for Vim with ALE: starts only where spec documents are.

call spec_analyzer#Define('markdown')
