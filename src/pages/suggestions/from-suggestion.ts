import type { KeptSuggestion } from '../../commands/suggestions/suggestions.js';
import { creditOf, evidenceIn } from '../../domain/suggestions/suggestion.js';
import type { FormValues } from '../form-body.js';
import type { EventForm } from '../log/event-form.js';

/** A form that records a suggestion, only once, and marks it as accepted. */
export const withSuggestion = (entry: EventForm, kept: KeptSuggestion): EventForm => ({
  ...entry,
  hidden: { ...entry.hidden, suggestion: kept.id },
  suggestion: kept,
});

/**
 * The initial values of such a form: the suggested source and the name of its contributor. The analyst
 * decides how well the source supports the event.
 */
export function valuesOfSuggestion({ suggestion }: KeptSuggestion): FormValues {
  const evidence = evidenceIn(suggestion, 'reported');
  return {
    note: creditOf(suggestion),
    ...(evidence && {
      'evidence[0].url': evidence.url,
      'evidence[0].publisher': evidence.publisher,
      'evidence[0].publishedOn': evidence.publishedOn,
      'evidence[0].quote': evidence.quote,
    }),
  };
}
