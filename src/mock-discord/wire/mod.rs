//! The servers on the wire: REST v10 and gateway v10 translate between clients and the world.

pub(crate) mod gateway;
mod multipart;
pub(crate) mod rest;
mod route;
