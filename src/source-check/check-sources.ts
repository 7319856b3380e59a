import { CancellablePause } from '../event-store/cancellable-pause.js';
import { checkSource, type CheckedSource } from './check-source.js';

/** The number of servers asked at once. Requests to one server are sequential, with a pause. */
const HOSTS_AT_ONCE = 4;
const PAUSE_MS = 1000;

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly onChecked: (checked: CheckedSource) => void;
  /** Milliseconds between two requests to one server. */
  readonly pauseMs?: number;
}

/** Checks each address once. Requests to one server are sequential. */
export async function checkSources(urls: readonly string[], options: CheckOptions): Promise<void> {
  const { signal, onChecked, pauseMs = PAUSE_MS } = options;
  const byHost = new Map<string, string[]>();
  for (const url of new Set(urls)) {
    const host = URL.parse(url)?.host ?? '';
    byHost.set(host, [...(byHost.get(host) ?? []), url]);
  }
  const waiting = [...byHost.values()];
  const isOver = (): boolean => signal.aborted;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !isOver(); next = waiting.shift()) {
      for (const [index, url] of next.entries()) {
        if (index > 0) await new CancellablePause().wait(pauseMs, signal);
        // The pause may have ended by an abort.
        if (isOver()) return;
        onChecked(await checkSource(url, signal));
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, work));
}
