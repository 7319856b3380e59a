import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { DoubleCluster } from '../event-store/kurrentdb-double/double.js';
import { seeded } from '../event-store/kurrentdb-double/faults.js';
import { SilentProxy } from '../event-store/silent-proxy.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { NodeProcess } from './node-process.js';
import { Writers } from './writers.js';

/** Number of schedules in sequence, and the seed of the first one. */
const SCHEDULES = Number(process.env['SCHEDULES'] ?? 2);
const SEED = Number(process.env['SCHEDULE_SEED'] ?? 1);
const WRITERS = 9;
/** Maximum time until a recording is answered. */
const ANSWERED_MS = 12_000;
/**
 * Maximum time until everything works again after a majority has a leader and PostgreSQL is up: five seconds,
 * plus time for a busy machine.
 */
const GOES_ON_MS = Number(process.env['SCHEDULE_GOES_ON_MS'] ?? 10_000);
/** After this many schedules, the nodes get new stores, so that comparing them stays fast. */
const PER_LEDGER = 20;

/** Restarts a node until it is up, like a supervisor. A node that finds no server at its start exits. */
async function startedAgain(node: NodeProcess): Promise<void> {
  for (;;) {
    try {
      await node.start();
      return;
    } catch {
      await sleep(200);
    }
  }
}

/** Two of our nodes on three doubles of KurrentDB, and a PostgreSQL that can go away. */
class World {
  private constructor(
    readonly cluster: DoubleCluster,
    readonly nodes: readonly [NodeProcess, NodeProcess],
    readonly postgres: SilentProxy,
    readonly key: string,
    private readonly database: TestDatabase,
  ) {}

  static async start(): Promise<World> {
    const database = await createDatabase();
    const access = await openAccessDatabase('', database.url);
    const { key } = await new ApiKeys(access).create('writer', 'analyst');
    await access.destroy();
    const cluster = await DoubleCluster.start(3);
    const url = new URL(database.url);
    const postgres = await SilentProxy.start(Number(url.port || 5432));
    url.hostname = '127.0.0.1';
    url.port = String(postgres.port);
    const environment = { KURRENTDB_URL: cluster.url, POSTGRES_URL: url.href };
    const node = () => NodeProcess.on(mkdtempSync(join(tmpdir(), 'tracker-schedule-')), environment);
    const nodes = [await node(), await node()] as const;
    for (const each of nodes) await each.start();
    return new World(cluster, nodes, postgres, key, database);
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) {
      await node.kill();
      rmSync(node.directory, { recursive: true, force: true });
    }
    await this.postgres.stop();
    await this.cluster.stop();
    await this.database.drop();
  }

  /** After some time without a leader, the running nodes elect one if they are a majority. */
  async elect(random: () => number): Promise<void> {
    const { cluster } = this;
    cluster.leader = undefined;
    await sleep(random() * 600);
    const alive = cluster.nodes.filter(({ isDown }) => !isDown);
    cluster.leader = alive.length >= 2 ? alive[Math.floor(random() * alive.length)] : undefined;
  }

  /**
   * The possible failures by name. Each resolves when it is over, or when it has begun and `mend` will repair
   * it.
   */
  readonly troubles: Readonly<Record<string, (random: () => number) => Promise<void>>> = {
    'the leader dies': async (random) => {
      const { leader } = this.cluster;
      if (leader && !leader.isDown) await leader.stop();
      await this.elect(random);
    },
    'a node of the cluster dies': async (random) => {
      const victim = this.cluster.nodes[Math.floor(random() * 3)];
      if (victim && !victim.isDown) await victim.stop();
      if (victim === this.cluster.leader) await this.elect(random);
    },
    'a node of the cluster comes back': async (random) => {
      const dead = this.cluster.nodes.find(({ isDown }) => isDown);
      await dead?.restart();
      if (!this.cluster.leader) await this.elect(random);
    },
    'another node leads': (random) => this.elect(random),
    'connections break': async () => {
      for (const node of this.cluster.nodes) node.dropConnections();
    },
    'PostgreSQL goes away for a while': async (random) => {
      this.postgres.refuse();
      await sleep(100 + random() * 1500);
      this.postgres.accept();
    },
    'a node of ours is killed and started again': async (random) => {
      const node = random() < 0.5 ? this.nodes[0] : this.nodes[1];
      // Only one start at a time, because a port and a folder allow only one process.
      if (this.starting.length > 0) return;
      await node.kill();
      this.starting.push(startedAgain(node));
    },
  };
  private starting: Promise<void>[] = [];

  /** Repairs everything: all cluster nodes run and have a leader, and PostgreSQL is up. */
  async mend(random: () => number): Promise<void> {
    for (const node of this.cluster.nodes) if (node.isDown) await node.restart();
    this.postgres.accept();
    if (!this.cluster.leader) await this.elect(random);
  }

  /** Resolves when our nodes have started. */
  async areUp(): Promise<void> {
    await Promise.all(this.starting.splice(0));
  }

  /** The milliseconds until each node records an event and shows it. */
  async goesOn(name: string): Promise<number> {
    const since = Date.now();
    await Promise.all(
      this.nodes.map(async (node, index) => {
        const writers = new Writers(1, [node], this.key, `${name}-after-${index}`);
        await writers.stop();
        for (;;) {
          const read = await fetch(`${node.url}/api/automakers/${name}-after-${index}-0`).catch(
            () => undefined,
          );
          if (read?.status === 200) return;
          await sleep(20);
        }
      }),
    );
    return Date.now() - since;
  }

  async exports(): Promise<readonly string[]> {
    return Promise.all(
      this.nodes.map(async ({ url }) => (await fetch(`${url}/api/export?format=jsonl`)).text()),
    );
  }
}

// The test needs failures on demand, so it uses the double. These tests set the tier themselves.
(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip)(
  'nine writers at two nodes, while whatever there is dies and comes back at random',
  () => {
    let world: World | undefined;
    let acknowledged: string[] = [];
    afterAll(() => world?.stop());

    it.each(Array.from({ length: SCHEDULES }, (_, index) => SEED + index))(
      'lose nothing, record nothing twice, and go on soon (schedule %i)',
      async (seed) => {
        const random = seeded(seed);
        if ((seed - SEED) % PER_LEDGER === 0) {
          await world?.stop();
          world = await World.start();
          acknowledged = [];
        }
        if (!world) throw new Error('there is no world');
        const { cluster, nodes, key, troubles } = world;
        // How many reads there are depends on the machine: they draw from a sequence of their own, so that a
        // seed gives the same schedule again.
        const late = seeded(seed);
        for (const node of cluster.nodes)
          node.faults = ({ kind }) =>
            kind === 'read' && late() < 1 / 3 ? { kind: 'delay', ms: 45 } : undefined;
        const writers = new Writers(WRITERS, nodes, key, `s${seed}`);
        const names = Object.keys(troubles);
        const happened: string[] = [];
        for (let count = 2 + Math.floor(random() * 4); count > 0; count--) {
          await sleep(random() * 400);
          const name = names[Math.floor(random() * names.length)] ?? '';
          happened.push(name);
          await troubles[name]?.(random);
        }
        await world.mend(random);
        const mended = Date.now();
        await world.areUp();
        const starting = Date.now() - mended;
        const waited = await world.goesOn(`s${seed}`);
        await writers.stop();
        acknowledged.push(...writers.acknowledged);
        if (process.env['SCHEDULES'] !== undefined)
          process.stdout.write(
            `schedule ${seed}: ${writers.acknowledged.size} recorded, slowest answer ${writers.slowest} ms, nodes up after ${starting} ms, all goes on ${waited} ms later; ${happened.join(', ')}\n`,
          );

        const [first = '', second] = await world.exports();
        expect(second).toBe(first);
        const ids = first
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { id: string }).id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
        expect(writers.slowest).toBeLessThan(ANSWERED_MS);
        expect(waited).toBeLessThan(GOES_ON_MS);
      },
      300_000,
    );
  },
);
