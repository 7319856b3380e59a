import type { VNode } from 'preact';
import type { KeptSuggestion } from '../../commands/suggestions/suggestions.js';
import type { Suggestion, SuggestionKind } from '../../domain/suggestions/suggestion.js';
import { dateInWords, instantInWords } from '../design/dates.js';

const KINDS: Readonly<Record<SuggestionKind, string>> = {
  source: 'A source',
  correction: 'A correction',
  event: 'An event',
};

/** The contributor, the kind and the date of a suggestion, in words. */
export function suggestedInWords({ suggestion: { kind, name }, createdAt }: KeptSuggestion): string {
  return `${KINDS[kind]}, suggested ${instantInWords(createdAt)} by ${name ?? 'a reader'}`;
}

/**
 * The suggestion as it was written. Nobody has reviewed it, so its link does not pass ranking to search
 * engines.
 */
export function Suggested({ suggestion }: { readonly suggestion: Suggestion }): VNode {
  const { text, url, publisher, publishedOn, quote } = suggestion;
  return (
    <div class="suggested">
      {text !== undefined && <p>{text}</p>}
      {quote !== undefined && <blockquote>{quote}</blockquote>}
      {url !== undefined && (
        <p>
          {publisher !== undefined && `${publisher}, `}
          {publishedOn !== undefined && `${dateInWords(publishedOn)}, `}
          <a href={url} rel="nofollow noopener noreferrer external">
            {url}
          </a>
        </p>
      )}
    </div>
  );
}
