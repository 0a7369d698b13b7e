call spec_analyzer#Define('cs')
