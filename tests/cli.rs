//! The native program from outside: exit statuses, links, files.

use std::process::{Command, Output};

fn mores(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mores"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn links_go_both_ways() {
    let link = mores(&["link", "encode"]);
    assert_eq!(link.status.code(), Some(0));
    let link = text(&link.stdout).trim().to_owned();
    assert!(link.starts_with("#v1."), "{link}");
    let file = mores(&["link", "decode", &link]);
    let value: serde_json::Value = serde_json::from_slice(&file.stdout).expect("JSON");
    assert_eq!(value["format"], "mores-run");
    assert_eq!(value["config"]["society"]["size"], 6);
    let folder = std::env::temp_dir().join(format!("mores-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("run.json");
    std::fs::write(&path, &file.stdout).expect("written");
    let again = mores(&["link", "encode", path.to_str().expect("UTF-8")]);
    assert_eq!(text(&again.stdout).trim(), link);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn usage_errors_end_with_2_and_failures_with_1() {
    for arguments in [
        &["link", "decode", "#v1.@@"][..],
        &["link", "decode", "#v9.AAAA"],
        &["run", "no-such-thing"],
        &[
            "logits",
            "--model",
            "tests/fixtures/llama/gqa_untied",
            "--tokens",
            "1,99999",
        ],
        &["evaluate"],
        &["dance"],
    ] {
        let output = mores(arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
        assert!(
            !output.stderr.is_empty() && output.stdout.is_empty(),
            "{arguments:?}"
        );
    }
    for arguments in [
        &["digest", "no/such/file"][..],
        &["logits", "--model", "tests", "--tokens", "1"],
        &["run", "mini", "--models", "no/such/folder"],
    ] {
        let output = mores(arguments);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn help_explains_every_command() {
    for command in [
        "run", "pretrain", "evaluate", "chat", "logits", "link", "digest", "bench",
    ] {
        let output = mores(&[command, "--help"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).lines().count() > 4, "{command}");
    }
}

#[test]
fn logits_are_one_row_a_position() {
    let output = mores(&[
        "logits",
        "--model",
        "tests/fixtures/llama/gqa_untied",
        "--tokens",
        "1,5,9",
    ]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let rows = value["logits"].as_array().expect("rows");
    assert_eq!(rows.len(), 3);
    assert!(
        rows.iter()
            .all(|row| row.as_array().is_some_and(|row| row.len() == 97))
    );
}

#[test]
fn a_run_writes_its_files_and_a_second_one_writes_the_same() {
    let base = std::env::temp_dir().join(format!("mores-run-{}", std::process::id()));
    let folders = [base.join("a"), base.join("b")];
    for folder in &folders {
        let output = mores(&["run", "mini", "--out", folder.to_str().expect("UTF-8")]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(
            output.stderr.is_empty(),
            "progress is for terminals only: {}",
            text(&output.stderr)
        );
    }
    for name in [
        "run.json",
        "record.jsonl",
        "metrics.csv",
        "model/model.safetensors",
        "model/tokenizer.json",
    ] {
        let [one, other] = folders
            .each_ref()
            .map(|folder| std::fs::read(folder.join(name)).expect(name));
        assert!(
            !one.is_empty() && one == other,
            "{name} differs between two runs"
        );
    }
    let run: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folders[0].join("run.json")).expect("read"))
            .expect("JSON");
    for (path, key) in [
        ("record.jsonl", "record_digest"),
        ("model", "weights_digest"),
    ] {
        let digest = mores(&["digest", folders[0].join(path).to_str().expect("UTF-8")]);
        assert_eq!(
            text(&digest.stdout).trim(),
            run[key].as_str().expect(key),
            "{path}"
        );
    }
    std::fs::remove_dir_all(&base).expect("removed");
}
