use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::Value;

use super::sarif;
use crate::cli::report::hostile;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_text_comes_back(report in hostile::report()) {
        let log: Value = serde_json::from_str(&sarif(&report).unwrap()).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let (shown, passed_over) = results.split_at(report.findings.len());
        prop_assert!(shown.iter().all(|result| result.get("suppressions").is_none()));
        let whys: Vec<_> = passed_over.iter().map(|result| result["suppressions"][0]["justification"].as_str()).collect();
        prop_assert_eq!(whys, report.suppressed.iter().map(|(_, why)| Some(why.as_str())).collect::<Vec<_>>());
        for (result, finding) in results.iter().zip(&report.findings) {
            prop_assert_eq!(&result["message"]["text"], &finding.message);
            let rule = result["ruleIndex"].as_u64().unwrap();
            let rule = &log["runs"][0]["tool"]["driver"]["rules"][usize::try_from(rule).unwrap()];
            prop_assert_eq!(&rule["id"], finding.code);
            let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            let uri = artifact["uri"].as_str().unwrap();
            prop_assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)));
            prop_assert_eq!(percent_decode_str(uri).decode_utf8().unwrap(), finding.place.path.as_str());
            prop_assert_eq!(&artifact["uriBaseId"], &report.roots[finding.place.root].name);
            let edits: usize = result["fixes"].as_array().into_iter().flatten()
                .flat_map(|fix| fix["artifactChanges"].as_array().unwrap())
                .map(|change| change["replacements"].as_array().unwrap().len())
                .sum();
            prop_assert_eq!(edits, finding.fixes.iter().map(|fix| fix.edits.len()).sum::<usize>());
        }
    }
}
