//! temporary: dumps candidate features
use std::io::Write;
use summit_bot::{answer::*, evaluation, knowledge::*, search::*};
fn main() {
    let weights = Weights::parse(&std::fs::read_to_string("src/search/ranking.toml").unwrap()).unwrap();
    let arg = std::env::args().nth(1).unwrap();
    let out_dir = std::env::args().nth(2);
    let sets: Vec<&str> = if arg == "all" { vec!["dev","squad2","newwiki","qamr_wikinews","qmsum_committee"] } else { arg.split(',').collect() };
    for set in sets {
        let base = std::path::PathBuf::from("../shared/gold");
        let (qfile, dir) = if set == "dev" { (base.join("dev.jsonl"), "knowledge".into()) } else { (base.join("crowd").join(set).join("questions.jsonl"), base.join("crowd").join(set).join("articles")) };
        let text = std::fs::read_to_string(&qfile).unwrap();
        let qs = evaluation::read(&text, |n| std::fs::read_to_string(dir.join(format!("{n}.txt"))).ok()).unwrap();
        let mut engines = std::collections::HashMap::new();
        let mut out = out_dir.as_ref().map(|d| std::io::BufWriter::new(std::fs::File::create(format!("{d}/{set}.jsonl")).unwrap()));
        let (mut n, mut h1, mut h3, mut sent1, mut words, mut micros) = (0,0,0,0,0usize,vec![]);
        let mut kinds: std::collections::BTreeMap<String,(usize,usize,usize)> = Default::default();
        for q in &qs {
            let key = q.article.clone().unwrap_or_default();
            let engine = engines.entry(key.clone()).or_insert_with(|| {
                let files: Vec<SourceFile> = if key.is_empty() { std::fs::read_dir("knowledge").unwrap().map(|e| e.unwrap().path()).map(|p| SourceFile{name: p.to_str().unwrap().into(), bytes: std::fs::read(p).unwrap()}).collect() } else { let p = dir.join(format!("{key}.txt")); vec![SourceFile{name:p.to_str().unwrap().into(), bytes: std::fs::read(&p).unwrap()}] };
                Engine::new(Corpus::load(&files).unwrap_or_else(|e| panic!("{e}")), weights).unwrap()
            });
            let t = std::time::Instant::now();
            let a = engine.ask(&q.text).unwrap();
            micros.push(t.elapsed().as_micros() as u64);
            if q.is_answerable {
                n += 1;
                let hit = a.excerpts.iter().position(|e| q.is_answered_by(e));
                let k = kinds.entry(q.kind.clone()).or_default();
                k.0 += 1;
                if hit == Some(0) { h1 += 1; k.1 += 1 }
                if hit.is_some_and(|h| h < 3) { h3 += 1; k.2 += 1 }
                if let Some(c) = a.candidates.first() { if q.is_answered_by(&Excerpt::slice(&engine.corpus, c.sentence, c.sentence).unwrap()) { sent1 += 1 } }
                if let Some(e) = a.excerpts.first() { words += e.text().split_whitespace().count() }
                if set == "dev" && hit != Some(0) && std::env::args().nth(3).is_some() {
                    println!("-- {} [{}] {} hit={:?}", q.id, q.kind, q.text.chars().take(150).collect::<String>(), hit);
                    for c in &a.query.concepts { print!(" {}({:.1}{})", c.label, c.weight, if c.is_known() {""} else {"?"}) } println!();
                    for e in a.excerpts.iter().take(2) { println!("   > {} {}", e.place(), e.text().chars().take(140).collect::<String>()) }
                }
            }
            if let Some(out) = &mut out {
                let cands: Vec<_> = a.candidates.iter().map(|c| { let e = Excerpt::slice(&engine.corpus, c.sentence, c.sentence).unwrap(); serde_json::json!({"f": c.features.values(), "y": q.is_answered_by(&e)}) }).take(150).collect();
                writeln!(out, "{}", serde_json::json!({"id": q.id, "kind": q.kind, "a": q.is_answerable, "art": key, "c": cands, "u": a.query.concepts.iter().map(|c| (c.weight, c.is_known(), format!("{:?}", c.kind))).collect::<Vec<_>>() })).unwrap();
            }
        }
        micros.sort();
        println!("{set}: n={n} sent@1={:.3} hit@1={:.3} hit@3={:.3} words={:.1} p50={} p99={}", sent1 as f64/n as f64, h1 as f64/n as f64, h3 as f64/n as f64, words as f64/n as f64, micros[micros.len()/2], micros[micros.len()*99/100]);
        if set == "dev" { for (k,v) in kinds { print!("{k}:{}/{}/{} ", v.1,v.2,v.0) } println!() }
    }
}
