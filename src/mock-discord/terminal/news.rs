//! The words and deeds of the bot since someone last looked. It waits for nothing.

use serde_json::Value;

use super::super::Id;
use super::super::world::{Call, FirstResponse, Target, Violation, World};
use super::control::Controls;
use super::draw::{self, Look, Viewer};
use super::form::Form;
use super::text::{FAINT, FAULT, Line, PLAIN, STRONG};

/// How much of the world's record has been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct News {
    /// The first call of the record of the line that is being answered.
    begun: usize,
    calls: usize,
    violations: usize,
    pings: usize,
}

impl News {
    /// Nothing that happened before counts.
    pub(super) fn from_now(world: &World) -> Self {
        let calls = world.calls.len();
        Self { begun: calls, calls, violations: world.violations.len(), pings: world.pings.len() }
    }

    /// A new line begins.
    pub(super) fn begin(&mut self, world: &World) {
        self.begun = world.calls.len();
    }

    /// Returns whether the bot has tried to say something since the line began.
    pub(super) fn has_spoken(&self, world: &World) -> bool {
        let mut new = world.calls.iter().skip(self.begun);
        new.any(|call| call.is_response() || call.status >= 400)
    }

    /// Returns whether Discord has refused what the bot said to an interaction.
    pub(super) fn is_refused(world: &World, interaction: Id) -> bool {
        let mut calls = world.calls.iter().rev();
        calls.any(|call| call.interaction == Some(interaction) && call.status >= 400)
    }

    /// Returns whether no request is being answered.
    pub(super) fn is_idle(world: &World) -> bool {
        world.calls.iter().rev().take(8).all(|call| call.status != 0)
    }

    /// Returns the form that the bot has opened for a person since someone last looked.
    pub(super) fn form(&self, world: &World, user: Id) -> Option<Form> {
        let mut calls = world.calls.get(self.calls..).unwrap_or_default().iter().rev();
        calls.find_map(|call| {
            let asked = world.interactions.get(&call.interaction?)?;
            let is_first = call.route.ends_with("/callback") && call.is_response();
            match &asked.response {
                Some(FirstResponse::Modal(data)) if is_first && asked.user == user => {
                    Some(Form::new(asked.id, data))
                }
                _ => None,
            }
        })
    }

    /// Draws what is new: messages, notifications, and rules that were broken.
    pub(super) fn draw(
        &mut self,
        world: &World,
        viewer: Viewer,
        controls: &mut Controls,
        look: Look,
    ) -> Vec<Line> {
        let calls = world.calls.get(self.calls..).unwrap_or_default();
        let mut lines = Vec::new();
        for id in messages(calls) {
            if let Some(message) = world.messages.get(&id) {
                lines.extend(draw::message(world, message, viewer, controls, look));
            }
        }
        for ping in world.pings.iter().skip(self.pings) {
            lines.push(Line::new(FAINT, format!("  (notifies {})", target(world, ping.target))));
        }
        for violation in world.violations.iter().skip(self.violations) {
            let line = Line::new(FAULT, format!("Discord refuses {}", refused(world, violation)));
            lines.extend(line.wrapped(&Line::new(FAULT, "! "), look.width));
        }
        *self = Self { begun: self.begun, ..Self::from_now(world) };
        lines
    }

    /// Returns the requests since the line began, with bodies and answers.
    pub(super) fn raw(self, world: &World) -> Vec<Line> {
        let calls = world.calls.get(self.begun..).unwrap_or_default();
        let mut lines: Vec<Line> = calls.iter().flat_map(raw_call).collect();
        if lines.is_empty() {
            lines.push(Line::new(FAINT, "(nothing went over the wire)"));
        }
        lines
    }
}

/// Returns a broken rule in words, without the ids of the request.
fn refused(world: &World, violation: &Violation) -> String {
    let is_it = |call: &&Call| violation.at == format!("{} {}", call.method, call.path);
    let route = world.calls.iter().rev().find(is_it).map(|call| call.route);
    format!("{}: {}", route.unwrap_or(&violation.at), violation.what)
}

/// Returns the messages that calls made, changed or deleted, each once, in order.
fn messages(calls: &[Call]) -> Vec<Id> {
    let mut found = Vec::new();
    for call in calls.iter().filter(|call| call.is_response()) {
        // Type 6 only says that something will come.
        let is_silent = call.body.get("type").and_then(Value::as_u64) == Some(6);
        if let Some(id) = call.message.filter(|id| !is_silent && !found.contains(id)) {
            found.push(id);
        }
    }
    found
}

fn target(world: &World, target: Target) -> String {
    match target {
        Target::Everyone => "everyone".to_owned(),
        Target::Here => "everyone who is here".to_owned(),
        Target::Role(_) => "a role".to_owned(),
        Target::User(id) => draw::user_name(world, id),
    }
}

fn raw_call(call: &Call) -> Vec<Line> {
    let head = format!("{} {} → {}", call.method, call.path, call.status);
    let mut lines = vec![Line::new(STRONG, head)];
    for (mark, json) in [("  ", Some(&call.body)), ("  ← ", call.answer.as_ref())] {
        let Some(json) = json.filter(|json| !json.is_null()) else { continue };
        let text = serde_json::to_string_pretty(json).unwrap_or_default();
        let indented = text.lines().enumerate().map(|(index, line)| {
            let margin =
                if index == 0 { mark.to_owned() } else { " ".repeat(mark.chars().count()) };
            Line::new(FAINT, margin).then(PLAIN, line)
        });
        lines.extend(indented);
    }
    lines
}
