//! From the keys of a session's commands to egui's.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use crate::session::{self, Command, Shortcut};

/// Takes the keys of commands out of this frame's input, before any field sees them.
pub(super) fn take(ctx: &Context, commands: &mut Vec<Command>) {
    // With Shift first: Ctrl+S must not answer to Ctrl+Shift+S.
    let mut listed: Vec<(Shortcut, &Command)> =
        Command::LISTED.iter().filter_map(|command| Some((command.shortcut()?, command))).collect();
    listed.sort_by_key(|(shortcut, _)| !shortcut.shift);
    ctx.input_mut(|input| {
        for (shortcut, command) in listed {
            for key in keys(shortcut.key) {
                if input.consume_shortcut(&KeyboardShortcut::new(modifiers(shortcut), *key)) {
                    commands.push(command.clone());
                }
            }
        }
    });
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
