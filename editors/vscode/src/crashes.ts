// How often a server that ends by itself is started again.

/** As many times ... */
export const MOST = 4;

/** ... within this time, in milliseconds. */
export const WITHIN = 3 * 60_000;

/** Counts the times at which a server has ended by itself. */
export class Crashes {
  private times: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** It has ended once more. Says whether to start it again. */
  startAgain(): boolean {
    const now = this.now();
    this.times = [...this.times.filter((time) => now - time < WITHIN), now];
    return this.times.length <= MOST;
  }

  /** A person has started it: what was before does not count. */
  forget(): void {
    this.times = [];
  }
}
