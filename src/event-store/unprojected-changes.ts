import type { StateChange } from '../domain/state/evolve.js';

/**
 * Maximum number of changes. One takes about a kilobyte, and fewer events come between two reads of the
 * projector. The projector computes missing ones again.
 */
const MOST = 2500;

/**
 * The changes that commands or queries computed for events that are not projected yet, so that the projector
 * need not compute them again. Bounded: the changes of the longest-waiting stream are dropped first.
 */
export class UnprojectedChanges {
  private readonly byStream = new Map<string, StateChange[]>();
  private count = 0;

  add(change: StateChange): void {
    const { stream, revision } = change.recorded;
    const kept = this.byStream.get(stream);
    const last = kept?.at(-1);
    if (last && last.recorded.revision >= revision) return;
    if (kept && last?.recorded.revision === revision - 1) kept.push(change);
    else {
      this.drop(stream);
      this.byStream.set(stream, [change]);
    }
    this.count++;
    for (const oldest of this.byStream.keys()) {
      if (this.count <= MOST) return;
      this.drop(oldest);
    }
  }

  get(stream: string, revision: number, id: string): StateChange | undefined {
    const kept = this.byStream.get(stream);
    const first = kept?.[0]?.recorded.revision ?? 0;
    const change = kept?.[revision - first];
    return change?.recorded.id === id ? change : undefined;
  }

  /** Drops the changes of a stream up to a revision, because they are projected. */
  projected(stream: string, revision: number): void {
    const kept = this.byStream.get(stream);
    const first = kept?.[0]?.recorded.revision;
    if (!kept || first === undefined || revision < first) return;
    const left = kept.slice(revision - first + 1);
    this.count -= kept.length - left.length;
    if (left.length > 0) this.byStream.set(stream, left);
    else this.byStream.delete(stream);
  }

  drop(stream: string): void {
    this.count -= this.byStream.get(stream)?.length ?? 0;
    this.byStream.delete(stream);
  }
}
