call spec_analyzer#Define('php')
