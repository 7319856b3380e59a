import { exec } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DoubleCluster } from './kurrentdb-double/double.js';
import { REAL_SERVER } from './ledger-place.js';

/** Three nodes, any of which may die and come back. */
export interface TestCluster {
  /** Connection string with all nodes. */
  readonly url: string;
  /** Resolves with the number of the leader, 0 to 2, once all running nodes agree on one. */
  leader(): Promise<number>;
  /** Kills a node immediately, without a clean shutdown. */
  kill(node: number): Promise<void>;
  start(node: number): Promise<void>;
  /** Restarts all nodes, and ends what was started for the test. */
  stop(): Promise<void>;
}

/** Maximum time for a node to start and for the cluster to elect a leader, in milliseconds. */
const ELECTION_MS = 150_000;

export const startCluster = (): Promise<TestCluster> =>
  REAL_SERVER === undefined ? clusterOfDoubles() : clusterOf(REAL_SERVER);

/** Time for which the doubles have no leader after theirs has died. */
const DOUBLE_ELECTION_MS = 800;

async function clusterOfDoubles(): Promise<TestCluster> {
  const cluster = await DoubleCluster.start(3);
  const elect = async (): Promise<void> => {
    cluster.leader = undefined;
    await sleep(DOUBLE_ELECTION_MS);
    const alive = cluster.nodes.filter(({ isDown }) => !isDown);
    cluster.leader = alive.length >= 2 ? alive.at(-1) : undefined;
  };
  let election = Promise.resolve();
  return {
    url: cluster.url,
    leader: async () => {
      await election;
      if (!cluster.leader) throw new Error('the nodes that live are no majority');
      return cluster.nodes.indexOf(cluster.leader);
    },
    kill: async (node) => {
      const victim = cluster.nodes[node];
      await victim?.stop();
      election = elect();
    },
    start: async (node) => {
      await cluster.nodes[node]?.restart();
      election = elect();
    },
    stop: async () => {
      await election;
      await cluster.stop();
    },
  };
}

interface Member {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointIP: string;
  readonly httpEndPointPort: number;
}

/**
 * The cluster of a connection string with three addresses. Commands from the environment start and stop its
 * nodes.
 */
async function clusterOf(url: string): Promise<TestCluster> {
  const addresses = /\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1]?.split(',') ?? [];
  const [kill, start] = ['KURRENTDB_KILL_NODE', 'KURRENTDB_START_NODE'].map((name) => process.env[name]);
  if (addresses.length !== 3 || kill === undefined || start === undefined)
    throw new Error(
      'KURRENTDB_URL has to name three nodes, and KURRENTDB_KILL_NODE and KURRENTDB_START_NODE the commands that end and start one, with {node} for its number from 1 to 3',
    );
  const scheme = /[?&]tls=false\b/i.test(url) ? 'http' : 'https';
  const dead = new Set<number>();
  const run = async (command: string, node: number): Promise<void> => {
    await promisify(exec)(command.replaceAll('{node}', String(node + 1)));
  };
  /** Index of the address that a running node considers the leader's. */
  const leaderBy = async (node: number): Promise<number> => {
    const answer = await fetch(`${scheme}://${addresses[node]}/gossip`, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(2000),
    });
    const { members } = (await answer.json()) as { members: readonly Member[] };
    const leader = members.find(({ state, isAlive }) => isAlive && state === 'Leader');
    if (!leader || members.filter(({ isAlive }) => isAlive).length !== 3 - dead.size) return -1;
    return addresses.findIndex((each) => each.endsWith(`:${leader.httpEndPointPort}`));
  };
  const cluster: TestCluster = {
    url,
    leader: async () => {
      const alive = [0, 1, 2].filter((node) => !dead.has(node));
      for (const since = Date.now(); Date.now() - since < ELECTION_MS; await sleep(100)) {
        const said = await Promise.all(alive.map((node) => leaderBy(node).catch(() => -1)));
        const [first = -1] = said;
        if (first >= 0 && !dead.has(first) && said.every((each) => each === first)) return first;
      }
      throw new Error('the nodes did not agree on a leader');
    },
    kill: async (node) => {
      dead.add(node);
      await run(kill, node);
    },
    start: async (node) => {
      dead.delete(node);
      await run(start, node);
    },
    stop: async () => {
      for (const node of [...dead]) await cluster.start(node);
      await cluster.leader();
    },
  };
  await cluster.leader();
  return cluster;
}
