call spec_analyzer#Define('sh')
