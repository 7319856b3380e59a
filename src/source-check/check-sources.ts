import { CancellablePause } from '../event-store/cancellable-pause.js';
import { checkSource, type CheckedSource } from './check-source.js';

/** So many servers are asked at a time, each for one thing after the other, with a pause in between. */
const HOSTS_AT_ONCE = 4;
const PAUSE_MS = 1000;

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly onChecked: (checked: CheckedSource) => void;
  /** Milliseconds between two questions to one server. */
  readonly pauseMs?: number;
}

/** Asks for each of some addresses once, politely: of one server one thing at a time. */
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
        // It may have been told to end during the pause.
        if (isOver()) return;
        onChecked(await checkSource(url, signal));
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, work));
}
