//! Questions are answered by their meaning: the encoder, the vectors of a corpus and their cache,
//! and doing without.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::answer::{Engine, Models};
use engine::knowledge::{Corpus, SourceFile};
use engine::semantic::{Embedding, Encoder};
use sha2::{Digest, Sha256};
use summit_bot::service::{self, Service, Stage};
use summit_bot::settings::Settings;
use tempfile::TempDir;

use super::support::{ask, file};

const HARBOUR: &str = "The ferry leaves at nine.\n\nDogs must stay on a lead.\n\n\
    Nobody may swim near the pier.\n\nTickets are sold aboard.\n";

fn settings(cache: &Path) -> Settings {
    let mut settings = Settings::load(None).unwrap();
    settings.answer.encoder = true;
    settings.knowledge.cache = Some(cache.to_owned());
    settings
}

fn by_words(files: &[SourceFile]) -> Engine {
    Engine::build(Corpus::load(files).unwrap(), Models::DEFAULT_THRESHOLD).unwrap()
}

/// An engine over `text` that understands, and how many texts had to be encoded for it.
fn understood(text: &str, settings: &Settings) -> (Engine, usize) {
    let mut encoded = 0;
    let engine = by_words(&[file("harbour.txt", text)]);
    let engine = service::with_embeddings(&engine, settings, |stage| {
        if let Stage::Encoding { all, .. } = stage {
            encoded = all;
        }
    });
    (engine.unwrap(), encoded)
}

/// The first passage, whether it is sure enough to be an answer or not.
fn first(engine: &Engine, text: &str) -> String {
    ask(engine, text).passages().first().map(|passage| passage.text().to_owned()).unwrap()
}

/// The one file in the folder of the cache.
fn cached(folder: &TempDir) -> PathBuf {
    let mut paths = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let path = paths.next().unwrap();
    assert_eq!(paths.next(), None, "nothing else is left in the folder");
    path
}

#[test]
fn the_weights_are_the_published_ones() {
    let folder =
        Path::new(crate::support::ROOT).join("src/engine/semantic/encoder/all-minilm-l6-v2");
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), 3);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let hash = Sha256::digest(fs::read(folder.join(name)).unwrap());
        let hash: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash.concat(), sum, "{name}");
    }
}

#[test]
fn the_same_text_has_the_same_vector_bit_by_bit() {
    let encoder = Encoder::load().unwrap();
    let again = Encoder::load().unwrap();
    let long = "The ferry leaves the island at nine in the morning. ".repeat(40);
    for text in ["", "?", "ferry", "When does the ferry leave?", "\u{0}\u{fffd} 🚢 ἀβγ", &long]
    {
        let vector = encoder.encode(text).unwrap();
        let threads: Vec<Embedding> = std::thread::scope(|scope| {
            let spawned: Vec<_> =
                (0..2).map(|_| scope.spawn(|| again.encode(text).unwrap())).collect();
            spawned.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(threads.iter().all(|other| *other == vector), "{text}");
        assert_eq!(Embedding::from_bytes(vector.to_bytes()), vector);
    }
}

#[test]
fn a_text_has_the_same_vector_in_any_company() {
    let encoder = Encoder::load().unwrap();
    let long = "The ferry leaves the island at nine in the morning. ".repeat(40);
    let texts = ["ferry", &long, "", "Tickets are sold aboard.", "ferry", "Who may swim?"];
    let alone: Vec<Embedding> = texts.iter().map(|text| encoder.encode(text).unwrap()).collect();
    assert_eq!(encoder.encode_all(&texts).unwrap(), alone);
    assert_eq!(encoder.encode_all(&[]).unwrap(), []);
}

#[test]
fn a_text_has_the_same_vector_on_any_number_of_threads() {
    let encoder = Encoder::load().unwrap();
    let texts: Vec<String> = (1..40).map(|words| "Nobody may swim here. ".repeat(words)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let alone: Vec<Embedding> = texts.iter().map(|text| encoder.encode(text).unwrap()).collect();
    for threads in [1, 2, 5] {
        let parts = texts.chunks(texts.len().div_ceil(threads));
        let together: Vec<Embedding> = std::thread::scope(|scope| {
            let spawned: Vec<_> =
                parts.map(|part| scope.spawn(|| encoder.encode_all(part).unwrap())).collect();
            spawned.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(together, alone, "{threads}");
    }
}

#[test]
fn any_text_has_a_vector() {
    let encoder = Encoder::load().unwrap();
    let texts = [
        "",
        " ",
        "\u{0}",
        "\u{301}",
        "\u{ad}",
        "\u{fffd}",
        "\u{e000}",
        "\u{10ffff}",
        "中",
        "ﷺ",
        "👩‍👩‍👧",
        "##",
        "[SEP] [MASK]",
        "İıſß",
        "a\u{301}",
        "한국어",
    ];
    for text in texts {
        for text in [text.to_owned(), text.repeat(100_000), format!("{text} ").repeat(1_000)] {
            let vector = encoder.encode(&text).unwrap();
            assert!((vector.cosine(&vector) - 1.0).abs() < 1e-5, "{text:.20}");
        }
    }
}

#[test]
fn what_bert_reads_as_one_has_one_vector() {
    let encoder = Encoder::load().unwrap();
    let same = [
        ("Who spoke for Cuba?", "who   spoke\tfor CUBA ?"),
        ("Diaz-Canel", "Díaz - Canel"),
        ("Diaz-Canel", "Di\u{301}az\u{ad}-Ca\u{200b}nel\u{0}"),
        ("北京", "北 京"),
        ("ferry", "\u{2028}ferry\u{a0}"),
    ];
    for (one, other) in same {
        assert_eq!(encoder.encode(one).unwrap(), encoder.encode(other).unwrap(), "{other}");
    }
    let long = "The ferry leaves the island at nine in the morning. ".repeat(40);
    let longer = format!("{long}Dogs must stay on a lead.");
    assert_eq!(encoder.encode(&long).unwrap(), encoder.encode(&longer).unwrap());
}

#[test]
fn like_meanings_have_like_vectors() {
    let encoder = Encoder::load().unwrap();
    let cosine = |a: &str, b: &str| encoder.encode(a).unwrap().cosine(&encoder.encode(b).unwrap());
    // Of the published model, in f32, by its reference implementation.
    let alike = cosine("That is a happy person", "That is a very happy person");
    assert!((alike - 0.943).abs() < 0.01, "{alike}");
    let apart = cosine("That is a happy person", "Today is a sunny day");
    assert!((apart - 0.257).abs() < 0.01, "{apart}");
}

#[test]
fn a_passage_is_found_in_other_words() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, _) = understood(HARBOUR, &settings(folder.path()));
    assert!(engine.has_embeddings());
    assert_eq!(first(&engine, "Is my puppy allowed to run free?"), "Dogs must stay on a lead.");
    assert_eq!(first(&engine, "departure time of the boat"), "The ferry leaves at nine.");
}

#[test]
fn the_same_question_has_the_same_score() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let (cold, _) = understood(HARBOUR, &settings);
    let (warm, _) = understood(HARBOUR, &settings);
    for question in ["Is my puppy allowed to run free?", "ferry", "How much is a ticket?"] {
        let answers = [&cold, &cold, &warm].map(|engine| ask(engine, question));
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{question}");
    }
}

#[test]
fn vectors_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&folder.path().join("not/yet/there"));
    let (_, cold) = understood(HARBOUR, &settings);
    assert_eq!(cold, 4);
    let (_, warm) = understood(HARBOUR, &settings);
    assert_eq!(warm, 0);
}

#[test]
fn a_changed_sentence_is_encoded_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let (_, cold) = understood(HARBOUR, &settings);
    let (engine, changed) = understood(&HARBOUR.replace("on a lead", "at home"), &settings);
    assert_eq!((cold, changed), (4, 1));
    assert_eq!(first(&engine, "Is my puppy allowed to run free?"), "Dogs must stay at home.");
    cached(&folder);
}

#[test]
fn a_damaged_cache_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let (_, cold) = understood(HARBOUR, &settings);
    let path = cached(&folder);
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    let cut = whole[..whole.len() - 7].to_vec();
    for damaged in [flipped, cut, Vec::new(), b"vectors".to_vec(), [&whole[..], b"x"].concat()] {
        fs::write(&path, damaged).unwrap();
        assert_eq!(understood(HARBOUR, &settings).1, cold);
        assert!(fs::read(&path).unwrap() == whole, "it is mended");
    }
}

#[test]
fn a_cache_of_another_encoder_is_made_again() {
    const HASH: usize = 32;
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let (_, cold) = understood(HARBOUR, &settings);
    let path = cached(&folder);
    let whole = fs::read(&path).unwrap();
    let start = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut foreign = whole[..whole.len() - HASH].to_vec();
    foreign[start..start + HASH].copy_from_slice(&Sha256::digest("another"));
    let sum = Sha256::digest(&foreign);
    fs::write(&path, [&foreign[..], &sum].concat()).unwrap();
    assert_eq!(understood(HARBOUR, &settings).1, cold);
    assert_eq!(understood(HARBOUR, &settings).1, 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_done_without() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    fs::write(&taken, "a file").unwrap();
    let (engine, encoded) = understood(HARBOUR, &settings(&taken));
    assert!(engine.has_embeddings() && encoded > 0);
}

#[test]
fn without_the_encoder_questions_are_answered_by_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(folder.path());
    settings.answer.encoder = false;
    let (engine, encoded) = understood(HARBOUR, &settings);
    assert_eq!(encoded, 0);
    assert!(!engine.has_embeddings());
    let same = by_words(&[file("harbour.txt", HARBOUR)]);
    for question in ["When does the ferry leave?", "Is my puppy allowed to run free?"] {
        assert_eq!(ask(&engine, question), ask(&same, question));
    }
}

#[test]
fn a_service_answers_by_words_until_it_understands() {
    const LONG: Duration = Duration::from_mins(1);
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let engine = by_words(&[file("harbour.txt", HARBOUR)]);
    let service = Arc::new(Service::new(engine, &settings));
    assert!(!service.has_embeddings());
    assert_eq!(first(&service.engine(), "When does the ferry leave?"), "The ferry leaves at nine.");
    let started = Instant::now();
    service.load_embeddings_in_background(&settings);
    while !service.has_embeddings() {
        assert!(started.elapsed() < LONG, "it never understands");
        std::thread::yield_now();
    }
    let asked = "Is my puppy allowed to run free?";
    assert_eq!(first(&service.engine(), asked), "Dogs must stay on a lead.");
}
