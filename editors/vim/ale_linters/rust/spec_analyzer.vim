call spec_analyzer#Define('rust')
