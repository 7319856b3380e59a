/**
 * The double as a program of its own, for tests whose application runs in other processes:
 * `node --import ./test/typescript.mjs test/event-store/kurrentdb-double/main.ts [nodes] [--append]`
 * prints the connection string on one line and runs until it is stopped, with its log in memory. Line by line on its
 * input it takes `drop` (breaks all connections) and `lead N` (node N becomes the leader).
 */
import { createInterface } from 'node:readline';
import { DoubleCluster } from './double.js';

const [size = '1'] = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const cluster = await DoubleCluster.start(Number(size), { batchAppend: !process.argv.includes('--append') });
process.stdout.write(`${cluster.url}\n`);

const stop = () => void cluster.stop().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.trim().split(' ');
  if (command === 'drop') for (const node of cluster.nodes) node.dropConnections();
  if (command === 'lead') cluster.leader = cluster.nodes[Number(argument)];
}
