call spec_analyzer#Define('ruby')
