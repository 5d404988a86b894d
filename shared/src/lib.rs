//! The vocabulary and the rules of Countersign.
