import type { ClosedNode, Hash } from './merkle-tree.js';
import type { StoredNode, TreeStore } from './tree-store.js';

/** Compares the stored hashes of a log, level by level in order, with those computed from the events. */
export class StoredNodes {
  private readonly levels = new Map<number, Walk>();
  /**
   * Position of the last event with a wrong hash. The subtrees that contain it are wrong for the same reason.
   */
  private lastWrong = 0;

  constructor(private readonly tree: TreeStore) {}

  /** Compares the subtrees that the next event completes with the stored ones. Returns any fault. */
  take(computed: readonly ClosedNode[], isThere = true): string | undefined {
    let fault: string | undefined;
    for (const { level, index, hash } of computed) {
      const last = (index + 1) * 2 ** level;
      // The log has not taken in these events yet, so it cannot judge them.
      if (last > this.tree.size) break;
      const stored = this.walk(level).hashAt(index);
      if (stored?.equals(hash)) continue;
      const first = index * 2 ** level + 1;
      if (this.lastWrong < first) fault ??= isThere ? faultOf(level, first, last, stored) : undefined;
      this.lastWrong = last;
    }
    return fault;
  }

  /** Whether the log stores hashes beyond those of the events seen. */
  hasMore(): boolean {
    return this.tree.levels().some((level) => this.walk(level).hasMore());
  }

  private walk(level: number): Walk {
    const walk = this.levels.get(level) ?? new Walk(this.tree.nodesOf(level));
    this.levels.set(level, walk);
    return walk;
  }
}

function faultOf(level: number, first: number, last: number, stored: Hash | undefined): string {
  if (level > 0)
    return `is one of the events ${first} to ${last} whose subtree has another hash in the log than they give: one of them was edited with its own hash, or log.sqlite is damaged, which \`tracker rebuild\` mends`;
  return stored
    ? 'is not the event that the log took in: it was edited behind the tracker’s back'
    : 'has no hash in the log any more: it was taken out of log.sqlite, or the file is damaged';
}

/** The stored hashes of one level, ordered by place. */
class Walk {
  private next: IteratorResult<StoredNode, undefined>;
  private extra = false;

  constructor(private readonly nodes: Iterator<StoredNode, undefined>) {
    this.next = nodes.next();
  }

  hashAt(place: number): Hash | undefined {
    while (!this.next.done && this.next.value.place < place) {
      this.extra = true;
      this.next = this.nodes.next();
    }
    if (this.next.done || this.next.value.place !== place) return undefined;
    const { hash } = this.next.value;
    this.next = this.nodes.next();
    return hash;
  }

  hasMore(): boolean {
    return this.extra || !this.next.done;
  }
}
