call spec_analyzer#Define('c')
