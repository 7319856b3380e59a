import type { ComponentChildren, VNode } from 'preact';

/**
 * Maximum number of rows of a list on a page. A page that grows with its ledger would be unreadable and too
 * slow.
 */
const MOST_SHOWN = 200;

interface FirstRowsProps<T> {
  readonly rows: readonly T[];
  /** The address of the complete list. */
  readonly all: string;
  readonly children: (shown: readonly T[]) => ComponentChildren;
}

/**
 * A list on a page. If it is too long, shows the first rows, the number of the others, and a link to all of
 * them.
 */
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
