call spec_analyzer#Define('sql')
