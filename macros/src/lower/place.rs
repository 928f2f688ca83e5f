//! What is assigned to.

use super::Lower;
use crate::core::{self, Place};
use crate::lane::{Mask, Projection, Target};

impl Lower<'_> {
    pub(super) fn target(&mut self, place: &Place, mask: Mask) -> Target {
        let path = place
            .path
            .iter()
            .map(|projection| match projection {
                core::Projection::Field(field) => Projection::Field(*field),
                core::Projection::Index(index) if self.found.varies(index) => {
                    let (index, narrow) = self.lane_index(index, mask);
                    Projection::LaneIndex { index, narrow, mask }
                }
                core::Projection::Index(index) => Projection::Index(self.value(index, mask)),
            })
            .collect();
        Target { var: place.var, path }
    }
}
