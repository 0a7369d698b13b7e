call spec_analyzer#Define('java')
