//! Sync against the emulator over real HTTP: complete cycles, the requests they take, and a consistent end whatever goes wrong.

mod concurrent;
mod conversation;
mod cycle;
mod disk;
mod faults;
mod fixture;
mod killed;
mod proxy;
mod requests;
