// How often a crashed server is restarted automatically.

/** This many crashes ... */
export const MAX_RESTARTS = 4;

/** ... within this time, in milliseconds. */
export const WINDOW = 3 * 60_000;

export class RestartPolicy {
  private crashes: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Records a crash and decides whether to restart the server. */
  shouldRestart(): boolean {
    const now = this.now();
    this.crashes = [...this.crashes.filter((time) => now - time < WINDOW), now];
    return this.crashes.length <= MAX_RESTARTS;
  }

  /** Called when the user starts the server: earlier crashes no longer count. */
  reset(): void {
    this.crashes = [];
  }
}
