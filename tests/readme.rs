//! The README shows what the program really prints, and its links lead somewhere.

use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_screen_in_the_readme_is_what_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let screen = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_treatylint"))
        .current_dir(root())
        .args(["--format", "plain", "examples/hostile-activity.tdl"])
        .output()
        .unwrap();
    let shown = String::from_utf8(out.stdout).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join("README.md"), readme.replacen(screen, &shown, 1)).unwrap();
        return;
    }
    assert_eq!(screen.trim_end(), shown.trim_end());
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let mut names = vec!["README.md".to_owned(), "CONTRIBUTING.md".into(), "CHANGELOG.md".into(), "grammar/README.md".into()];
    names.extend(["editors/README.md".to_owned(), "editors/vim/README.md".into(), "examples/policy-repository/README.md".into()]);
    for folder in ["docs", "docs/ci", "docs/editors"] {
        let files = std::fs::read_dir(root().join(folder)).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        names.extend(files.filter(|file| file.ends_with(".md")).map(|file| format!("{folder}/{file}")));
    }
    for name in &names {
        let path = root().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            assert!(path.parent().unwrap().join(target).exists(), "{name}: {link} leads nowhere");
        }
    }
}

/// What the documents name in code marks as a path of the project is there.
#[test]
fn files_that_the_documents_name_exist() {
    for name in ["docs/architecture.md", "grammar/README.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = (word.starts_with("src/") || word.starts_with("tests/") || word.starts_with("grammar/"))
                && !word.contains(['<', '*', ' ', '{']);
            assert!(!is_path || root().join(word.trim_end_matches('/')).exists(), "{name} names {word}");
        }
    }
}
