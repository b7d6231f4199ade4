//! Data sets made from the record.
