//! e
use crate::knowledge::Corpus;
use crate::search::*;
use super::excerpt::Excerpt;
use super::window;
pub struct Engine { pub corpus: Corpus, pub search: Search }
pub struct Answer { pub query: Query, pub candidates: Vec<Candidate>, pub excerpts: Vec<Excerpt> }
impl Engine {
    pub fn new(corpus: Corpus, weights: Weights) -> Result<Self, IndexError> {
        let search = Search::build(&corpus, weights, |_| {})?;
        Ok(Self { corpus, search })
    }
    pub fn ask(&self, q: &str) -> Result<Answer, IndexError> {
        let query = self.search.analyze(q)?;
        let candidates = self.search.rank(&self.corpus, &query, |_| 0.0)?;
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for position in 0..candidates.len() {
            if excerpts.len() == 5 { break; }
            let id = candidates[position].sentence;
            if excerpts.iter().any(|e| { let (a, b) = e.sentences(); a <= id && id <= b }) { continue; }
            if let Some(e) = window::excerpt(&self.corpus, &candidates, position) { 
                excerpts.push(e);
            }
        }
        Ok(Answer { query, candidates, excerpts })
    }
}
