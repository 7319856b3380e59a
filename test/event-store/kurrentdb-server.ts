import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openKurrentEventStore } from '../../src/event-store/kurrentdb/open.js';
import type { KurrentOptions } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import type { StoreFixture } from './contract.js';

/** A separate ledger on a server that many tests share, and a folder for its index. */
export class TestLedger {
  readonly directory = mkdtempSync(join(tmpdir(), 'kurrent-'));
  readonly streamPrefix = `test-${randomUUID()}-`;
  readonly troubles: Error[] = [];

  constructor(private readonly url: string) {}

  open(options: Partial<KurrentOptions> = {}): Promise<EventStore> {
    return openKurrentEventStore({
      url: this.url,
      directory: this.directory,
      streamPrefix: this.streamPrefix,
      onError: (error) => this.troubles.push(error),
      ...options,
    });
  }

  /** Name of a stream on the server. */
  onServer(stream: string): string {
    return this.streamPrefix + stream;
  }

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function kurrentFixture(url: () => string): StoreFixture {
  const ledger = new TestLedger(url());
  return {
    can: { gaplessPositions: true, idsUniqueInLedger: true },
    // Generous, so that other load on the machine does not fail a test.
    open: () => ledger.open({ timeoutMs: 30_000 }),
    reopen: () => ledger.open({ timeoutMs: 30_000 }),
    dispose: async () => ledger.dispose(),
  };
}
