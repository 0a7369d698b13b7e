call spec_analyzer#Define('go')
