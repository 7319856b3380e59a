import type { DataSource, EntityManager } from 'typeorm';
import type { EventStore } from '../event-store/event-store.js';
import { StreamStateCache } from '../event-store/stream-state-cache.js';
import { differingAmong, differingRows, MOST_DIFFERENCES, type RowDifference } from './compare.js';
import { isUnfinished, type ReadModelCheckpoint } from './changes.js';
import type { BuiltTables } from './made-rows.js';
import { Projector, type LastError, type ProjectorOptions, type ProjectorStatus } from './projector.js';
import { HighWaterMark } from './high-water-mark.js';
import { NoEarlierGeneration, TODAY, type GenerationsKept, type Generations } from './generations.js';
import { checkpointOf, parkedStreams, whoeverElseWrites, type ReadModelTables } from './tables.js';
import { ChangeTrackingTables } from './change-tracking-tables.js';

export interface ReadModelStatus extends ProjectorStatus {
  /** Whether this node projects. Only one node does. */
  readonly projects: boolean;
}

export interface ReadModelOptions extends ProjectorOptions {
  /** The maximum number of events per transaction of a rebuild. */
  readonly rebuildBatchSize?: number;
  /** Fills empty views up to a checkpoint faster than a projector, if it can. */
  readonly build?: ViewsBuild;
}

/**
 * Fills empty views up to a checkpoint. Returns whether it succeeded. If not, the views are useless, and a
 * projector hits the same problem.
 */
export type ViewsBuild = (views: BuiltTables, at: ReadModelCheckpoint) => Promise<boolean>;

export interface RebuildReport {
  readonly position: number;
  /**
   * Rows in which the rebuilt views differ from the live ones at the same position. The switch repairs them.
   */
  readonly differences: readonly RowDifference[];
  readonly generation: number;
  readonly seconds: number;
}

/** A rebuild writes each record once per batch, so large ones pay off. About a kilobyte per event. */
export const REBUILD_BATCH = 10_000;
/** Queries that still use the old connection have this long to finish after a switch. */
const GRACE_MS = 5000;
/** How often a rebuild catches up with the live views before it stops them. */
const APPROACHES = 3;

/** The views that answer queries, their projector, and the switch to rebuilt views. */
export class ReadModel {
  private readonly reached = new HighWaterMark();
  private projector: Projector;
  private isMyTurn = false;
  private isClosing = false;
  private parkedElsewhere = 0;
  private lastError: LastError | undefined;
  private looking: Promise<void> | undefined;
  private switching: Promise<void> = Promise.resolve();
  /** Views that a switch replaced. They stay open for the queries that still use them. */
  private readonly retired = new Set<ReadModelTables>();

  private constructor(
    private readonly sets: Generations,
    private readonly store: EventStore,
    private readonly options: ReadModelOptions,
    private generations: GenerationsKept,
    private views: ReadModelTables,
  ) {
    this.projector = new Projector(store, views, options, this.reached);
  }

  /** Opens the live set of views as it is. `start` keeps it current. */
  static async open(
    sets: Generations,
    store: EventStore,
    options: ReadModelOptions = {},
  ): Promise<ReadModel> {
    try {
      const generations = await sets.generations();
      const views = await sets.open(generations.live);
      const live = new ReadModel(sets, store, options, generations, views);
      await live.projector.resume();
      return live;
    } catch (error) {
      await sets.close();
      throw error;
    }
  }

  /** The connection for queries. Get it anew for each query, because a switch replaces it. */
  get rows(): DataSource {
    return this.views.rows;
  }

  /** The tables themselves, for verification. */
  get tables(): ReadModelTables {
    return this.views;
  }

  get status(): ReadModelStatus {
    const { parked, lastError = this.lastError, ...reached } = this.projector.status;
    return {
      ...reached,
      parked: this.isMyTurn ? parked : Math.max(parked, this.parkedElsewhere),
      projects: this.isMyTurn,
      ...(lastError && { lastError }),
    };
  }

  /** When the newest event in the views was recorded; empty if there is none. */
  get recordedAt(): string {
    return this.reached.checkpoint.recordedAt;
  }

  /** Describes the damage that keeps this node from advancing the views, if any. */
  get damage(): string | undefined {
    return this.projector.damage;
  }

  /** Projects when it is this node's turn, and otherwise follows the progress of the other nodes. */
  start(): void {
    this.reached.onWait = () => this.sets.flush();
    this.sets.joinElection({
      project: () => {
        this.isMyTurn = true;
        this.projector.start();
      },
      rest: async () => {
        this.isMyTurn = false;
        await this.projector.stop();
        this.reached.onWait = () => this.sets.flush();
      },
      // A look that nobody awaits must not use connections that are being closed.
      look: async () => {
        if (!this.isClosing) await (this.looking ??= this.look().finally(() => (this.looking = undefined)));
      },
      flush: () => this.projector.flush(),
      failed: (error) => this.failed(error),
    });
  }

  catchUp(): Promise<number> {
    return this.projector.catchUp();
  }

  /** Resolves to whether the views reached `position` in time. A switch in between does not end the wait. */
  waitFor(position: number, withinMs: number): Promise<boolean> {
    return this.reached.waitFor(position, withinMs);
  }

  unpark(stream: string): Promise<void> {
    return this.projector.unpark(stream);
  }

  /**
   * Rebuilds the views from position zero in new tables beside the live ones, compares both row by row at the
   * same position, and switches. After an interruption, the next call continues where it stopped. Queries are
   * answered throughout. Nearly all rows are compared in a snapshot while the live views advance; the live
   * views stop only while the rows written since are compared. Throws RebuildUnderWay if a rebuild is running
   * at any node.
   */
  rebuild(): Promise<RebuildReport> {
    return this.sets.alone(async () => {
      const started = Date.now();
      await this.followPointer();
      const { live, previous } = this.generations;
      const generation = Math.max(live, previous ?? 0) + 1;
      const target = await checkpointOf(this.rows.manager);
      const kept = [live, ...(previous === undefined ? [] : [previous])];
      const fresh = new ChangeTrackingTables(await this.openFilled(generation, kept, target));
      const { rebuildBatchSize: batchSize = REBUILD_BATCH } = this.options;
      // The rebuild starts at the beginning, far behind the states in the shared cache.
      const states = new StreamStateCache(this.store);
      const next = new Projector(this.store, fresh, { ...this.options, states, batchSize });
      try {
        // The rebuild never passes the live views, which must hold everything that is compared.
        await next.catchUp(target.position);
        await fresh.index();
        const before = await this.views.inSnapshot(async (rows) => {
          await next.catchUp((await checkpointOf(rows)).position);
          fresh.startNoting();
          return differingRows(rows, fresh.rows.manager);
        });
        // Each round has less to catch up, so that the live views stop only briefly.
        for (let round = 0; round < APPROACHES; round++)
          await next.catchUp((await checkpointOf(this.rows.manager)).position);
        const { position, differences } = await this.views.withWriteLock(async (at) => {
          await next.catchUp(at.position);
          const found = await differencesSince(before, fresh, this.rows.manager);
          await this.sets.pointTo({ ...TODAY, live: generation, previous: live });
          return { position: at.position, differences: found };
        });
        await this.followPointer();
        await this.sets.keepOnly([live, generation]);
        return { position, differences, generation, seconds: (Date.now() - started) / 1000 };
      } finally {
        await fresh.close();
      }
    });
  }

  /**
   * Switches back to the views before the last switch, after bringing them up to date. Returns their
   * generation. Throws NoEarlierGeneration, and RebuildUnderWay if a rebuild is running.
   */
  rollBack(): Promise<number> {
    return this.sets.alone(async () => {
      await this.followPointer();
      const { live, previous } = this.generations;
      if (previous === undefined) throw new NoEarlierGeneration();
      const views = await this.sets.open(previous);
      try {
        await new Projector(this.store, views, this.options).catchUp();
      } finally {
        await views.close();
      }
      await this.sets.pointTo({ ...TODAY, live: previous, previous: live });
      await this.followPointer();
      return previous;
    });
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.looking;
    await this.sets.close();
    this.isMyTurn = false;
    await this.projector.stop();
    // The caller that requested the switch has received its error.
    await this.switching.catch(() => undefined);
    this.reached.giveUp();
    for (const views of this.retired) await this.closeRetired(views);
    await this.views.close();
  }

  /** The set that a rebuild fills. If it is empty and a fast build is available, it is filled at once. */
  private async openFilled(
    generation: number,
    kept: readonly number[],
    target: ReadModelCheckpoint,
  ): Promise<BuiltTables> {
    const { build } = this.options;
    const begun = await this.openBegun(generation, kept, target.position);
    if (!build || (await checkpointOf(begun.rows.manager)).position > 0) return begun;
    try {
      if (await build(begun, target)) return begun;
    } catch (error) {
      await begun.close();
      throw error;
    }
    await begun.close();
    return this.openAnew(generation, kept);
  }

  /** Reuses the result of an interrupted rebuild, unless it is ahead of the target or unusable. */
  private async openBegun(generation: number, kept: readonly number[], target: number): Promise<BuiltTables> {
    await this.sets.keepOnly([...kept, generation]);
    const begun = await this.sets.open(generation, { forBuild: true });
    const at = await checkpointOf(begun.rows.manager);
    if (at.position <= target && !isUnfinished(at)) return begun;
    await begun.close();
    return this.openAnew(generation, kept);
  }

  private async openAnew(generation: number, kept: readonly number[]): Promise<BuiltTables> {
    await this.sets.keepOnly(kept);
    return this.sets.open(generation, { forBuild: true });
  }

  /** Checks what other nodes did: which set is live, and how far it is. */
  private async look(): Promise<void> {
    try {
      await this.followPointer();
      if (this.isMyTurn) return;
      this.parkedElsewhere = (await parkedStreams(this.rows.manager)).length;
      this.reached.moveTo(await checkpointOf(this.rows.manager));
      this.lastError = undefined;
    } catch (error) {
      this.failed(error);
    }
  }

  /** Switches to the set that the pointer names. Serialized: a node hears of its own switches too. */
  private followPointer(): Promise<void> {
    this.switching = this.switching.catch(() => undefined).then(() => this.switchToLive());
    return this.switching;
  }

  private async switchToLive(): Promise<void> {
    const generations = await this.sets.generations();
    if (generations.live !== this.generations.live) {
      const [before, views] = [this.projector, await this.sets.open(generations.live)];
      const projector = new Projector(this.store, views, this.options, this.reached);
      await before.stop();
      try {
        // The old views may have advanced since. Readers must not lose what they were told is there.
        const { position } = this.reached.checkpoint;
        await whoeverElseWrites(() => projector.catchUp(position));
      } catch (error) {
        await views.close();
        if (this.isMyTurn) before.start();
        throw error;
      }
      this.projector = projector;
      this.views = views;
      if (this.isMyTurn) projector.start();
      this.retired.add(before.views);
      setTimeout(() => void this.closeRetired(before.views), GRACE_MS).unref();
    }
    this.generations = generations;
  }

  private async closeRetired(views: ReadModelTables): Promise<void> {
    if (this.retired.delete(views)) await views.close();
  }

  private failed(error: unknown): void {
    const now = this.options.now ?? (() => new Date().toISOString());
    const message = error instanceof Error ? error.message : String(error);
    const isTold = this.lastError?.message === message;
    this.lastError = { at: now(), message };
    // A node beside a newer release fails at every look, so the error is reported once.
    if (!isTold) this.options.onError?.(error);
  }
}

/** Updates the differences found in the snapshot: rows written since then are compared again. */
async function differencesSince(
  before: readonly RowDifference[],
  fresh: ChangeTrackingTables,
  live: EntityManager,
): Promise<RowDifference[]> {
  const { written } = fresh;
  const still = before.filter(({ table, row }) =>
    table === 'records' ? !written.records.has(row) : !written.positions.has(Number(row)),
  );
  const found = [...still, ...(await differingAmong(written, live, fresh.rows.manager))];
  return found.slice(0, MOST_DIFFERENCES);
}
