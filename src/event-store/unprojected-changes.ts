import type { StateChange } from '../domain/state/evolve.js';

/** About a kilobyte each, and more than come between two looks of the projector. What it finds no more is made again. */
const MOST = 2500;

/**
 * What was made of events that are not projected yet, by commands or questions, so that the projector need not make it
 * again. Bounded: those of the stream that has waited longest are dropped first.
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

  /** Those of a stream up to a revision are projected. */
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
