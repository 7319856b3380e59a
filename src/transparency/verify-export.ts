import { problemsOfProposal } from '../domain/proposal.js';
import { definitionOf, isEventType, isLedgerAct } from '../domain/events/catalogue.js';
import type { LedgerLine } from '../interchange/ledger-line.js';
import { InvalidCheckpoint, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { canonicalEvent } from './ledger-entry.js';
import { closedBy, EMPTY_ROOT, leafHash, rootOf, type Hash } from './merkle-tree.js';

export interface ExportVerdict {
  readonly ok: boolean;
  readonly events: number;
  readonly root: string;
  /** What is wrong, the first bad event first. */
  readonly faults: readonly ExportFault[];
  /** What each checkpoint says, and whether it holds. */
  readonly checkpoints: readonly { readonly size: number; readonly holds: boolean }[];
}

export interface ExportFault {
  /** Position of the event, where the fault is one event's. */
  readonly position?: number;
  readonly fault: string;
}

const MOST_FAULTS = 50;

/**
 * Checks an export without the server and its database: every event well-formed and in its place, and the root of each
 * checkpoint, with its signature where a key is given. A checkpoint of fewer events shows that the ledger it was made of
 * is a beginning of this one. Time O(n); memory a few hundred bytes an event, for the tree and the ids.
 */
export async function verifyExport(
  lines: AsyncIterable<LedgerLine>,
  notes: readonly string[],
  verifier?: string,
): Promise<ExportVerdict> {
  const faults: ExportFault[] = [];
  const tree = new GrowingTree();
  const revisions = new Map<string, number>();
  const ids = new Set<string>();
  for await (const { line, content } of lines) {
    const position = tree.size + 1;
    if (content.kind === 'unreadable') {
      faults.push({ position, fault: `line ${line} ${content.reason}` });
      if (faults.length >= MOST_FAULTS) break;
      tree.add(leafHash(''));
      continue;
    }
    for (const fault of faultsOf(content.event, position, revisions, ids)) faults.push({ position, fault });
    if (faults.length >= MOST_FAULTS) break;
    // A table has no cell for evidence that is empty; every recorded event has the field.
    tree.add(leafHash(canonicalEvent({ evidence: [], ...content.event })));
  }
  const checkpoints = notes.map((note) => checked(note, verifier, tree, faults));
  return {
    ok: faults.length === 0,
    events: tree.size,
    root: tree.root(tree.size).toString('base64'),
    faults,
    checkpoints,
  };
}

function checked(note: string, verifier: string | undefined, tree: GrowingTree, faults: ExportFault[]) {
  let checkpoint: Checkpoint;
  try {
    checkpoint = readCheckpoint(note, verifier);
  } catch (error) {
    if (!(error instanceof InvalidCheckpoint)) throw error;
    faults.push({ fault: error.message });
    return { size: 0, holds: false };
  }
  const { size, root } = checkpoint;
  if (size > tree.size) {
    faults.push({
      position: tree.size + 1,
      fault: `the checkpoint is of ${size} events, the export ends after ${tree.size}`,
    });
    return { size, holds: false };
  }
  const holds = tree.root(size).equals(root);
  if (!holds)
    faults.push({
      fault: `the first ${size} events do not have the root of the checkpoint: one of them was changed, or the checkpoint is another ledger's`,
    });
  return { size, holds };
}

function faultsOf(
  event: Readonly<Record<string, unknown>>,
  position: number,
  revisions: Map<string, number>,
  ids: Set<string>,
): string[] {
  const {
    position: place,
    stream,
    revision,
    id,
    recordedAt,
    recordedBy,
    warnings: _warnings,
    ...said
  } = event;
  const faults: string[] = [];
  if (place !== position) faults.push(`stands at position ${position} but says ${String(place)}`);
  if (typeof stream !== 'string') return [...faults, 'has no stream'];
  const expected = (revisions.get(stream) ?? -1) + 1;
  if (revision !== expected)
    faults.push(`should be revision ${expected} of ${stream} but says ${String(revision)}`);
  revisions.set(stream, expected);
  if (typeof id !== 'string' || ids.has(id))
    faults.push(`has the id ${String(id)}, which is missing or not its own`);
  else ids.add(id);
  if (typeof recordedAt !== 'string' || typeof recordedBy !== 'string')
    faults.push('does not say who recorded it, and when');
  return [...faults, ...malformed(said)];
}

function malformed(said: Readonly<Record<string, unknown>>): string[] {
  const { type, occurredOn: _occurredOn, ...rest } = said;
  if (!isEventType(type)) return [`has the unknown type ${String(type)}`];
  // An act happens when it is recorded, so a proposal of one brings no date.
  const problems = problemsOfProposal(isLedgerAct(definitionOf(type)) ? { ...rest, type } : said);
  return problems.map(({ field, message }) => `${field} ${message}`);
}

/** A tree that is built leaf by leaf and keeps all its complete subtrees. */
class GrowingTree {
  private readonly nodes = new Map<string, Hash>();
  size = 0;

  add(leaf: Hash): void {
    for (const { level, index, hash } of closedBy(this.size, leaf, this.node))
      this.nodes.set(`${level}/${index}`, hash);
    this.size++;
  }

  root(size: number): Hash {
    return rootOf(size, this.node);
  }

  private readonly node = (level: number, index: number): Hash =>
    this.nodes.get(`${level}/${index}`) ?? EMPTY_ROOT;
}
