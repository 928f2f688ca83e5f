//! Documentation that belongs to no item: guides.

pub mod reading_explanations;
pub mod ufunc_for_numpy_users;
