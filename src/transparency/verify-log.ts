import type { RecordedEvent } from '../domain/ledger/event.js';
import type { EventStore } from '../event-store/event-store.js';
import { inFileOrder } from '../formats/ledger-line.js';
import { adoptionsAmong, formerKeys, givenUpBy, reasonOf } from './adoption.js';
import type { Adoption, Checkpoint } from './checkpoint-content.js';
import { InvalidCheckpoint, readCheckpoint } from './checkpoint.js';
import { GrowingTree } from './growing-tree.js';
import { eventLeaf } from './ledger-entry.js';
import { leafHash, type Hash } from './merkle-tree.js';
import { StoredNodes } from './stored-nodes.js';
import type { KeptCheckpoint, TreeStore } from './tree-store.js';

/** A contradiction between the ledger, its log and its checkpoints. */
export interface LogFinding {
  readonly position?: number;
  readonly event?: string;
  readonly finding: string;
}

/** A checkpoint to check, and the key that must have signed it. Defaults to the log's own key. */
export interface GivenCheckpoint {
  readonly note: string;
  readonly key?: string | undefined;
}

export interface LogUnderTest {
  readonly store: EventStore;
  readonly tree: TreeStore;
  /** All checkpoints that the log has issued. */
  readonly kept: readonly KeptCheckpoint[];
  /** The log's public key. */
  readonly key: string;
  readonly given: readonly GivenCheckpoint[];
}

/** The findings, and each time the log had to accept a different ledger. */
export interface LogVerification {
  readonly findings: readonly LogFinding[];
  readonly adoptions: readonly Adoption[];
}

const MOST_FINDINGS = 50;

/**
 * Checks the ledger against its log. It computes everything from the events and trusts no stored value: the
 * hash of each event, the hashes of all subtrees, and the root of each checkpoint. Returns at most 50
 * findings, by position.
 */
export async function verifyLog({ store, tree, kept, key, given }: LogUnderTest): Promise<LogVerification> {
  const findings: LogFinding[] = [];
  const adoptions = adoptionsAmong(kept);
  const noted = tree.verifierKey;
  if (noted !== undefined && noted !== key)
    findings.push({
      finding: `the key of the log is ${key}; it was signed with ${noted} so far: the key was replaced`,
    });
  const claims = [
    ...keptClaims(kept, [key, ...formerKeys(adoptions)], findings),
    ...givenClaims(given, key, adoptions, findings),
  ];
  const computed = new GrowingTree(new Set(claims.map(({ size }) => size)));
  const stored = new StoredNodes(tree);
  for await (const event of store.readAll()) {
    if (event.position <= computed.size) continue;
    while (computed.size + 1 < event.position) {
      findings.push(missing(computed.size + 1));
      stored.take(computed.add(leafHash('')), false);
    }
    const unknown = unknownFields(event);
    if (unknown.length > 0)
      findings.push(found(event, `has fields that no event has: ${unknown.join(', ')}`));
    const fault = stored.take(computed.add(eventLeaf(event)));
    if (fault !== undefined) findings.push(found(event, fault));
    if (findings.length >= MOST_FINDINGS) return { findings: sorted(findings), adoptions };
  }
  const lost = tree.lostLeaves();
  if (lost !== undefined) findings.push({ finding: lost.message });
  const smuggledFrom = tree.closedAt === undefined ? Infinity : tree.closedAt + 1;
  for (const position of tree.smuggled(MOST_FINDINGS)) findings.push(unwitnessed(position));
  for (let position = smuggledFrom; position <= computed.size && findings.length < MOST_FINDINGS; position++)
    findings.push(unwitnessed(position));
  for (let position = computed.size + 1; position <= tree.size && findings.length < MOST_FINDINGS; position++)
    findings.push(missing(position));
  if (computed.size >= tree.size && stored.hasMore())
    findings.push({
      finding: 'the log holds hashes of subtrees that it cannot have. `tracker rebuild` makes them anew',
    });
  for (const { size, root, isGiven, givenUp } of claims) {
    if (computed.rootAt(size)?.equals(root)) continue;
    if (!givenUp) findings.push({ finding: notOfThisLedger(size) });
    else if (isGiven) findings.push({ finding: reasonOf(size, givenUp) });
  }
  return { findings: sorted(findings), adoptions };
}

interface Claim {
  readonly size: number;
  readonly root: Hash;
  /**
   * True if the caller supplied it. The log's own checkpoints may be of a state that an adoption discarded.
   */
  readonly isGiven: boolean;
  /** The adoption that discarded events which the checkpoint covers. */
  readonly givenUp: Adoption | undefined;
}

function keptClaims(
  kept: readonly KeptCheckpoint[],
  keys: readonly string[],
  findings: LogFinding[],
): Claim[] {
  const adoptions = adoptionsAmong(kept);
  return kept.flatMap(({ size, note }) => {
    const claim = keys.map((key) => signedBy(note, key)).find((each) => each !== undefined);
    if (claim?.size === size) return [{ ...claim, isGiven: false, givenUp: givenUpBy(claim, adoptions) }];
    findings.push({
      finding: claim
        ? `a checkpoint of ${claim.size} events is kept as one of ${size}`
        : `the kept checkpoint of ${size} events is not signed with the log’s key: the key was replaced, or the checkpoint was changed`,
    });
    return [];
  });
}

function signedBy(note: string, key: string): Checkpoint | undefined {
  try {
    return readCheckpoint(note, key);
  } catch (error) {
    if (error instanceof InvalidCheckpoint) return undefined;
    throw error;
  }
}

function givenClaims(
  given: readonly GivenCheckpoint[],
  own: string,
  adoptions: readonly Adoption[],
  findings: LogFinding[],
): Claim[] {
  const claims: Claim[] = [];
  for (const { note, key = own } of given) {
    if (key.trim() !== own) {
      const finding = otherKey(own, key.trim(), adoptions);
      if (!findings.some((each) => each.finding === finding)) findings.push({ finding });
    }
    try {
      const claim = readCheckpoint(note, key);
      claims.push({ ...claim, isGiven: true, givenUp: givenUpBy(claim, adoptions) });
    } catch (error) {
      if (!(error instanceof InvalidCheckpoint)) throw error;
      findings.push({ finding: error.message });
    }
  }
  return claims;
}

function otherKey(own: string, given: string, adoptions: readonly Adoption[]): string {
  const since = adoptions.find(({ formerKey }) => formerKey === given);
  return since
    ? `the key of the log is ${own} since ${since.at}, no longer ${given} (${JSON.stringify(since.reason)})`
    : `the key of the log is ${own}, not ${given}: it was replaced, or that key is another log’s`;
}

/** Fields that neither exports nor the hash of the event would show. */
function unknownFields(event: RecordedEvent): string[] {
  // The store never returns `written`. The hash covers what `version` and `written` follow from.
  const known = { ...inFileOrder(event), version: undefined, written: undefined };
  return Object.keys(event).filter((name) => !Object.hasOwn(known, name));
}

const found = ({ position, id }: RecordedEvent, finding: string): LogFinding => ({
  position,
  event: id,
  finding,
});
const missing = (position: number): LogFinding => ({
  position,
  finding: 'is not there any more: the log had taken it in',
});
const unwitnessed = (position: number): LogFinding => ({
  position,
  finding: 'was put into the ledger while no tracker ran',
});
const notOfThisLedger = (size: number): string =>
  `the checkpoint of ${size} events is not of this ledger, or one of them was changed or taken out`;

const sorted = (findings: readonly LogFinding[]): LogFinding[] =>
  [...findings].sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || 0);
