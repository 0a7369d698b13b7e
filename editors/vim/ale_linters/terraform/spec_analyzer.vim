call spec_analyzer#Define('terraform')
