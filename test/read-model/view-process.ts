import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('view-node.mjs', import.meta.url));

/** A node in a separate process, with its reports. */
export interface ViewNode {
  readonly said: readonly Record<string, unknown>[];
  readonly hasEnded: boolean;
  readonly ended: Promise<unknown>;
  /** Waits for a certain report. Throws if the process ends before. */
  until(wanted: (each: Record<string, unknown>) => boolean): Promise<void>;
  kill(): Promise<void>;
}

/**
 * Starts a node on the ledger of a folder and the views of a place. `rebuildBatch` is the number of events
 * per transaction of a rebuild that reads them one after the other; a build reads whole streams.
 */
export function startViewNode(
  work: 'follow' | 'rebuild' | 'build',
  ledger: string,
  place: string,
  rebuildBatch = 20,
): ViewNode {
  const child = spawn(process.execPath, [SCRIPT, work, ledger, place, String(rebuildBatch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(JSON.parse(line) as Record<string, unknown>);
  });
  const ended = once(child, 'close');
  return {
    said,
    get hasEnded() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    ended,
    until: async (wanted) => {
      while (!said.some(wanted)) {
        if (child.exitCode !== null) throw new Error('the node ended');
        await sleep(5);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
