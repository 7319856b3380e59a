import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';

interface SearchBoxProps {
  readonly id: string;
  readonly value?: string;
  /** Whether it stands beside the navigation, with its label only for screen readers. */
  readonly isSmall?: boolean;
}

/** Searches automakers, goals, events, quotes and publishers by any of their words. */
export function SearchBox({ id, value = '', isSmall = false }: SearchBoxProps): VNode {
  const { clocks } = usePageContext();
  return (
    <form class={isSmall ? 'search small' : 'search'} action="/search" method="get" role="search">
      <label for={id} class={isSmall ? 'visually-hidden' : undefined}>
        Search the ledger
      </label>
      <input
        type="search"
        id={id}
        name="q"
        value={value}
        maxLength={200}
        autocomplete="off"
        placeholder={isSmall ? 'Search' : undefined}
      />
      {Object.entries(clocks).map(([name, day]: [string, string]) => (
        <input key={name} type="hidden" name={name} value={day} />
      ))}
      {isSmall ? (
        <button class="icon" type="submit" aria-label="Search">
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <circle cx="6.5" cy="6.5" r="4.7" fill="none" stroke="currentColor" stroke-width="1.8" />
            <path d="m10 10 5 5" stroke="currentColor" stroke-width="1.8" />
          </svg>
        </button>
      ) : (
        <button class="button" type="submit">
          Search
        </button>
      )}
    </form>
  );
}
