import type { EventData } from '../events/catalogue.js';
import type { RuleViolation } from '../events/event-type.js';
import { nameTaken, type ClaimedNames } from '../state/claimed-names.js';
import { saidBy } from '../state/logged-event.js';
import type { StreamState } from '../state/stream-state.js';
import type { NewEvent } from './event.js';
import { ownerOf } from './streams.js';

/**
 * Checks that each name belongs to only one company: the violation if an event gives a company a name of
 * another one. Names that the company already had stay valid.
 */
export function takesName(
  state: StreamState,
  event: NewEvent,
  names: ClaimedNames,
): RuleViolation | undefined {
  const owner = ownerOf(state.stream);
  const told = owner?.owner === 'company' ? companyTold(state, event) : undefined;
  if (owner?.owner !== 'company' || !told) return undefined;
  const taken = nameTaken(names, owner.company, state.record('company', ''), told);
  return (
    taken && {
      rule: 'name-taken',
      message: `the name ${taken.name} belongs to ${taken.holder}; one name belongs to one company, so leave it out, or correct that company first`,
    }
  );
}

/** The company data that an event, or an amendment of an event, states. */
function companyTold(
  state: StreamState,
  { type, data }: NewEvent,
): EventData<'CompanyRegistered'> | undefined {
  if (type === 'CompanyRegistered') return data;
  const entry = 'event' in data ? state.logged(data.event) : undefined;
  if (entry?.recorded.type !== 'CompanyRegistered') return undefined;
  const told =
    type === 'EventCorrected' ? data.data : type === 'EventReinstated' ? saidBy(entry).data : undefined;
  // A correction's data has the type of the corrected event.
  return told as EventData<'CompanyRegistered'> | undefined;
}
