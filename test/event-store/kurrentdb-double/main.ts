/**
 * Runs the double as a program, for tests whose application runs in other processes: `node --import
 * ./test/typescript.mjs test/event-store/kurrentdb-double/main.ts [nodes] [--append] [--late]` prints the
 * connection string on one line and runs until it is stopped, with its log in memory. With `--late`, one read
 * in three is 45 ms late, as on a real server. It reads commands from standard input, one per line: `drop`
 * breaks all connections, and `lead N` makes node N the leader.
 */
import { createInterface } from 'node:readline';
import { DoubleCluster } from './double.js';

const [size = '1'] = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const cluster = await DoubleCluster.start(Number(size), { batchAppend: !process.argv.includes('--append') });
let reads = 0;
if (process.argv.includes('--late'))
  for (const node of cluster.nodes)
    node.faults = ({ kind }) =>
      kind === 'read' && ++reads % 3 === 0 ? { kind: 'delay', ms: 45 } : undefined;
process.stdout.write(`${cluster.url}\n`);

const stop = () => void cluster.stop().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.trim().split(' ');
  if (command === 'drop') for (const node of cluster.nodes) node.dropConnections();
  if (command === 'lead') cluster.leader = cluster.nodes[Number(argument)];
}
