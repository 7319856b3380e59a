import type { VNode } from 'preact';

/** Finds automakers, goals, events, quotes and publishers by any of their words. */
export function SearchBox({ value = '' }: { value?: string }): VNode {
  return (
    <form class="search" action="/search" method="get" role="search">
      <label for="q">Search the ledger</label>
      <input type="search" id="q" name="q" value={value} maxLength={200} autocomplete="off" />
      <button class="button" type="submit">
        Search
      </button>
    </form>
  );
}
