//! The languages that DocuSign addresses a recipient in.

/// DocuSign's codes (`supportedLanguage`), as they are sent.
pub const LANGUAGES: [&str; 43] = [
    "ar", "bg", "cs", "zh_CN", "zh_TW", "hr", "da", "nl", "en", "en_GB", "et", "fa", "fi", "fr", "fr_CA",
    "de", "el", "he", "hi", "hu", "id", "it", "ja", "ko", "lv", "lt", "ms", "no", "pl", "pt", "pt_BR", "ro",
    "ru", "sr", "sk", "sl", "es", "es_MX", "sv", "th", "tr", "uk", "vi",
];
