import { Injectable, Logger } from '@nestjs/common';
import { In } from 'typeorm';
import { outsideOfQuestions, Turns } from '../../api/in-turns.js';
import { automakerStream, ownerOf } from '../../domain/ledger/streams.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { Progress } from '../../domain/goals/progress.js';
import { ReadModel } from '../../read-model/read-model.js';
import type { OutlineChanges } from '../../read-model/outline-changes.js';
import { OutlineRow, OutlinesReachedRow } from '../../read-model/row-entities.js';
import type { PastRow } from '../../read-model/rows.js';
import type { Misfit } from '../../read-model/shape.js';
import { storedJson } from '../../read-model/stored-record.js';
import { canBePlace, checkpointOf } from '../../read-model/tables.js';
import type { NameToFind } from '../search/names-to-find.js';
import { misfitOfNames, misfitOfOutline, misfitOfProgress } from './outline-shapes.js';
import { OUTLINE_VERSION, type Outline, type WorkedOut } from './outline.js';

/** Stored outlines, and the last position that all of them include. */
export interface OutlinesFound {
  readonly outlines: ReadonlyMap<string, Outline>;
  readonly position: number;
}

/** The number of outlines read per statement. */
const AT_ONCE = 200;
/** The same for names, which are larger. */
const NAMES_AT_ONCE = 20;

const outlineIn = (stream: string, text: string, misfit: Misfit): unknown =>
  storedJson(text, `the outline of ${stream}`, misfit);

/**
 * The outlines of all automakers, stored in rows of the views, so that a starting server need not compute
 * them again. The projecting node writes them after they were computed, so they delay no event.
 */
@Injectable()
export class KeptOutlines {
  private readonly logger = new Logger('Outlines');
  /** Why the last write failed, if it did. */
  private lastFailure: string | undefined;
  /** The state that was last read or written. */
  private reached = { version: 0, position: 0 };
  /** Each write names the one before it. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly views: ReadModel) {}

  /** The stored outlines. Undefined if none, or another release's: then all are computed anew. */
  async find(): Promise<OutlinesFound | undefined> {
    const { rows } = this.views;
    const reached = await this.stored();
    if (!reached) {
      this.reached = { version: 0, position: 0 };
      return undefined;
    }
    this.reached = reached;
    const outlines = new Map<string, Outline>();
    const turns = new Turns();
    for (let after = ''; ;) {
      const some = await rows
        .getRepository(OutlineRow)
        .createQueryBuilder('o')
        .select(['o.stream AS stream', 'o.doc AS doc'])
        .where('o.stream > :after', { after })
        .orderBy('o.stream')
        .limit(AT_ONCE)
        .getRawMany<Pick<OutlineRow, 'stream' | 'doc'>>();
      for (const { stream, doc } of some) {
        outlines.set(idOf(stream), outlineIn(stream, doc, misfitOfOutline) as Outline);
        await turns.next();
      }
      const last = some.at(-1);
      if (!last || some.length < AT_ONCE) return { outlines, position: reached.position };
      after = last.stream;
    }
  }

  /** The state of the stored outlines. Undefined if none, or another release's. */
  async stored(): Promise<OutlinesReachedRow | undefined> {
    const { rows } = this.views;
    const reached = await rows.getRepository(OutlinesReachedRow).findOneBy({ id: 1 });
    // Outlines that claim to include what is yet to come would never be made anew.
    if (
      reached?.made !== OUTLINE_VERSION ||
      isOutOfPlace(reached, (await checkpointOf(rows.manager)).position)
    )
      return undefined;
    return reached;
  }

  /** The stored progress that lists show for some automakers on a day. */
  async shown(ids: readonly string[], on: Day): Promise<ReadonlyMap<string, Progress>> {
    const found = await this.views.rows.getRepository(OutlineRow).find({
      select: { stream: true, shown: true },
      where: { stream: In(ids.map(automakerStream)), shownOn: on },
    });
    return new Map(
      found.flatMap(({ stream, shown }): [string, Progress][] =>
        shown === null ? [] : [[idOf(stream), outlineIn(stream, shown, misfitOfProgress) as Progress]],
      ),
    );
  }

  /** The names of automakers whose names together contain all words, ordered by automaker id. */
  async *names(
    words: readonly string[],
  ): AsyncGenerator<{ readonly id: string; readonly names: readonly NameToFind[] }> {
    const { rows } = this.views;
    const holds = rows.options.type === 'postgres' ? 'strpos' : 'instr';
    const turns = new Turns();
    for (let after = ''; ;) {
      const query = rows
        .getRepository(OutlineRow)
        .createQueryBuilder('o')
        .select(['o.stream AS stream', 'o.names AS names'])
        .where('o.stream > :after', { after })
        .orderBy('o.stream')
        .limit(NAMES_AT_ONCE);
      words.forEach((word, index) => {
        query.andWhere(`${holds}(o.searched, :word${index}) > 0`, { [`word${index}`]: word });
      });
      const some = await query.getRawMany<Pick<OutlineRow, 'stream' | 'names'>>();
      for (const { stream, names } of some) {
        yield { id: idOf(stream), names: outlineIn(stream, names, misfitOfNames) as NameToFind[] };
        await turns.next();
      }
      const last = some.at(-1);
      if (!last || some.length < NAMES_AT_ONCE) return;
      after = last.stream;
    }
  }

  /**
   * Stores computed outlines, and the first days of which something was recorded since: pasts end there. Afterwards all
   * stored outlines are as of `position`. Returns false if they were not stored, because another node projects, somebody
   * else wrote outlines meanwhile, or the write failed (which is logged).
   */
  async keep(
    workedOut: ReadonlyMap<string, WorkedOut | undefined>,
    position: number,
    ended: ReadonlyMap<string, Day> = new Map(),
  ): Promise<boolean> {
    const gone = [...workedOut].flatMap(([id, each]) => (each ? [] : [automakerStream(id)]));
    return this.inOrder(async () => ({
      rows: await outsideOfQuestions(() => rowsOf(workedOut)),
      gone,
      pasts: [],
      ended: Array.from(ended, ([id, until]) => ({ stream: automakerStream(id), until })),
      position,
    }));
  }

  /** Stores pasts, as they are when it is their turn. Returns false as `keep` does, or if no outlines are stored. */
  keepPasts(pasts: () => readonly PastRow[]): Promise<boolean> {
    return this.inOrder(() => {
      const { version, position } = this.reached;
      return version === 0 ? undefined : { rows: [], gone: [], pasts: pasts(), ended: [], position };
    });
  }

  private inOrder(changes: () => Changes | Promise<Changes>): Promise<boolean> {
    const written = this.writing.then(() => this.write(changes));
    this.writing = written;
    return written;
  }

  private async write(made: () => Changes | Promise<Changes>): Promise<boolean> {
    if (!this.views.status.projects) return false;
    try {
      const changes = await made();
      if (!changes) return false;
      const { position, ...others } = changes;
      const version = this.reached.version + 1;
      const reached = { position, made: OUTLINE_VERSION, version };
      const isKept = await this.views.tables.keepOutlines({ ...others, reached });
      this.lastFailure = undefined;
      if (isKept) this.reached = { version, position };
      else await this.follow();
      return isKept;
    } catch (error) {
      this.failed(error);
      // The write may have succeeded despite the error.
      await this.follow().catch(() => undefined);
      return false;
    }
  }

  private failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    // Every question retries until it works, so the same failure is logged once.
    if (message !== this.lastFailure)
      this.logger.warn(
        `Outlines of automakers were not kept, and the next start makes them anew: ${message}`,
      );
    this.lastFailure = message;
  }

  /** Continues after another write: if it includes what was stored here, the next may follow it. */
  private async follow(): Promise<void> {
    const { rows } = this.views;
    const found = await rows.getRepository(OutlinesReachedRow).findOneBy({ id: 1 });
    if (found?.made !== OUTLINE_VERSION || found.position < this.reached.position) return;
    if (!isOutOfPlace(found, (await checkpointOf(rows.manager)).position)) this.reached = found;
  }
}

/** What to write, if anything: see `OutlineChanges`. */
type Changes = (Omit<OutlineChanges, 'reached'> & { readonly position: number }) | undefined;

/** Serializing many outlines takes long, so it yields to other work. */
async function rowsOf(workedOut: ReadonlyMap<string, WorkedOut | undefined>): Promise<OutlineRow[]> {
  const rows: OutlineRow[] = [];
  const turns = new Turns();
  for (const [id, each] of workedOut) {
    if (each) rows.push(rowOf(id, each));
    await turns.next();
  }
  return rows;
}

/** The row for an outline. */
export function rowOf(id: string, { outline, shown, on, names }: WorkedOut): OutlineRow {
  return {
    stream: automakerStream(id),
    doc: JSON.stringify(outline),
    shown: shown ? JSON.stringify(shown) : null,
    shownOn: on,
    searched: [...new Set(names.flatMap(({ searched }) => searched.split('\n')))].join('\n'),
    names: JSON.stringify(names),
  };
}

/** Whether outlines say that they stand where none can: beyond the views, whose position was read after theirs. */
export const isOutOfPlace = ({ position, version }: OutlinesReachedRow, end: number): boolean =>
  ![position, version].every(canBePlace) || position > end;

/** The automaker of a stored row. */
export function idOf(stream: string): string {
  const owner = ownerOf(stream);
  return owner?.owner === 'automaker' ? owner.automaker : stream;
}
