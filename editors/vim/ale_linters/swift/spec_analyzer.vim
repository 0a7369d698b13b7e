call spec_analyzer#Define('swift')
