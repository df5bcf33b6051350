//! Rows of named numbers: evidence, and the weights that it is given.

/// Declares a struct of named numbers together with its sum of products, and reading its weights
/// from a TOML table.
macro_rules! measures {
    (
        $(#[$struct_doc:meta])*
        $name:ident {
            $($(#[$doc:meta])* $field:ident,)*
        }
    ) => {
        $(#[$struct_doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        pub struct $name {
            $($(#[$doc])* pub $field: f32,)*
        }

        impl $name {
            /// The names, in the order of [`Self::values`].
            pub const NAMES: &[&str] = &[$(stringify!($field)),*];

            /// Returns the numbers as a row.
            #[must_use]
            pub fn values(&self) -> Vec<f32> {
                vec![$(self.$field),*]
            }

            /// Returns the sum of the products with `weights`.
            #[must_use]
            pub fn dot(&self, weights: &Self) -> f32 {
                0.0 $(+ self.$field * weights.$field)*
            }

            /// Reads weights from the table `[weights]` of a TOML text. What is not named there
            /// weighs nothing.
            ///
            /// # Errors
            /// Where there is no such table, or it names something else.
            pub fn parse(text: &str) -> Result<Self, $crate::ranking::WeightsError> {
                let table = $crate::ranking::weights_table(text)?;
                let mut row = Self::default();
                for (name, value) in table {
                    match name.as_str() {
                        $(stringify!($field) => row.$field = value,)*
                        _ => return Err($crate::ranking::WeightsError::Unknown(name)),
                    }
                }
                Ok(row)
            }
        }
    };
}

pub(crate) use measures;

/// A table of weights that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// No TOML, or no table `[weights]` of numbers.
    #[error("weights are a TOML table [weights] of numbers: {0}")]
    Malformed(String),
    /// A weight for something that is not measured.
    #[error("there is nothing called `{0}` to weigh")]
    Unknown(String),
}

#[derive(serde::Deserialize)]
struct WeightsFile {
    weights: std::collections::BTreeMap<String, f32>,
}

/// Returns the table `[weights]` of a TOML text; other tables are left alone.
pub(crate) fn weights_table(
    text: &str,
) -> Result<impl Iterator<Item = (String, f32)>, WeightsError> {
    let file: WeightsFile =
        toml::from_str(text).map_err(|error| WeightsError::Malformed(error.to_string()))?;
    Ok(file.weights.into_iter())
}
