import type { StreamEvent } from '../ledger/event.js';
import type { Day } from '../ledger/edtf.js';
import { evidencePublicOn, firstPublished, isRegistration } from '../ledger/publication.js';
import type { LoggedEvent } from './logged-event.js';
import { standingEvidence, withCorrectedEvidence } from './standing-evidence.js';
import { isAmendment, type StreamState } from './stream-state.js';

/**
 * Whether an event was public by the end of a day: some of its evidence had been published. Registrations are
 * always public.
 */
function isPublicOn(entry: LoggedEvent, publicOn: Day): boolean {
  if (isRegistration(entry.recorded.type)) return true;
  const first = firstPublished(standingEvidence(entry));
  return first !== undefined && first <= publicOn;
}

/**
 * Whether no evidence of an event has a publication date, so that the event appears on no day of the public
 * clock.
 */
export function isUndated(entry: LoggedEvent): boolean {
  return !isRegistration(entry.recorded.type) && firstPublished(standingEvidence(entry)) === undefined;
}

/**
 * The events of a stream that were public by the end of a day, in recording order, each with only the
 * evidence published by then. Corrections and retractions always count as public: a corrected entry is a
 * better copy of the published fact, not news. Amendments of omitted events are omitted too. Corrected
 * evidence comes in its corrected form, because its correction is already applied.
 */
export function* publicEvents(state: StreamState, publicOn: Day): Generator<StreamEvent> {
  const taken = new Set<string>();
  for (const entry of state.log) {
    if (!isAmendment(entry) && !isPublicOn(entry, publicOn)) continue;
    const { recorded } = entry;
    // The amendment may concern an omitted event, or evidence that was not published yet.
    if ('event' in recorded.data && !taken.has(recorded.data.event)) continue;
    if (recorded.type === 'EvidenceCorrected') continue;
    const about = isAmendment(entry) ? state.logged(entry.about) : entry;
    const told = withPublicEvidence(about ? withCorrectedEvidence(recorded, about) : recorded, publicOn);
    if (!told) continue;
    taken.add(recorded.id);
    yield told;
  }
}

/**
 * An event with the evidence published by a day; undefined for an act that only adds evidence, if none of it
 * was published.
 */
export function withPublicEvidence<E extends StreamEvent>(event: E, publicOn: Day): E | undefined {
  const evidence = evidencePublicOn(event.evidence, publicOn);
  if (event.type !== 'EvidenceAdded') return evidence === event.evidence ? event : { ...event, evidence };
  const added = evidencePublicOn(event.data.evidence, publicOn);
  if (added.length === 0) return undefined;
  return { ...event, evidence, data: { ...event.data, evidence: added } };
}
