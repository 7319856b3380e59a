import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Clocks } from '../domain/ledger/clocks.js';
import type { Automaker } from '../domain/state/automaker.js';
import type { RecordKind } from '../domain/state/records.js';
import { ReadModel } from '../read-model/read-model.js';
import { AutomakerIds } from './automaker-ids.js';

/** Upper bound on the cached records as text. As objects, with derived numbers, they take more. */
const MOST_BYTES = 64 * 1024 ** 2;
/** A larger automaker is not cached: it would evict all others. */
const MOST_OF_ONE = MOST_BYTES / 2;

/**
 * The state on which cached automakers are based. A new object is created whenever anything may have changed.
 */
interface Standing {
  readonly rows: unknown;
  readonly position: number;
  readonly parked: number;
}

interface Kept {
  /** Undefined if it was not registered by then. */
  readonly automaker: Automaker | undefined;
}

/**
 * Caches recently requested automakers until something is recorded about them. Numbers derived from an
 * automaker (`PerObjectMemo`) are cached with it, so that an event costs the numbers of one automaker and not
 * those of all.
 */
@Injectable()
export class KeptAutomakers {
  private readonly kept = new LRUCache<string, Kept>({ maxSize: MOST_BYTES });
  private stands: Standing = { rows: undefined, position: 0, parked: 0 };
  private refreshing: Promise<Standing> | undefined;

  constructor(
    private readonly views: ReadModel,
    private readonly ids: AutomakerIds,
  ) {}

  /** Evicts the automakers with newer events. Pass the result to `keep` for what is read after this call. */
  standing(): Promise<Standing> {
    const { rows, status } = this.views;
    const { position, parked } = status;
    const then = this.stands;
    if (then.rows === rows && then.position === position && then.parked === parked)
      return Promise.resolve(then);
    return (this.refreshing ??= this.refresh().finally(() => (this.refreshing = undefined)));
  }

  /** With `kinds`: what was read from records of those kinds only. */
  find(id: string, clocks: Clocks, kinds?: readonly RecordKind[]): Kept | undefined {
    return this.kept.get(keyOf(id, clocks, kinds));
  }

  /** Caches what was read at a standing, unless an event came meanwhile: it may be from either side. */
  keep(
    id: string,
    clocks: Clocks,
    automaker: Automaker | undefined,
    bytes: number,
    standing: Standing,
    kinds?: readonly RecordKind[],
  ): void {
    if (standing !== this.stands) return;
    const size = bytes + BYTES_AN_ENTRY;
    if (size <= MOST_OF_ONE) this.kept.set(keyOf(id, clocks, kinds), { automaker }, { size });
  }

  /** Whether another entry fits: walking through all automakers must not evict requested ones. */
  hasRoom(bytes: number): boolean {
    return this.kept.calculatedSize + bytes + BYTES_AN_ENTRY <= MOST_BYTES;
  }

  /** Whether another entry fits and leaves room for requested ones. */
  get hasRoomAhead(): boolean {
    return this.hasRoom(MOST_BYTES / 4);
  }

  private async refresh(): Promise<Standing> {
    const { rows, status } = this.views;
    const now: Standing = { rows, position: status.position, parked: status.parked };
    const then = this.stands;
    if (then.rows !== rows || then.parked !== now.parked || now.position < then.position) this.kept.clear();
    else {
      const changed = await this.ids.newsSince(then.position);
      for (const key of [...this.kept.keys()]) if (changed.has(idOf(key))) this.kept.delete(key);
    }
    this.stands = now;
    return now;
  }
}

/** Approximate overhead of an entry, in addition to its records. */
const BYTES_AN_ENTRY = 500;

const keyOf = (
  id: string,
  { trueOn = '', knownOn = '', publicOn = '' }: Clocks,
  kinds: readonly RecordKind[] = [],
): string => `${id} ${trueOn} ${knownOn} ${publicOn} ${kinds.join(',')}`;
const idOf = (key: string): string => key.slice(0, key.indexOf(' '));
