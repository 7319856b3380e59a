import type { ComponentChildren, VNode } from 'preact';

/** So many rows of one list a page shows: a page that grows with its ledger is not read, and not sent in time. */
const MOST_SHOWN = 200;

interface FirstRowsProps<T> {
  readonly rows: readonly T[];
  /** Where all of them are. */
  readonly all: string;
  readonly children: (shown: readonly T[]) => ComponentChildren;
}

/** A list of a page; a very long one up to its bound, with what is left out counted, and where it is. */
export function FirstRows<T>({ rows, all, children }: FirstRowsProps<T>): VNode {
  return (
    <>
      {children(rows.slice(0, MOST_SHOWN))}
      {rows.length > MOST_SHOWN && (
        <p class="quiet">
          The first {MOST_SHOWN} of {rows.length.toLocaleString('en-GB')}. <a href={all}>All of them</a>
        </p>
      )}
    </>
  );
}
