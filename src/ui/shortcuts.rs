//! From the keys of a session's commands to egui's.

use egui::{Context, Event, Key, Modifiers, Popup};

use crate::session::{self, Command, Session, Shortcut};

/// Takes the first key that is a command's out of this frame's input, before any field sees it.
///
/// What was typed before it still belongs to this frame, and the command comes after that. What was typed behind it
/// is held back for the next frame: the command may have moved the focus by then.
pub(super) fn take(ctx: &Context, session: &Session, held_back: &mut Vec<Event>) -> Option<Command> {
    let popup_open = Popup::is_any_open(ctx);
    let command = |event: &Event| {
        let command = Command::LISTED.iter().find(|command| is_pressed(event, command))?;
        let closes_popup = popup_open && *command == Command::DismissNotice;
        (session.can(command) && !closes_popup).then(|| command.clone())
    };
    ctx.input_mut(|input| {
        let (at, command) = input.events.iter().enumerate().find_map(|(at, event)| Some((at, command(event)?)))?;
        input.events.remove(at);
        hold_back_from(at, &mut input.events, held_back);
        Some(command)
    })
}

/// Holds back what was typed behind the first key that may answer a question or go on to another field.
pub(super) fn hold_back_behind_answer(ctx: &Context, held_back: &mut Vec<Event>) {
    let answers = |event: &Event| {
        matches!(event, Event::Key { key: Key::Enter | Key::Escape | Key::Space | Key::Tab, pressed: true, .. })
    };
    ctx.input_mut(|input| {
        if let Some(at) = input.events.iter().position(answers) {
            hold_back_from(at + 1, &mut input.events, held_back);
        }
    });
}

/// Holds back everything that was typed.
pub(super) fn hold_back_all(ctx: &Context, held_back: &mut Vec<Event>) {
    ctx.input_mut(|input| hold_back_from(0, &mut input.events, held_back));
}

fn hold_back_from(at: usize, events: &mut Vec<Event>, held_back: &mut Vec<Event>) {
    let (typed, pointed): (Vec<_>, Vec<_>) = events.split_off(at).into_iter().partition(is_typed);
    events.extend(pointed);
    *held_back = typed;
}

/// Puts what was held back in front of this frame's input.
pub(super) fn go_on(ctx: &Context, held_back: &mut Vec<Event>) {
    ctx.input_mut(|input| drop(input.events.splice(0..0, held_back.drain(..))));
}

fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Copy | Event::Ime(_))
}

fn is_pressed(event: &Event, command: &Command) -> bool {
    let Event::Key { key, pressed: true, modifiers: held, .. } = event else { return false };
    command.shortcut().into_iter().chain(command.other_shortcut()).any(|shortcut| answers(shortcut, *key, *held))
}

fn answers(shortcut: Shortcut, key: Key, held: Modifiers) -> bool {
    // Where a sign like + is on the keyboard, Shift may be needed to type it.
    let sign = matches!(shortcut.key, session::Key::Char(key) if !key.is_alphanumeric());
    let modifiers = modifiers(shortcut);
    let matches = if sign { held.matches_logically(modifiers) } else { held.matches_exact(modifiers) };
    matches && keys(shortcut.key).contains(&key)
}

fn modifiers(shortcut: Shortcut) -> Modifiers {
    let mut modifiers = Modifiers::NONE;
    if shortcut.ctrl {
        modifiers = modifiers.plus(Modifiers::COMMAND);
    }
    if shortcut.shift {
        modifiers = modifiers.plus(Modifiers::SHIFT);
    }
    if shortcut.alt {
        modifiers = modifiers.plus(Modifiers::ALT);
    }
    modifiers
}

/// The keys of egui that answer to a key of ours.
fn keys(key: session::Key) -> &'static [Key] {
    const LETTERS: [Key; 26] = [
        Key::A,
        Key::B,
        Key::C,
        Key::D,
        Key::E,
        Key::F,
        Key::G,
        Key::H,
        Key::I,
        Key::J,
        Key::K,
        Key::L,
        Key::M,
        Key::N,
        Key::O,
        Key::P,
        Key::Q,
        Key::R,
        Key::S,
        Key::T,
        Key::U,
        Key::V,
        Key::W,
        Key::X,
        Key::Y,
        Key::Z,
    ];
    const DIGITS: [Key; 10] =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    const FUNCTIONS: [Key; 12] =
        [Key::F1, Key::F2, Key::F3, Key::F4, Key::F5, Key::F6, Key::F7, Key::F8, Key::F9, Key::F10, Key::F11, Key::F12];
    let nth = |keys: &'static [Key], at: usize| keys.get(at..=at).unwrap_or(&[]);
    match key {
        session::Key::Char(letter @ 'A'..='Z') => nth(&LETTERS, letter as usize - 'A' as usize),
        session::Key::Char(digit @ '0'..='9') => nth(&DIGITS, digit as usize - '0' as usize),
        session::Key::Char('+') => &[Key::Plus, Key::Equals],
        session::Key::Char('-') => &[Key::Minus],
        session::Key::Char(_) => &[],
        session::Key::Enter => &[Key::Enter],
        session::Key::Escape => &[Key::Escape],
        session::Key::Home => &[Key::Home],
        session::Key::End => &[Key::End],
        session::Key::Up => &[Key::ArrowUp],
        session::Key::Down => &[Key::ArrowDown],
        session::Key::Function(number) => nth(&FUNCTIONS, usize::from(number).wrapping_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_has_a_key_of_the_keyboard() {
        for command in Command::LISTED {
            if let Some(shortcut) = command.shortcut() {
                assert!(!keys(shortcut.key).is_empty(), "{command:?}");
            }
        }
    }
}
