import type { StreamEvent } from '../../domain/ledger/event.js';
import type { EventCorrected } from '../../domain/events/event-corrected.js';
import { withNormalTexts } from '../../domain/ledger/input-texts.js';
import { normalize, type Proposal } from '../../domain/ledger/proposal.js';
import { canonicalJson } from '../../formats/canonical-json.js';

/** Whether a recorded event equals a valid proposal, so that the proposal is a repeated request. */
export function isSameRequest(event: StreamEvent, proposal: Proposal | undefined): boolean {
  if (!proposal) return false;
  // Events recorded before texts were normalized compare equal in normalized form.
  const said = withNormalTexts(normalize(proposal));
  const recorded = withNormalTexts(event);
  const { version = 1, data } = recorded.written ?? recorded;
  return (
    event.type === said.type &&
    // A proposal without a version is read in the newest version that fits. Earlier, that may have been an
    // older version.
    (said.version === undefined || version === said.version) &&
    (said.occurredOn === undefined || event.occurredOn === said.occurredOn) &&
    recorded.note === said.note &&
    (recorded.type === 'EventCorrected'
      ? isSameCorrection(recorded.data, said.data as EventCorrected)
      : isSame(data, said.data)) &&
    isSame(recorded.evidence, said.evidence ?? [])
  );
}

function isSame(one: object, other: object): boolean {
  // A fast path: mostly both have the same key order.
  return JSON.stringify(one) === JSON.stringify(other) || canonicalJson(one) === canonicalJson(other);
}

/**
 * A correction that does not name the version of its data is recorded with the detected version, except for
 * version 1.
 */
function isSameCorrection(recorded: EventCorrected, said: EventCorrected): boolean {
  const { version = 1 } = recorded;
  return (said.version ?? version) === version && isSame({ ...recorded, version }, { ...said, version });
}
