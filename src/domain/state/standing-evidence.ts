import type { StreamEvent } from '../ledger/event.js';
import type { Evidence } from '../ledger/evidence.js';

/** A piece of evidence, and the event or act that added it. */
interface Piece {
  readonly by: Pick<StreamEvent, 'id' | 'revision'>;
  readonly item: Evidence;
}

/** An event with all acts about its evidence. */
interface Acts {
  readonly recorded: StreamEvent;
  readonly corrections: readonly StreamEvent<'EventCorrected'>[];
  readonly addedEvidence: readonly StreamEvent<'EvidenceAdded'>[];
  readonly evidenceCorrections: readonly StreamEvent<'EvidenceCorrected'>[];
  /** Acts that were retracted. */
  readonly voided: ReadonlyMap<string, number>;
}

/**
 * All valid evidence of an event in its corrected form: its own, the added evidence, and that of its latest
 * correction.
 */
export function standingEvidence(entry: Acts): readonly Evidence[] {
  const { recorded, corrections, addedEvidence, evidenceCorrections } = entry;
  // A fast path for nearly all events.
  if (corrections.length + addedEvidence.length + evidenceCorrections.length === 0) return recorded.evidence;
  return piecesOf(entry).map(({ item }) => item);
}

/** An event, or an act about it, with its evidence in corrected form. */
export function withCorrectedEvidence<E extends StreamEvent>(event: E, entry: Acts): E {
  if (!hasCorrections(entry)) return event;
  const brought = piecesOf(entry).flatMap(({ by, item }) => (by.id === event.id ? [item] : []));
  // An act that was retracted or replaced has no valid evidence, and stays as it was.
  if (brought.length === 0) return event;
  return event.type === 'EvidenceAdded'
    ? { ...event, data: { ...event.data, evidence: brought } }
    : { ...event, evidence: brought };
}

const hasCorrections = ({ evidenceCorrections, voided }: Acts): boolean =>
  evidenceCorrections.some(({ id }) => !voided.has(id));

function piecesOf({ recorded, corrections, addedEvidence, evidenceCorrections, voided }: Acts): Piece[] {
  const correction = corrections.findLast(({ id }) => !voided.has(id));
  const pieces: Piece[] = [
    ...recorded.evidence.map((item) => ({ by: recorded, item })),
    ...addedEvidence
      .filter(({ id }) => !voided.has(id))
      .flatMap((added) => added.data.evidence.map((item) => ({ by: added, item }))),
    ...(correction ? correction.evidence.map((item) => ({ by: correction, item })) : []),
  ];
  for (const { id, revision, data } of evidenceCorrections) {
    if (voided.has(id)) continue;
    // Evidence added after the correction is a different piece.
    const index = pieces.findIndex(({ by, item }) => item.url === data.url && by.revision < revision);
    const wrong = pieces[index];
    if (wrong) pieces[index] = { ...wrong, item: data.replacement };
  }
  return pieces;
}
