import { definitionOf, isAmendment, isEventType } from '../../domain/events/catalogue.js';
import { normalize, problemsOfProposal, type Proposal } from '../../domain/ledger/proposal.js';
import { whenInWords } from '../../domain/words/dates.js';
import { NAMING } from '../../queries/names.js';

/** A proposal in a sentence, with its time and its sources; undefined if it cannot be interpreted. */
export function tellProposal(proposal: object, automaker: string): string | undefined {
  if (problemsOfProposal(proposal).length > 0) return undefined;
  const { type, data, occurredOn, evidence = [] } = normalize(proposal as Proposal);
  if (!isEventType(type)) return undefined;
  const definition = definitionOf(type);
  if (isAmendment(definition)) return undefined;
  const sentence = definition.sentence(data, { ...NAMING, automaker });
  const when = occurredOn === undefined ? '' : `, ${whenInWords(occurredOn)}`;
  const publishers = evidence.map(({ publisher, grade }) => `${publisher}, ${grade}`);
  const by = publishers.length === 0 ? 'No source is given.' : `By ${publishers.join('; ')}.`;
  return `${sentence}${when}. ${by}`;
}
