import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Longer than a start takes on any machine, in milliseconds: a node that hangs fails its test with what it said. */
const START_MS = 120_000;

/** An application node in its own process. It keeps its port and folder across restarts. */
export class NodeProcess {
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly directory: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly main: string,
  ) {}

  /** A node that is not started yet. */
  static async on(
    directory: string,
    environment: Readonly<Record<string, string>>,
    main = MAIN,
  ): Promise<NodeProcess> {
    return new NodeProcess(await freePort(), directory, environment, main);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The id of the running process. Throws if it is not running. */
  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error('the node does not run');
    return pid;
  }

  /** Resolves when the node is ready. */
  async start(): Promise<void> {
    this.child = spawn(process.execPath, [this.main], {
      env: {
        ...process.env,
        ...this.environment,
        DATA_DIR: this.directory,
        PORT: String(this.port),
        LOG_LEVEL: 'silent',
        RATE_LIMIT: '0',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const closed = once(this.child, 'close');
    let said = '';
    let answered = '';
    this.child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    const since = Date.now();
    for (;;) {
      if (Date.now() - since > START_MS) {
        await this.kill();
        throw new Error(`the node is not ready after ${START_MS} ms: ${answered || 'no answer'} ${said}`);
      }
      // Another program on the port may never answer.
      const signal = AbortSignal.timeout(10_000);
      const ready = await fetch(`${this.url}/health/ready`, { signal }).catch(() => undefined);
      const { exitCode, signalCode } = this.child;
      if (exitCode !== null || signalCode !== null) {
        // What the process wrote last may arrive after the news of its end.
        await closed;
        throw new Error(
          `the node ended at its start (${exitCode ?? signalCode}): ${said || 'it said nothing'}`,
        );
      }
      if (ready?.ok) return;
      answered = ready ? `${ready.status} ${await ready.text().catch(String)}` : '';
      await sleep(30);
    }
  }

  async projects(): Promise<boolean> {
    const signal = AbortSignal.timeout(10_000);
    const answer = await fetch(`${this.url}/api/views`, { signal }).catch(() => undefined);
    return answer?.ok === true && ((await answer.json()) as { projects: boolean }).projects;
  }

  /** Asks the process to stop, and returns whether it exits within `ms` milliseconds. */
  async stopsWithin(ms: number): Promise<boolean> {
    const { child } = this;
    if (!child) return true;
    const ended = new Promise<boolean>((resolve) => child.once('close', () => resolve(true)));
    child.kill('SIGTERM');
    return Promise.race([ended, sleep(ms, false)]);
  }

  /** Resolves when the process has exited, for any reason. */
  async ended(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((resolve) => child.once('close', resolve));
  }

  /** Kills the process with SIGKILL if it is running. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
  }
}
