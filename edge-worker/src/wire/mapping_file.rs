//! A file of mappings as an admin uploads it.

use serde_json::Value;
use shared::{
    error::{AppError, Code},
    mapping::{FILE_FORMAT, MAPPINGS_MAX, Mapping},
};

/// The mappings of a file that was exported from `portal`; the error names what is wrong: `mappings[3]` for the fourth
/// entry. Whether the mappings are good is for [`shared::mapping::check`] to say.
pub fn import(file: &[u8], portal: u64) -> Result<Vec<Mapping>, AppError> {
    let refused = |field: &str| AppError::new(Code::ImportRefused).field(field);
    let file = crate::json::parse(file).map_err(|_| refused("file"))?;
    let file = file.as_object().ok_or_else(|| refused("file"))?;
    if file.get("format").and_then(Value::as_str) != Some(FILE_FORMAT) {
        return Err(refused("format"));
    }
    match file.get("portal_id").and_then(Value::as_u64) {
        None => return Err(refused("portal_id")),
        Some(id) if id != portal => return Err(AppError::new(Code::ImportOtherPortal).field("portal_id")),
        Some(_) => {}
    }
    let entries = file.get("mappings").and_then(Value::as_array).filter(|e| e.len() <= MAPPINGS_MAX);
    let entries = entries.ok_or_else(|| refused("mappings"))?;
    let read = |(at, entry): (usize, &Value)| {
        crate::json::of::<Mapping>(entry.clone()).map_err(|_| refused(&format!("mappings[{at}]")))
    };
    entries.iter().enumerate().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use shared::{
        mapping::{FILE_MAX_BYTES, MappingFile, defaults},
        time::Timestamp,
    };

    fn file() -> Value {
        let file = MappingFile {
            format: FILE_FORMAT.into(),
            portal_id: 62515,
            exported_at: Timestamp(5),
            mappings: defaults(),
        };
        serde_json::to_value(file).expect("JSON")
    }

    #[test]
    fn what_was_exported_is_imported_again() {
        let wire = serde_json::to_vec(&file()).expect("JSON");
        assert_eq!(import(&wire, 62515), Ok(defaults()));
        assert!(wire.len() * MAPPINGS_MAX / defaults().len() < FILE_MAX_BYTES);
    }

    #[test]
    fn a_file_that_is_broken_says_where() {
        let check = |change: &dyn Fn(&mut Value), code: Code, field: &str| {
            let mut file = file();
            change(&mut file);
            let wire = serde_json::to_vec(&file).expect("JSON");
            assert_eq!(import(&wire, 62515), Err(AppError::new(code).field(field)));
        };
        for broken in ["", "{", "not JSON", "{\"format\":", "\u{feff}"] {
            assert_eq!(
                import(broken.as_bytes(), 62515),
                Err(AppError::new(Code::ImportRefused).field("file"))
            );
        }
        check(&|f| *f = json!([1]), Code::ImportRefused, "file");
        check(&|f| f["format"] = json!("other"), Code::ImportRefused, "format");
        check(&|f| f["portal_id"] = json!("62515"), Code::ImportRefused, "portal_id");
        check(&|f| f["portal_id"] = json!(62516), Code::ImportOtherPortal, "portal_id");
        check(&|f| f["mappings"] = json!({}), Code::ImportRefused, "mappings");
        check(&|f| f["mappings"] = json!(vec![1; 201]), Code::ImportRefused, "mappings");
        check(&|f| f["mappings"][3]["object"] = json!("ticket"), Code::ImportRefused, "mappings[3]");
        check(&|f| f["mappings"][0] = json!(null), Code::ImportRefused, "mappings[0]");
    }
}
