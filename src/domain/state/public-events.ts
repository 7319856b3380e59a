import type { StreamEvent } from '../ledger/event.js';
import type { Day } from '../ledger/edtf.js';
import { evidencePublicOn, firstPublished, isRegistration } from '../ledger/publication.js';
import type { LoggedEvent } from './logged-event.js';
import { standingEvidence, withCorrectedEvidence } from './standing-evidence.js';
import { isAmendment, type StreamState } from './stream-state.js';

/** Whether an event counts as told by the end of a day: some of its evidence had been published. Registrations always do. */
function isPublicOn(entry: LoggedEvent, publicOn: Day): boolean {
  if (isRegistration(entry.recorded.type)) return true;
  const first = firstPublished(standingEvidence(entry));
  return first !== undefined && first <= publicOn;
}

/** Whether nothing tells when an event was published, so that no day on the public clock holds it. */
export function isUndated(entry: LoggedEvent): boolean {
  return !isRegistration(entry.recorded.type) && firstPublished(standingEvidence(entry)) === undefined;
}

/**
 * The events of a stream of which some evidence had been published by the end of a day, each with only that evidence, in
 * the order of recording. Corrections and retractions count as always public: a corrected entry is a better copy of what
 * was published, not news. What is recorded about an event that is left out is left out too. Corrected evidence comes as it
 * should have been, in place of what was wrong: the correction is in it.
 */
export function* publicEvents(state: StreamState, publicOn: Day): Generator<StreamEvent> {
  const taken = new Set<string>();
  for (const entry of state.log) {
    if (!isAmendment(entry) && !isPublicOn(entry, publicOn)) continue;
    const { recorded } = entry;
    // It may be about an event that is left out, or about evidence that was not published yet.
    if ('event' in recorded.data && !taken.has(recorded.data.event)) continue;
    if (recorded.type === 'EvidenceCorrected') continue;
    const about = isAmendment(entry) ? state.logged(entry.about) : entry;
    const told = withPublicEvidence(about ? withCorrectedEvidence(recorded, about) : recorded, publicOn);
    if (!told) continue;
    taken.add(recorded.id);
    yield told;
  }
}

/** An event with the evidence that had been published by then; undefined where it only adds evidence and none of that had. */
export function withPublicEvidence<E extends StreamEvent>(event: E, publicOn: Day): E | undefined {
  const evidence = evidencePublicOn(event.evidence, publicOn);
  if (event.type !== 'EvidenceAdded') return evidence === event.evidence ? event : { ...event, evidence };
  const added = evidencePublicOn(event.data.evidence, publicOn);
  if (added.length === 0) return undefined;
  return { ...event, evidence, data: { ...event.data, evidence: added } };
}
