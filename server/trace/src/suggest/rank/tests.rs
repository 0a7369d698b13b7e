use proptest::prelude::*;

use super::*;

fn asked(place: u32, text: &str, group: Option<usize>) -> Asked {
    Asked {
        place,
        text: text.to_owned(),
        group,
        story: None,
    }
}

fn task(place: u32, text: &str) -> Offered {
    Offered {
        place,
        text: text.to_owned(),
        ..Offered::default()
    }
}

fn first(material: &Material) -> Vec<Option<usize>> {
    let ranked = rank(material, &WEIGHTS, 3);
    let firsts = ranked.iter().map(|all| all.first().map(|it| it.offered));
    firsts.collect()
}

#[test]
fn a_task_that_is_best_for_another_requirement_is_left_to_it() {
    let material = Material {
        asked: vec![
            asked(0, "The store keeps session tokens", None),
            asked(1, "The store keeps session tokens until their expiry", None),
        ],
        offered: vec![
            task(0, "Add a store for session tokens"),
            task(1, "Add the expiry of session tokens"),
        ],
        stories: Vec::new(),
    };
    assert_eq!(first(&material), [Some(0), Some(1)]);
}

#[test]
fn three_words_say_more_than_one_that_is_repeated() {
    let material = Material {
        asked: vec![asked(
            0,
            "Parcel by parcel, a parcel is weighed and stamped, and the parcel stored",
            None,
        )],
        offered: vec![
            task(0, "Draw the parcel icon"),
            task(1, "Weighed, stamped, stored"),
        ],
        stories: Vec::new(),
    };
    assert_eq!(first(&material), [Some(1)]);
}

#[test]
fn a_requirement_without_a_word_of_its_own_goes_where_its_group_goes() {
    let material = Material {
        asked: vec![
            asked(0, "Passwords are hashed with bcrypt", Some(0)),
            asked(1, "Nobody reads them", Some(0)),
        ],
        offered: vec![
            task(0, "Draw the page"),
            task(1, "Hash passwords with bcrypt"),
        ],
        stories: Vec::new(),
    };
    let ranked = rank(&material, &WEIGHTS, 3);
    assert_eq!(ranked[1][0].offered, 1);
    assert!(ranked[1][0].shared.is_empty() && ranked[1][0].names.is_empty());
}

#[test]
fn words_names_and_quoted_texts_are_told() {
    let material = Material {
        asked: vec![asked(
            0,
            "The `SessionStore` shows \"No session\" on expiry",
            None,
        )],
        offered: vec![task(
            0,
            "Write session_store.rs, which says \"no session\" after expiry",
        )],
        stories: Vec::new(),
    };
    let best = &rank(&material, &WEIGHTS, 3)[0][0];
    assert_eq!(best.names, ["SessionStore"]);
    assert_eq!(best.quoted, ["no session"]);
    assert!(
        best.shared.contains(&"expiry".to_owned()),
        "{:?}",
        best.shared
    );
}

#[test]
fn nothing_in_common_is_no_suggestion() {
    let material = Material {
        asked: vec![asked(0, "Alpha beta", None)],
        offered: vec![task(0, "Gamma delta")],
        stories: Vec::new(),
    };
    assert_eq!(first(&material), [None]);
    assert_eq!(first(&Material::default()), []);
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("session"),
        Just("SessionStore"),
        Just("expiry"),
        Just("\"token\""),
        Just("`create_session`"),
        Just("src/auth/session.ts"),
        Just("会話履歴"),
        Just("30s"),
        Just("page"),
        Just("the"),
    ]
    .prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..8).prop_map(|words| words.join(" "))
}

prop_compose! {
    fn materials()(
        asked in prop::collection::vec((text(), prop::option::of(0..3_usize), prop::option::of(0..2_usize)), 0..6),
        offered in prop::collection::vec((text(), text(), prop::option::of(0..2_usize), 0..3_u8, any::<bool>()), 0..8),
        stories in prop::collection::vec(text(), 2),
    ) -> Material {
        let asked = (0..).zip(asked).map(|(place, (text, group, story))| Asked { place, text, group, story });
        let offered = (0..).zip(offered).map(|(place, (text, around, story, role, proves))| Offered {
            place,
            text,
            around,
            stories: story.into_iter().collect(),
            role: [Role::Work, Role::Setup, Role::Polish][usize::from(role)],
            proves,
        });
        Material { asked: asked.collect(), offered: offered.collect(), stories }
    }
}

/// What is suggested for each place, by place, without positions in lists.
fn by_place(material: &Material) -> Vec<(u32, Vec<(u32, String)>)> {
    let mut all: Vec<(u32, Vec<(u32, String)>)> = rank(material, &WEIGHTS, 5)
        .into_iter()
        .zip(&material.asked)
        .map(|(ranked, asked)| {
            let told = |it: Ranked| {
                let place = material.offered[it.offered].place;
                let said = format!(
                    "{:?} {:?} {:?} {:?} {:?}",
                    it.score, it.confidence, it.shared, it.names, it.story
                );
                (place, said)
            };
            (asked.place, ranked.into_iter().map(told).collect())
        })
        .collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn the_order_of_the_lists_does_not_matter(
        (material, shuffled) in materials().prop_flat_map(|material| {
            let asked = Just(material.asked.clone()).prop_shuffle();
            let offered = Just(material.offered.clone()).prop_shuffle();
            let stories = material.stories.clone();
            let shuffled = (asked, offered).prop_map(move |(asked, offered)| Material { asked, offered, stories: stories.clone() });
            (Just(material), shuffled)
        })
    ) {
        prop_assert_eq!(by_place(&material), by_place(&shuffled));
    }

    #[test]
    fn scores_fall_and_confidence_is_a_share(material in materials()) {
        for ranked in rank(&material, &WEIGHTS, 5) {
            prop_assert!(ranked.windows(2).all(|pair| pair[0].score >= pair[1].score));
            prop_assert!(ranked.iter().all(|it| (0.0..=1.0).contains(&it.confidence) && it.score > 0.0));
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}", other in "\\PC{0,80}") {
        let material = Material { asked: vec![asked(0, &text, None)], offered: vec![task(0, &other)], stories: Vec::new() };
        rank(&material, &WEIGHTS, 5);
    }
}
