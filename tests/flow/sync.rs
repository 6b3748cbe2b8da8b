//! Sync against the emulator over real HTTP: complete cycles, the requests they take, and a consistent end whatever goes wrong.

mod clones;
mod concurrent;
mod conversation;
mod cycle;
mod disk;
mod faults;
mod fixture;
mod killed;
mod links;
mod proxy;
mod requests;
mod wrong_responses;
