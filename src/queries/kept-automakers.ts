import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Clocks } from '../domain/ledger/clocks.js';
import type { Automaker } from '../domain/state/automaker.js';
import type { RecordKind } from '../domain/state/records.js';
import { ReadModel } from '../read-model/read-model.js';
import { AutomakerIds } from './automaker-ids.js';

/** What the records of all that are kept take as text. As objects, with the numbers that were worked out of them, some times that. */
const MOST_BYTES = 64 * 1024 ** 2;
/** One that takes more is read for each question: it would push all others out. */
const MOST_OF_ONE = MOST_BYTES / 2;

/** What kept automakers follow from. Another one is made whenever anything may have changed. */
interface Standing {
  readonly rows: unknown;
  readonly position: number;
  readonly parked: number;
}

interface Kept {
  /** Undefined where none is registered by then. */
  readonly automaker: Automaker | undefined;
}

/**
 * The automakers that were asked for lately, as they were read: until something is recorded of them. What was worked out of
 * one (`PerObjectMemo`) is kept with it, so that an event costs the numbers of one automaker and not those of all.
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

  /** Forgets all of whom something was recorded since. What is found and kept after it stands on its answer. */
  standing(): Promise<Standing> {
    const { rows, status } = this.views;
    const { position, parked } = status;
    const then = this.stands;
    if (then.rows === rows && then.position === position && then.parked === parked)
      return Promise.resolve(then);
    return (this.refreshing ??= this.refresh().finally(() => (this.refreshing = undefined)));
  }

  /** With kinds: what was read of records of those kinds alone. */
  find(id: string, clocks: Clocks, kinds?: readonly RecordKind[]): Kept | undefined {
    return this.kept.get(keyOf(id, clocks, kinds));
  }

  /** Keeps what was read on a standing, unless something was recorded meanwhile: it may be of before or after it. */
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

  /** Whether another one goes in without pushing others out: whoever walks through all of them leaves those that are asked for. */
  hasRoom(bytes: number): boolean {
    return this.kept.calculatedSize + bytes + BYTES_AN_ENTRY <= MOST_BYTES;
  }

  /** Whether another one goes in, and leaves room for what is asked for. */
  get hasRoomAhead(): boolean {
    return this.hasRoom(MOST_BYTES / 4);
  }

  private async refresh(): Promise<Standing> {
    const { rows, status } = this.views;
    const now: Standing = { rows, position: status.position, parked: status.parked };
    const then = this.stands;
    if (then.rows !== rows || then.parked !== now.parked || now.position < then.position) this.kept.clear();
    else {
      const changed = new Set(await this.ids.withNewsSince(then.position));
      for (const key of [...this.kept.keys()]) if (changed.has(idOf(key))) this.kept.delete(key);
    }
    this.stands = now;
    return now;
  }
}

/** What an entry takes besides its records, about. */
const BYTES_AN_ENTRY = 500;

const keyOf = (
  id: string,
  { trueOn = '', knownOn = '', publicOn = '' }: Clocks,
  kinds: readonly RecordKind[] = [],
): string => `${id} ${trueOn} ${knownOn} ${publicOn} ${kinds.join(',')}`;
const idOf = (key: string): string => key.slice(0, key.indexOf(' '));
