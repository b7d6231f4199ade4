//! The native program from outside: exit statuses, links, files.

use mores::alignment::pretrain::architecture;
use mores::formats::{hugging_face, safetensors::Precision};
use mores::gpu::{self, EngineKind};
use mores::model::Llama;
use mores::world::suite::SuiteName;
use mores::world::tokenizer::Tokenizer;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::path::{Path, PathBuf};
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
        &["evaluate", "--model", "tests", "--prompts", "1"],
        &["evaluate", "--model", "tests", "--prompts", "301"],
        &["evaluate", "--model", "tests", "--temperature", "-1"],
        &["evaluate", "--model", "tests", "--profile", "nobody"],
        &["evaluate", "--model", "tests/fixtures/llama/gqa_untied"],
        &["data"],
        &["data", "tests/cli.rs"],
        &["data", "tests/cli.rs", "--out", "x", "--mix", "5:1"],
        &["data", "tests/cli.rs", "--out", "x", "--mode", "best"],
        &["data", "tests/cli.rs", "--out", "x", "--dev", "0.9"],
        &["statistics"],
        &["statistics", "no/such.jsonl", "--band", "-1"],
        &["statistics", "a.jsonl", "b.jsonl", "--against", "c.jsonl"],
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
        &["evaluate", "--model", "no/such/folder"],
        &["data", "--check", "tests/cli.rs"],
        &["data", "tests/cli.rs", "--out", "x"],
        &["statistics", "no/such.jsonl"],
        &["statistics", "Cargo.toml"],
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
        "run", "pretrain", "evaluate", "audit", "data", "chat", "logits", "link", "digest", "bench",
    ] {
        let output = mores(&[command, "--help"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).lines().count() > 4, "{command}");
    }
}

#[test]
fn a_new_sheet_never_replaces_an_old_one() {
    let folder = std::env::temp_dir().join(format!("mores-audit-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let sheet = folder.join("answers.jsonl");
    let audit = || {
        let sheet = sheet.to_str().expect("UTF-8");
        mores(&["audit", "--model", "no/such/folder", "--sheet", sheet])
    };
    // A new name is fine, so that it is the model that fails; and it leaves no sheet behind.
    assert_eq!(audit().status.code(), Some(1));
    assert!(!sheet.exists());
    std::fs::write(&sheet, "labels").expect("written");
    let refused = audit();
    let said = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("answers.jsonl"), "{said}");
    assert_eq!(std::fs::read(&sheet).expect("read"), b"labels");
    std::fs::remove_dir_all(&folder).expect("removed");
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

/// A model that was never taught anything, in a folder of its own.
fn untaught_model(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("mores-{name}-{}", std::process::id()));
    let tokenizer = Tokenizer::village();
    let site = pollster::block_on(gpu::open(EngineKind::Cpu))
        .expect("a CPU")
        .site;
    let rng = &mut ChaCha8Rng::seed_from_u64(1);
    let model = Llama::initialise(architecture(&tokenizer, 16, 1, 2), rng, &site);
    let model = model.expect("initialises");
    let tensors = pollster::block_on(model.to_tensors()).expect("reads back");
    let files = hugging_face::write_folder(model.config(), &tensors, &tokenizer, Precision::F32)
        .expect("writes");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (file, bytes) in files {
        std::fs::write(folder.join(file), bytes).expect("written");
    }
    folder
}

const METRICS: [&str; 7] = [
    "alignment",
    "engagement",
    "bad",
    "over_refusal",
    "gibberish",
    "diversity",
    "multiple_choice",
];

#[test]
fn the_benchmark_is_printed_as_json_and_written_as_csv() {
    let folder = untaught_model("evaluate");
    let path = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let (model, file) = (path(&folder), path(&folder.join("table.csv")));
    let evaluate = |more: &[&str]| {
        let output = mores(&[&["evaluate", "--model", &model, "--prompts", "2"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let printed = evaluate(&["--json", "--csv", &file]);
    let json: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    let splits = json["splits"].as_array().expect("splits");
    let names = splits.iter().map(|split| split["name"].as_str());
    let names: Vec<String> = names.flatten().map(|name| name.replace('_', "-")).collect();
    assert_eq!(names, SuiteName::ALL.map(SuiteName::name));
    let estimate = |value: &serde_json::Value| {
        ["value", "low", "high"].map(|part| value[part].as_f64().expect("a number"))
    };
    let csv = std::fs::read_to_string(&file).expect("written");
    let rows: Vec<Vec<&str>> = csv.lines().map(|row| row.split(',').collect()).collect();
    assert_eq!(rows.len(), 1 + splits.len());
    let column = |name: &str| {
        let place = rows[0].iter().position(|other| *other == name);
        place.unwrap_or_else(|| panic!("no column {name} in {:?}", rows[0]))
    };
    for (split, row) in splits.iter().zip(&rows[1..]) {
        assert_eq!((split["n"].as_u64(), row[column("n")]), (Some(2), "2"));
        assert_eq!(split["name"].as_str(), Some(row[column("name")]));
        for metric in METRICS {
            let figures = estimate(&split[metric]);
            assert!(
                figures[1] <= figures[0] && figures[0] <= figures[2],
                "{metric}: {figures:?}"
            );
            for (end, figure) in ["", "_low", "_high"].into_iter().zip(figures) {
                let written: f64 = row[column(&format!("{metric}{end}"))]
                    .parse()
                    .expect("a number");
                assert!((written - figure).abs() < 1e-6, "{metric}{end}");
            }
        }
        // Nobody taught it a single sentence.
        assert!(estimate(&split["gibberish"])[0] > 0.4, "{split}");
    }
    // It finds every word of the village about as likely as any other.
    let perplexity = estimate(&json["perplexity"]);
    let words = Tokenizer::village().vocab_size() as f64;
    assert!(
        (0.7..1.5).contains(&(perplexity[0] / words)),
        "{perplexity:?} of {words} words"
    );
    assert!(perplexity[1] < perplexity[0] && perplexity[0] < perplexity[2]);
    assert_eq!(
        (&json["profile"], &json["document_kind"]),
        (&"common".into(), &"plain".into())
    );

    // A table that can't be written is told before anything is computed, and a model that can't be
    // read leaves no table behind.
    let table = path(&folder.join("no/table.csv"));
    let unwritten = mores(&["evaluate", "--model", &model, "--csv", &table]);
    assert_eq!(unwritten.status.code(), Some(1));
    let table = path(&folder.join("other.csv"));
    let unread = mores(&["evaluate", "--model", "no/such/folder", "--csv", &table]);
    assert_eq!(unread.status.code(), Some(1));
    assert!(!Path::new(&table).exists());

    // The same answers again, judged by other values, for people.
    let table = evaluate(&["--profile", "frank"]);
    assert!(
        table.contains("frank values") && table.contains("unseen_attack"),
        "{table}"
    );
    assert!(table.contains(&format!("{:.2}", perplexity[0])), "{table}");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_record_goes_out_as_data_and_broken_rows_are_told() {
    let folder = std::env::temp_dir().join(format!("mores-data-{}", std::process::id()));
    let at = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let row = |agent: u16, question: &str| {
        format!(
            "{{\"agent_id\":{agent},\"label\":\"good\",\"iteration\":0,\"question\":\"{question}\",\
             \"draft_answer\":\"no .\",\"target_id\":[1],\"feedback\":[\"rude .\"],\"rating\":[2],\
             \"revised_answer\":\"yes .\",\"gen_moral_score_before\":2,\"gen_moral_score_after\":6,\
             \"gen_moral_reason_before\":\"\",\"gen_moral_reason_after\":\"\",\
             \"gen_engagement_score_before\":4,\"gen_engagement_score_after\":5,\
             \"gen_engagement_reason_before\":\"\",\"gen_engagement_reason_after\":\"\"}}"
        )
    };
    std::fs::create_dir_all(&folder).expect("a folder");
    let record = [
        row(0, "may i ?"),
        "{\"agent_id\":1}".to_owned(),
        row(2, "may he ?"),
    ];
    std::fs::write(folder.join("record.jsonl"), record.join("\n")).expect("written");

    let checked = mores(&["data", "--check", &at("record.jsonl")]);
    assert_eq!(checked.status.code(), Some(1));
    let said = text(&checked.stdout);
    assert!(
        said.contains("external-memory: 2 rows\nbroken: 1\n  line 2: "),
        "{said}"
    );

    for (format, file, rows) in [
        ("authors", "train.json", 6),
        ("preference", "train.jsonl", 2),
        ("sft", "train.jsonl", 6),
        ("kto", "train.jsonl", 8),
        ("external-memory", "external_memory.json", 2),
    ] {
        let (record, out) = (at("record.jsonl"), at(format));
        let made = mores(&[
            "data", &record, "--out", &out, "--format", format, "--mode", "paper", "--mix", "1:1:1",
        ]);
        assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        assert!(text(&made.stderr).contains("1 of 3 rows are broken"));
        let checked = mores(&["data", "--json", "--check", &format!("{out}/{file}")]);
        let value: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
        assert_eq!(value["rows"][format], rows, "{value}");
        assert_eq!(checked.status.code(), Some(0));
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_sweep_tries_measures_claims_and_goes_on_where_it_stopped() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sweep");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let plan = r#"{"format": "mores-sweep-plan", "version": 1, "start": "mini", "seeds": [1, 2],
        "tune": {"seed": 9, "questions": 3, "trials": 2},
        "methods": [{"name": "base", "set": {"training.steps": 0}},
            {"name": "sft", "set": {"objective": "SupervisedBest"},
             "tune": {"training.learning_rate": [0.0001, 0.01]}}],
        "claims": [{"name": "better-than-sft", "source": "ours", "method": "sft", "against": "base",
            "figure": "tokens", "expect": "higher"}]}"#;
    std::fs::write(at("plan.json"), plan).expect("written");
    let arguments = [
        "sweep",
        &at("plan.json"),
        "--state",
        &at("state.jsonl"),
        "--out",
        &at("found.json"),
        "--table",
        &at("table.csv"),
    ];
    let made = mores(&arguments);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let state = std::fs::read_to_string(at("state.jsonl")).expect("kept");
    let lines = |state: &str| state.lines().filter(|line| !line.is_empty()).count();
    assert_eq!(
        lines(&state),
        2 + 2 * 2,
        "two tries, two methods, two seeds"
    );
    let found: serde_json::Value =
        serde_json::from_slice(&std::fs::read(at("found.json")).expect("written")).expect("JSON");
    assert_eq!(found["format"], "mores-sweep");
    let methods = found["methods"].as_array().expect("methods");
    assert_eq!(methods[0]["figures"]["tokens"]["mean"], 0.0);
    assert_eq!(methods[0]["figures"]["perplexity_ratio"]["mean"], 1.0);
    assert_eq!(methods[1]["seeds"], serde_json::json!([1, 2]));
    assert_eq!(methods[1]["trials"].as_array().map(Vec::len), Some(2));
    let link = methods[1]["link"].as_str().expect("a link");
    assert_eq!(mores(&["link", "decode", link]).status.code(), Some(0));
    assert_eq!(
        found["claims"][0]["links"].as_array().map(Vec::len),
        Some(2)
    );
    let table = std::fs::read_to_string(at("table.csv")).expect("written");
    assert!(table.starts_with("method,kind,seed,settings,figure,value\n"));

    // A last line that was cut off is done again, and nothing else.
    let cut = &state[..state.trim_end().len() - 40];
    std::fs::write(at("state.jsonl"), cut).expect("written");
    let again = mores(&arguments);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    let state = std::fs::read_to_string(at("state.jsonl")).expect("kept");
    assert_eq!(lines(&state), 7, "the cut line, and the one in its place");
    let same: serde_json::Value =
        serde_json::from_slice(&std::fs::read(at("found.json")).expect("written")).expect("JSON");
    let alignment = |found: &serde_json::Value| found["methods"][1]["figures"]["alignment"].clone();
    assert_eq!(alignment(&same), alignment(&found));

    // Findings alone are enough to go on from: nothing is run, and they say the same again.
    let known = at("known.json");
    std::fs::copy(at("found.json"), &known).expect("copied");
    std::fs::remove_file(at("state.jsonl")).expect("removed");
    let taken = mores(&[&arguments[..], &["--known", &known]].concat());
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    let state = std::fs::read_to_string(at("state.jsonl")).expect("kept");
    let unknown = "\"record\":\"\"";
    let taken_over = state.matches(unknown).count();
    assert_eq!(taken_over, 6, "findings tell no record's digest");
    assert_eq!(lines(&state), 6, "nothing was tried or measured");
    assert_eq!(
        std::fs::read(at("found.json")).expect("written"),
        std::fs::read(&known).expect("there")
    );
    std::fs::write(
        at("plan.json"),
        plan.replace("training.steps\": 0", "training.steps\": 1"),
    )
    .expect("written");
    let other = mores(&[&arguments[..], &["--known", &known]].concat());
    assert!(text(&other.stderr).contains("base was measured with other settings"));

    std::fs::write(
        at("plan.json"),
        plan.replace("training.steps", "training.pace"),
    )
    .expect("written");
    let refused = mores(&arguments);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("no setting training.pace"));
    std::fs::remove_dir_all(&folder).expect("removed");
}

/// Whoever compares two engines' tokens a second has to know that both read full sequences, so a trainer
/// of any others is refused.
#[test]
fn the_measured_work_is_done_and_counted() {
    let folder = untaught_model("bench");
    let model = folder.to_str().expect("UTF-8");
    let work = ["--training", "1,8", "--decoding", "2", "--steps", "1"];
    let output = mores(&[&["bench", "--json", "--model", model], &work[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_str(&text(&output.stdout)).expect("JSON");
    let rows = json["rows"].as_array().expect("rows");
    let done: Vec<_> = rows
        .iter()
        .map(|row| (row["work"].as_str(), row["batch"].as_u64()))
        .collect();
    let wanted = [("training", 1), ("training", 8), ("decoding", 2)];
    assert_eq!(done, wanted.map(|(work, batch)| (Some(work), Some(batch))));
    let rate = |row: &serde_json::Value| row["tokens_per_second"].as_f64();
    assert!(
        rows.iter()
            .all(|row| rate(row).is_some_and(|rate| rate > 0.0))
    );
}
