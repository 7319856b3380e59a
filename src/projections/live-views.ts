import type { DataSource } from 'typeorm';
import type { EventStore } from '../event-store/event-store.js';
import { differingRows, type ViewDifference } from './compare.js';
import {
  generationFile,
  readGenerations,
  removeGeneration,
  VIEWS_VERSION,
  writeGenerations,
  type Generations,
} from './generations.js';
import { Projector, type ProjectorOptions, type ProjectorStatus } from './projector.js';
import { Views } from './views.js';

export interface RebuildReport {
  readonly position: number;
  /** Rows in which the rebuilt views differ from the live ones at the same position; they are repaired by the switch. */
  readonly differences: readonly ViewDifference[];
  readonly generation: number;
  readonly seconds: number;
}

/** Only one rebuild at a time. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';
  constructor() {
    super('the views are being rebuilt already');
  }
}

const REBUILD_BATCH = 5000;
const RETRY_MS = 20;
/** Questions that hold the old connection get so long to finish after a switch. */
const GRACE_MS = 5000;

/** The views that questions are answered from, their projector, and the switch to rebuilt ones. */
export class LiveViews {
  private rebuilding = false;

  private constructor(
    private readonly directory: string,
    private readonly store: EventStore,
    private readonly options: ProjectorOptions,
    private generations: Generations,
    private projector: Projector,
  ) {}

  /**
   * Opens the live views of a directory for projecting. Views of another version are left alone and new ones are
   * built from the ledger.
   */
  static async open(
    directory: string,
    store: EventStore,
    options: ProjectorOptions = {},
  ): Promise<LiveViews> {
    let generations = readGenerations(directory);
    if (generations.version !== VIEWS_VERSION) {
      generations = { version: VIEWS_VERSION, live: generations.live + 1 };
      removeGeneration(directory, generations.live);
    }
    writeGenerations(directory, generations);
    const views = await Views.open(generationFile(directory, generations.live));
    return new LiveViews(directory, store, options, generations, new Projector(store, views, options));
  }

  /** Opens the live views beside the process that projects them. They stand where they stand at that moment. */
  static async openForReading(directory: string, store: EventStore): Promise<LiveViews> {
    const generations = readGenerations(directory);
    const views = await Views.open(generationFile(directory, generations.live), { readOnly: true });
    const projector = new Projector(store, views);
    await projector.resume();
    return new LiveViews(directory, store, {}, generations, projector);
  }

  /** The connection for questions. Take it anew for each one: a switch replaces it. */
  get rows(): DataSource {
    return this.projector.views.rows;
  }

  /** The tables themselves, for verification. */
  get tables(): Views {
    return this.projector.views;
  }

  get status(): ProjectorStatus {
    return this.projector.status;
  }

  start(): void {
    this.projector.start();
  }

  catchUp(): Promise<number> {
    return this.projector.catchUp();
  }

  /** Whether the views have come to `position` before the time is over. A switch in between does not end the wait. */
  async hasReached(position: number, withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const left = Math.max(0, deadline - Date.now());
      if (await this.projector.hasReached(position, left)) return true;
      if (Date.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  unpark(stream: string): Promise<void> {
    return this.projector.unpark(stream);
  }

  /**
   * Builds the views from position zero into fresh tables beside the live ones, compares both row by row where they
   * stand at the same position, and switches. Interrupted, the next call goes on where it stopped. Answers throughout;
   * the live views stand still only while the last events are compared. Throws where a rebuild is under way.
   */
  async rebuild(): Promise<RebuildReport> {
    if (this.rebuilding) throw new RebuildUnderWay();
    this.rebuilding = true;
    const started = Date.now();
    const generation = Math.max(this.generations.live, this.generations.previous ?? 0) + 1;
    const fresh = await Views.open(generationFile(this.directory, generation));
    const next = new Projector(this.store, fresh, { ...this.options, batchSize: REBUILD_BATCH });
    const old = this.projector;
    try {
      await next.catchUp();
      await old.stop();
      await old.catchUp();
      const position = await next.catchUp();
      const differences = await differingRows(old.views, fresh);
      this.switchTo(next, { version: VIEWS_VERSION, live: generation, previous: this.generations.live });
      return { position, differences, generation, seconds: (Date.now() - started) / 1000 };
    } catch (error) {
      old.start();
      await fresh.close();
      throw error;
    } finally {
      this.rebuilding = false;
    }
  }

  /** Goes back to the views before the last switch; they catch up by themselves. Throws where there are none. */
  async rollBack(): Promise<number> {
    const { live, previous } = this.generations;
    if (previous === undefined) throw new Error('there are no earlier views to go back to');
    const views = await Views.open(generationFile(this.directory, previous));
    const projector = new Projector(this.store, views, this.options);
    await this.projector.stop();
    await projector.catchUp();
    this.switchTo(projector, { version: VIEWS_VERSION, live: previous, previous: live });
    return previous;
  }

  async close(): Promise<void> {
    await this.projector.stop();
    await this.projector.views.close();
  }

  private switchTo(projector: Projector, generations: Generations): void {
    const { projector: old, generations: before } = this;
    writeGenerations(this.directory, generations);
    this.projector = projector;
    this.generations = generations;
    projector.start();
    if (before.previous !== undefined && before.previous !== generations.live) {
      removeGeneration(this.directory, before.previous);
    }
    setTimeout(() => void old.views.close(), GRACE_MS).unref();
  }
}
