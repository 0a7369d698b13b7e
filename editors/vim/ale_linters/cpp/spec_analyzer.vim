call spec_analyzer#Define('cpp')
