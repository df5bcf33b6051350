//! `/privacy`: what is true of this version. Its text changes together with what is kept.

use super::reply::Reply;
use super::scene::Scene;
use super::texts::Text;

/// What is kept, for one person.
pub(super) fn privacy(scene: &Scene<'_>) -> Reply {
    scene.note(Text::Privacy)
}
