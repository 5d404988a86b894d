//! Every icon that the code names is drawn in the file it is looked for in.

use std::{error::Error, fs, path::Path};

#[test]
fn every_icon_that_is_named_is_drawn() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let first = fs::read_to_string(root.join("site/icons.svg"))?;
    let more = fs::read_to_string(root.join("site/icons-more.svg"))?;
    let mut named = Vec::new();
    collect(&root.join("src"), &mut named)?;
    assert!(named.len() > 30, "only {named:?}");
    for name in named {
        let file = if name.starts_with("x-") { &more } else { &first };
        assert!(file.contains(&format!("id=\"{name}\"")), "no icon {name}");
    }
    Ok(())
}

fn collect(folder: &Path, named: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, named)?;
            continue;
        }
        let code = fs::read_to_string(&path)?;
        for begin in ["{icon(\"", " icon(\"", "\"x-"] {
            let words = code.split(begin).skip(1).filter_map(|rest| rest.split('"').next());
            named.extend(words.map(|word| match begin {
                "\"x-" => format!("x-{word}"),
                _ => word.to_owned(),
            }));
        }
    }
    Ok(())
}
