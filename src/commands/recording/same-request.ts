import type { StreamEvent } from '../../domain/ledger/event.js';
import type { EventCorrected } from '../../domain/events/event-corrected.js';
import { withNormalTexts } from '../../domain/ledger/input-texts.js';
import { normalize, type Proposal } from '../../domain/ledger/proposal.js';
import { canonicalJson } from '../../formats/canonical-json.js';

/** Whether a recorded event is what a valid proposal asked for: it is the same request, come again. */
export function isSameRequest(event: StreamEvent, proposal: Proposal | undefined): boolean {
  if (!proposal) return false;
  // What was recorded before texts had a normal form says the same in it.
  const said = withNormalTexts(normalize(proposal));
  const recorded = withNormalTexts(event);
  const { version = 1, data } = recorded.written ?? recorded;
  return (
    event.type === said.type &&
    // What names no version is read in the newest that it fits, and once that was an earlier one.
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
  // Most are in the same order, and to find that out costs less.
  return JSON.stringify(one) === JSON.stringify(other) || canonicalJson(one) === canonicalJson(other);
}

/** A correction that names no version of its data is recorded with the one that was found, unless that is the first. */
function isSameCorrection(recorded: EventCorrected, said: EventCorrected): boolean {
  const { version = 1 } = recorded;
  return (said.version ?? version) === version && isSame({ ...recorded, version }, { ...said, version });
}
