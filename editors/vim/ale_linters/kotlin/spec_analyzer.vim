call spec_analyzer#Define('kotlin')
