import type { StreamEvent } from '../ledger/event.js';
import type { Evidence } from '../ledger/evidence.js';

/** A piece of evidence, and the event or act that brought it. */
interface Piece {
  readonly by: Pick<StreamEvent, 'id' | 'revision'>;
  readonly item: Evidence;
}

/** An event with what was recorded about its evidence. */
interface Acts {
  readonly recorded: StreamEvent;
  readonly corrections: readonly StreamEvent<'EventCorrected'>[];
  readonly addedEvidence: readonly StreamEvent<'EvidenceAdded'>[];
  readonly evidenceCorrections: readonly StreamEvent<'EvidenceCorrected'>[];
  /** Acts that were retracted themselves. */
  readonly voided: ReadonlyMap<string, number>;
}

/** All evidence of an event that stands, as it was corrected: its own, what was added, and what its latest correction brought. */
export function standingEvidence(entry: Acts): readonly Evidence[] {
  const { recorded, corrections, addedEvidence, evidenceCorrections } = entry;
  // What nearly all events are.
  if (corrections.length + addedEvidence.length + evidenceCorrections.length === 0) return recorded.evidence;
  return piecesOf(entry).map(({ item }) => item);
}

/** An event, or an act about it, with the evidence that it brought as that was corrected since. */
export function withCorrectedEvidence<E extends StreamEvent>(event: E, entry: Acts): E {
  if (!hasCorrections(entry)) return event;
  const brought = piecesOf(entry).flatMap(({ by, item }) => (by.id === event.id ? [item] : []));
  // What was voided, or replaced by a later correction, brings nothing that stands, and stays as it was.
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
    // What came after it is another piece.
    const index = pieces.findIndex(({ by, item }) => item.url === data.url && by.revision < revision);
    const wrong = pieces[index];
    if (wrong) pieces[index] = { ...wrong, item: data.replacement };
  }
  return pieces;
}
