/** So many are remembered at once; the one not seen for longest is forgotten first. */
const MOST_REMEMBERED = 10_000;
const HOUR_MS = 3_600_000;

/** Lets everybody do something so many times an hour. */
export class HourlyLimit {
  /** When each did it within the last hour, oldest first. */
  private readonly times = new Map<string, readonly number[]>();

  constructor(private readonly anHour: number) {}

  /** Counts one more, unless that would be too many: answers then in how many seconds there may be another. */
  take(who: string, atMs: number): number | undefined {
    const recent = (this.times.get(who) ?? []).filter((time) => time > atMs - HOUR_MS);
    this.times.delete(who);
    const [first] = recent;
    const isTooMany = recent.length >= this.anHour;
    this.times.set(who, isTooMany ? recent : [...recent, atMs]);
    for (const oldest of this.times.keys()) {
      if (this.times.size <= MOST_REMEMBERED) break;
      this.times.delete(oldest);
    }
    return isTooMany && first !== undefined
      ? Math.max(1, Math.ceil((first + HOUR_MS - atMs) / 1000))
      : undefined;
  }
}
