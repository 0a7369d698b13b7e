call spec_analyzer#Define('scala')
