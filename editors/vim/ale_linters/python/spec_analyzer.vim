call spec_analyzer#Define('python')
