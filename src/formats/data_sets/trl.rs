//! TRL's rows: preference, supervised fine-tuning and KTO, with raw scores in further columns.
//!
//! Texts are written as plain strings. They are read as strings or as lists of messages: a prompt
//! of one message is that message, a longer one the turns `\n\nHuman: ..` and `\n\nAssistant: ..`
//! with what a system says before them, left open for the assistant; a completion must be one
//! message of the assistant.

use super::super::stream::object;
use super::stable_alignment::{Number, score};
use serde::{Deserialize, Serialize, Serializer};

/// `{prompt, chosen, rejected}`: of two responses, the better one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preference {
    /// The prompt.
    pub prompt: String,
    /// The better response.
    pub chosen: String,
    /// The worse one.
    pub rejected: String,
    /// Score of the better response, if known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub score_chosen: Option<f32>,
    /// Score of the worse one, if known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub score_rejected: Option<f32>,
}

/// `{prompt, completion}`: a response to imitate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Completion {
    /// The prompt.
    pub prompt: String,
    /// The response.
    pub completion: String,
    /// Its score, if known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub score: Option<f32>,
}

/// `{prompt, completion, label}`: a response that is good or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The prompt.
    pub prompt: String,
    /// The response.
    pub completion: String,
    /// Whether it is good.
    pub label: bool,
    /// Its score, if known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub score: Option<f32>,
}

fn number<S: Serializer>(score: &Option<f32>, serializer: S) -> Result<S::Ok, S::Error> {
    let number = score.map(Number::of::<S::Error>).transpose()?;
    number.serialize(serializer)
}

/// A text, or a conversation that stands for one.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a text must be a string or a list of messages with role and content"
)]
enum Text {
    Plain(String),
    Messages(Vec<Message>),
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

impl Text {
    fn prompt(self) -> Result<String, String> {
        let text = match self {
            Text::Plain(text) => text,
            Text::Messages(messages) => conversation(messages)?,
        };
        words("prompt", &text)?;
        Ok(text)
    }

    fn response(self, key: &str) -> Result<String, String> {
        let text = match self {
            Text::Plain(text) => text,
            Text::Messages(messages) => match <[Message; 1]>::try_from(messages) {
                Ok([message]) if message.role == "assistant" => message.content,
                _ => return Err(format!("`{key}` must be one message of the assistant")),
            },
        };
        words(key, &text)?;
        Ok(text)
    }
}

/// The turns of a conversation as one prompt.
fn conversation(messages: Vec<Message>) -> Result<String, String> {
    let messages = match <[Message; 1]>::try_from(messages) {
        Ok([message]) => return Ok(message.content),
        Err(messages) => messages,
    };
    let mut text = String::new();
    for Message { role, content } in &messages {
        let turn = match role.as_str() {
            "system" => "",
            "user" => "\n\nHuman: ",
            "assistant" => "\n\nAssistant: ",
            _ => return Err(format!("nobody knows a message's role \"{role}\"")),
        };
        text.push_str(turn);
        text.push_str(content);
    }
    if messages.last().is_some_and(|last| last.role != "assistant") {
        text.push_str("\n\nAssistant:");
    }
    Ok(text)
}

/// Refuses a text without a word: there is nothing to learn from.
pub(super) fn words(key: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err(format!("`{key}` has no words"));
    }
    Ok(())
}

impl Preference {
    pub(super) fn parse(row: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Read {
            prompt: Text,
            chosen: Text,
            rejected: Text,
            score_chosen: Option<f64>,
            score_rejected: Option<f64>,
        }
        let read: Read = object(row)?;
        Ok(Self {
            prompt: read.prompt.prompt()?,
            chosen: read.chosen.response("chosen")?,
            rejected: read.rejected.response("rejected")?,
            score_chosen: read.score_chosen.map(score).transpose()?,
            score_rejected: read.score_rejected.map(score).transpose()?,
        })
    }
}

impl Completion {
    pub(super) fn parse(row: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Read {
            prompt: Text,
            completion: Text,
            score: Option<f64>,
        }
        let read: Read = object(row)?;
        Ok(Self {
            prompt: read.prompt.prompt()?,
            completion: read.completion.response("completion")?,
            score: read.score.map(score).transpose()?,
        })
    }
}

impl Judged {
    pub(super) fn parse(row: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Read {
            prompt: Text,
            completion: Text,
            label: bool,
            score: Option<f64>,
        }
        let read: Read = object(row)?;
        Ok(Self {
            prompt: read.prompt.prompt()?,
            completion: read.completion.response("completion")?,
            label: read.label,
            score: read.score.map(score).transpose()?,
        })
    }
}
