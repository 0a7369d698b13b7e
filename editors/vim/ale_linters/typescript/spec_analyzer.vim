call spec_analyzer#Define('typescript')
