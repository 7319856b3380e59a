import { CancellablePause } from '../event-store/cancellable-pause.js';
import type { KeyObject } from 'node:crypto';
import type { RecordedEvent } from '../domain/ledger/event.js';
import type { EventStore } from '../event-store/event-store.js';
import type { LedgerMemory, LedgerParted } from '../event-store/ledger-memory.js';
import { StoreUnavailable } from '../problems/server-problems.js';
import { adoptionsAmong, formerKeys, givenUpBy, reasonOf } from './adoption.js';
import { type Adoption } from './checkpoint-content.js';
import { LocalRegister, type CheckpointRegister } from './checkpoint-register.js';
import {
  claimOf,
  InvalidCheckpoint,
  ORIGIN,
  readCheckpoint,
  signedCheckpoint,
  verifierKey,
} from './checkpoint.js';
import { eventLeaf } from './ledger-entry.js';
import { consistencyProof, inclusionProof, type Hash } from './merkle-tree.js';
import { mendTree } from './mend-tree.js';
import { signedByAny, signingKeyOf, takeOnKey, takeOnRegister } from './log-key.js';
import { logFile, TreeStore, type KeptCheckpoint } from './tree-store.js';
import { verifyLog, type GivenCheckpoint, type LogVerification } from './verify-log.js';

export interface LedgerLogOptions {
  /** Another process writes and keeps the tree up to date. */
  readonly readOnly?: boolean;
  /** No other process records: an event between a clean stop and a start was inserted by hand. */
  readonly isOnlyWriter?: boolean;
  /** The key and checkpoints that several nodes share. Defaults to the folder's. Closed with the log. */
  readonly register?: CheckpointRegister | undefined;
  readonly onError?: (error: unknown) => void;
  /** While this returns true, only a requested checkpoint takes in events: an import runs faster alone. */
  readonly isPaused?: () => boolean;
}

const BATCH = 1000;
/** Single events are gathered for this long. A requested checkpoint takes them in at once. */
const GATHER_MS = 500;
const PAUSE_AFTER_ERROR_MS = 1000;
const LOOK_MS = 5;
/** A caller that waits for the log gives up after this long without progress. */
const STUCK_MS = 10_000;
const WRITER_CATCHES_UP_MS = 5000;
/** If more events than this are pending, a prompt stop matters more than the mark. */
const TAKEN_IN_AT_CLOSE = 10_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The verifiable log: a Merkle tree with the event at a position as the leaf at index position − 1, and
 * signed checkpoints of the tree. It follows the ledger to stay up to date.
 */
export class LedgerLog {
  /** The ledger was confirmed to be this log's ledger. */
  private isTakenUp = false;
  private parted: LedgerParted | undefined;
  /** How many callers wait for the tree to catch up. */
  private asked = 0;
  /** Why the last attempt to take in events failed. Cleared by the next caller that asks. */
  private failure: unknown;
  /** Ends the pause between two batches. */
  private readonly gathering = new CancellablePause();
  private running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  private constructor(
    private readonly store: EventStore,
    private readonly tree: TreeStore,
    private readonly register: CheckpointRegister,
    private readonly key: KeyObject,
    private readonly adoptions: readonly Adoption[],
    private readonly options: LedgerLogOptions,
  ) {}

  /**
   * Opens the log of a directory. The first start makes the signing key. Throws DamagedFile if hashes, the
   * key or checkpoints were lost, or if the key differs from the one that signed the log before.
   */
  static async open(
    directory: string,
    store: EventStore,
    options: LedgerLogOptions = {},
  ): Promise<LedgerLog> {
    const { readOnly = false, isOnlyWriter = false } = options;
    const tree = new TreeStore(logFile(directory), { readOnly });
    try {
      const register = options.register ?? new LocalRegister(directory, tree, readOnly);
      const key = await signingKeyOf(directory, register);
      if (isOnlyWriter && !readOnly) {
        const lost = tree.lostLeaves();
        if (lost) throw lost;
        takeOnKey(directory, tree, verifierKey(ORIGIN, key));
        if (options.register === undefined) takeOnRegister(directory, tree);
      }
      const adoptions = adoptionsAmong(await register.checkpoints());
      return new LedgerLog(store, tree, register, key, adoptions, options);
    } catch (error) {
      tree.close();
      throw error;
    }
  }

  /** What the log remembers of the ledger: the hash of each event, and how many events it has signed. */
  async memory(): Promise<LedgerMemory> {
    const { tree } = this;
    const signed = (await this.checkpoints())
      .flatMap(({ note }) => claimOf(note) ?? [])
      .filter((claim) => !givenUpBy(claim, this.adoptions));
    return {
      name: 'the log',
      position: Math.max(tree.size, ...signed.map(({ size }) => size)),
      lastKnown: async (position) => Math.min(position, tree.size) || undefined,
      holds: async (event) => tree.leafOrNone(event.position - 1)?.equals(eventLeaf(event)) ?? false,
      idsAfter: async () => [],
    };
  }

  /** Call it once the ledger is known to be this log's. Marks events inserted while no tracker ran. */
  async takeUp(): Promise<void> {
    if (!this.options.isOnlyWriter || this.options.readOnly) return;
    this.isTakenUp = true;
    const closedAt = this.tree.takeClosedMark();
    if (closedAt !== undefined) this.tree.keepSmuggled(closedAt + 1, await this.store.head());
  }

  /** How many events the tree holds. */
  get size(): number {
    return this.tree.size;
  }

  /** The public key in the format that verifiers accept. */
  get verifierKey(): string {
    return verifierKey(ORIGIN, this.key);
  }

  /** Follows the ledger until `close` is called. */
  start(): void {
    if (this.running) return;
    const abort = new AbortController();
    this.running = { abort, done: this.follow(abort.signal) };
  }

  async close(): Promise<void> {
    this.running?.abort.abort();
    await this.running?.done;
    if (this.isTakenUp) await this.closeWithMark();
    this.tree.close();
    await this.register.close();
  }

  /** Stops signing and taking in events, because the ledger is not this log's. */
  refuse(parted: LedgerParted): void {
    this.parted = parted;
  }

  /** Takes in all current events. Throws StoreUnavailable if that fails, or after 10 s without progress. */
  async catchUp(): Promise<void> {
    if (this.parted) throw this.parted;
    const head = await this.store.head();
    this.asked++;
    try {
      if (this.running) await this.followed(head);
      else await this.takeIn(this.store.readAll({ after: this.tree.size }));
    } finally {
      this.asked--;
    }
  }

  /** Waits until the follower has reached a position. */
  private async followed(head: number): Promise<void> {
    this.failure = undefined;
    let [size, since] = [this.tree.size, Date.now()];
    while (this.tree.size < head) {
      this.gathering.flush();
      await pause(LOOK_MS);
      if (this.tree.size > size) [size, since] = [this.tree.size, Date.now()];
      else if (this.failure || Date.now() - since > STUCK_MS)
        throw new StoreUnavailable({ detail: behind(size, head, this.failure) });
    }
  }

  /** A signed checkpoint of all current events. It is kept permanently. */
  async checkpoint(): Promise<KeptCheckpoint> {
    await this.catchUp();
    const checkpoint = this.signed();
    await this.register.keep(checkpoint);
    return checkpoint;
  }

  /**
   * The checkpoint that goes with an export. If another process writes, it covers the events in the writer's
   * tree, which is at most a second behind, and only the holder of the export keeps it.
   */
  async exportCheckpoint(): Promise<KeptCheckpoint> {
    if (!this.options.readOnly) return this.checkpoint();
    await this.waitForWriter();
    return this.signed();
  }

  /**
   * A signed checkpoint of the first `size` events. Every call returns the same bytes, unless a ledger was
   * adopted in between. Throws RangeError if there are fewer events.
   */
  async checkpointOf(size: number): Promise<KeptCheckpoint> {
    await (this.options.readOnly ? this.waitForWriter() : this.catchUp());
    this.checkSize(size);
    const checkpoint = this.signed(size);
    if (!this.options.readOnly) await this.register.keep(checkpoint);
    return checkpoint;
  }

  /** The root of the first `size` events. Throws RangeError if there are fewer. */
  async rootOf(size: number): Promise<Hash> {
    if (size > this.tree.size) await (this.options.readOnly ? this.waitForWriter() : this.catchUp());
    this.checkSize(size);
    return this.tree.root(size);
  }

  /** The hashes of the first `size` events, in order. Throws RangeError if there are fewer. */
  hashes(size: number): Iterable<Hash[]> {
    this.checkSize(size);
    return this.tree.firstLeaves(size);
  }

  /** All checkpoints ever issued, ordered by size. */
  checkpoints(): Promise<KeptCheckpoint[]> {
    return this.register.checkpoints();
  }

  /**
   * Finds contradictions between ledger, log and checkpoints, including the given checkpoints: see verifyLog.
   */
  async verify(given: readonly GivenCheckpoint[]): Promise<LogVerification> {
    const { store, tree, verifierKey: key } = this;
    const found = await (this.options.readOnly ? this.waitForWriter() : this.catchUp()).catch(messageOf);
    const verified = await verifyLog({ store, tree, kept: await this.checkpoints(), key, given });
    return found === undefined
      ? verified
      : { ...verified, findings: [{ finding: found }, ...verified.findings] };
  }

  /** Keeps this log's checkpoints from another tier. Throws InvalidCheckpoint for another ledger's. */
  async adopt(checkpoints: readonly KeptCheckpoint[]): Promise<void> {
    for (const checkpoint of checkpoints) {
      if (!this.holds(checkpoint.note).holds)
        throw new InvalidCheckpoint(`the checkpoint of ${checkpoint.size} events is not of this ledger`);
      await this.register.keep(checkpoint);
    }
  }

  /** Proves that the event at a position is in the tree of `size` events. Throws RangeError if it is not. */
  inclusion(position: number, size: number): { leaf: Hash; proof: Hash[]; root: Hash } {
    this.checkSize(size);
    const proof = inclusionProof(position - 1, size, this.tree.node);
    return { leaf: this.tree.leaf(position - 1), proof, root: this.tree.root(size) };
  }

  /** Proves that the tree of `to` events begins with that of `from`. Throws RangeError if it cannot. */
  consistency(from: number, to: number): { fromRoot: Hash; toRoot: Hash; proof: Hash[] } {
    this.checkSize(to);
    const proof = consistencyProof(from, to, this.tree.node);
    return { fromRoot: this.tree.root(from), toRoot: this.tree.root(to), proof };
  }

  /** Whether the log was ever in this checkpoint's state. Throws InvalidCheckpoint unless it is signed. */
  holds(note: string, key = this.verifierKey): { readonly size: number; readonly holds: boolean } {
    const { size, root } = readCheckpoint(note, key);
    return { size, holds: size <= this.tree.size && this.tree.root(size).equals(root) };
  }

  /** Why a checkpoint does not hold, if so. Throws InvalidCheckpoint if the log did not sign it. */
  faultOf(note: string): string | undefined {
    const claim = signedByAny(note, [this.verifierKey, ...formerKeys(this.adoptions)]);
    const { size, root } = claim;
    if (size <= this.tree.size && this.tree.root(size).equals(root)) return undefined;
    const givenUp = givenUpBy(claim, this.adoptions);
    return givenUp ? reasonOf(size, givenUp) : `the checkpoint of ${size} events is not of this ledger`;
  }

  /** Recomputes wrong subtree hashes if every event is still the one that the log took in: see mendTree. */
  mend(): Promise<boolean> {
    return mendTree(this.store, this.tree);
  }

  /** The proof that the first `to` events begin with the first `from`, in base64. Empty if trivial. */
  consistencyProof(from: number, to: number): string[] {
    return from === 0 || from === to
      ? []
      : this.consistency(from, to).proof.map((hash) => hash.toString('base64'));
  }

  /**
   * Waits until the writer, another process, has added all current events to the tree; gives up after 5 s.
   */
  private async waitForWriter(): Promise<void> {
    const head = await this.store.head();
    const until = Date.now() + WRITER_CATCHES_UP_MS;
    for (this.tree.refresh(); this.tree.size < head && Date.now() < until; this.tree.refresh())
      await pause(GATHER_MS / 5);
  }

  private async closeWithMark(): Promise<void> {
    try {
      const head = await this.store.head();
      if (head - this.tree.size <= TAKEN_IN_AT_CLOSE)
        await this.takeIn(this.store.readAll({ after: this.tree.size }));
      if (this.tree.size === head) this.tree.markClosed();
    } catch (error) {
      // Without the mark the next start checks less. For a ledger that cannot be read, that is enough.
      this.options.onError?.(error);
    }
  }

  private signed(size = this.tree.size): KeptCheckpoint {
    const { key, adoptions } = this;
    return {
      size,
      note: signedCheckpoint({ origin: ORIGIN, size, root: this.tree.root(size), adoptions }, key),
    };
  }

  private checkSize(size: number): void {
    if (size > this.tree.size)
      throw new RangeError(`the log has ${this.tree.size} events, fewer than ${size}`);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const batch of this.store.subscribe({ after: this.tree.size, batchSize: BATCH, signal })) {
          this.append(batch);
          await this.gather(batch.length, signal);
        }
        return;
      } catch (error) {
        this.failure = error;
        this.options.onError?.(error);
        await this.gathering.wait(PAUSE_AFTER_ERROR_MS, signal);
      }
    }
  }

  private async gather(taken: number, signal: AbortSignal): Promise<void> {
    let wait = taken < BATCH;
    while ((wait || this.options.isPaused?.()) && this.asked === 0 && !signal.aborted) {
      await this.gathering.wait(GATHER_MS, signal);
      wait = false;
    }
  }

  private async takeIn(events: AsyncIterable<RecordedEvent>): Promise<void> {
    let batch: RecordedEvent[] = [];
    for await (const event of events) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      this.append(batch);
      batch = [];
    }
    this.append(batch);
  }

  private append(batch: readonly RecordedEvent[]): void {
    if (batch.length === 0) return;
    const first = batch[0]?.position;
    if (first !== this.tree.size + 1) {
      throw new Error(`the ledger goes on at position ${first}, the log expected ${this.tree.size + 1}`);
    }
    this.tree.append(batch.map(eventLeaf));
  }
}

const behind = (size: number, head: number, failure: unknown): string =>
  `The log does not take in the ledger: it stands at event ${size} of ${head}${failure instanceof Error ? ` (${failure.message})` : ''}. \`tracker verify\` says what is wrong.`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
