import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('tracker-node.mjs', import.meta.url));
const PATIENCE_MS = 90_000;

/** The result of a command in a separate process. */
export interface RemoteOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The process exited or did not answer while it worked on a store. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** A process that runs command lines on one store after the other. It is restarted if a store ends it. */
export class TrackerProcess {
  private child: ChildProcess | undefined;
  private lines: Interface | undefined;
  private errors = '';

  /** Throws ProcessDied with the last output of the process. */
  async run(dataDir: string, commands: readonly (readonly string[])[]): Promise<readonly RemoteOutcome[]> {
    const { child, lines } = this.started();
    child.stdin?.write(`${JSON.stringify({ dataDir, commands })}\n`);
    const over = new AbortController();
    const { signal } = over;
    const timer = setTimeout(() => over.abort(), PATIENCE_MS);
    const answered = once(lines, 'line', { signal }).then(([line]) => String(line));
    const ended = once(child, 'exit', { signal }).then(() => undefined);
    // The one that loses the race is aborted below.
    for (const each of [answered, ended]) each.catch(() => undefined);
    try {
      const line = await Promise.race([answered, ended]);
      if (line === undefined) throw new ProcessDied(`ended: ${this.errors.slice(-1000)}`);
      return JSON.parse(line) as RemoteOutcome[];
    } catch (error) {
      await this.stop();
      if (error instanceof ProcessDied || !signal.aborted) throw error;
      throw new ProcessDied(`did not answer within ${PATIENCE_MS / 1000} s`);
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  private started(): { child: ChildProcess; lines: Interface } {
    if (this.child && this.lines) return { child: this.child, lines: this.lines };
    this.errors = '';
    const child = spawn(process.execPath, [SCRIPT], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stderr.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    const lines = createInterface({ input: child.stdout });
    Object.assign(this, { child, lines });
    return { child, lines };
  }
}
