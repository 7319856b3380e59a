import type { KeptSuggestion } from '../../commands/suggestions/suggestions.js';
import { creditOf, evidenceIn } from '../../domain/suggestions/suggestion.js';
import type { FormValues } from '../form-body.js';
import type { EventForm } from '../log/event-form.js';

/** A form that records what a suggestion says: once, and noted as accepted. */
export const withSuggestion = (entry: EventForm, kept: KeptSuggestion): EventForm => ({
  ...entry,
  hidden: { ...entry.hidden, suggestion: kept.id },
  suggestion: kept,
});

/** What such a form begins with: the suggested source, and whom it is owed to. How well the source supports it, the analyst says. */
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
