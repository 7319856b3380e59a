import type { StateChange } from '../domain/state/evolve.js';

/** What an event did to its stream, without the state after it, which would be kept alive. */
export type EventEffect = Omit<StateChange, 'state'>;

/** About a kilobyte each. Beyond it whoever projects makes them again from the store. */
const MOST = 10_000;

/**
 * What was made of events that are not projected yet, by commands or questions, so that the projector need not make it
 * again. Bounded: those of the stream that has waited longest are dropped first.
 */
export class UnprojectedChanges {
  private readonly byStream = new Map<string, EventEffect[]>();
  private count = 0;

  add({ state: _state, ...effect }: StateChange): void {
    const { stream, revision } = effect.recorded;
    const kept = this.byStream.get(stream);
    const last = kept?.at(-1);
    if (last && last.recorded.revision >= revision) return;
    if (kept && last?.recorded.revision === revision - 1) kept.push(effect);
    else {
      this.drop(stream);
      this.byStream.set(stream, [effect]);
    }
    this.count++;
    for (const oldest of this.byStream.keys()) {
      if (this.count <= MOST) return;
      this.drop(oldest);
    }
  }

  get(stream: string, revision: number, id: string): EventEffect | undefined {
    const kept = this.byStream.get(stream);
    const first = kept?.[0]?.recorded.revision ?? 0;
    const effect = kept?.[revision - first];
    return effect?.recorded.id === id ? effect : undefined;
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
