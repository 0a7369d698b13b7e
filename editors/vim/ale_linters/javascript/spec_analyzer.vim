call spec_analyzer#Define('javascript')
