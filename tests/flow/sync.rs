//! Sync against the emulator over real HTTP: the whole cycle, what it asks, and what is there in the end whatever goes
//! wrong on the way.

mod between;
mod counts;
mod cycle;
mod desk;
mod disk;
mod killed;
mod others;
mod walk;
