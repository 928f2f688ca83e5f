//! Loads, stores, gathers and scatters.
