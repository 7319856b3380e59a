import type { VNode } from 'preact';
import { addressOf, usePageContext } from '../page-context.js';

/** Links to the first and the next part of a list. */
export function PageLinks({ next }: { next: string | undefined }): VNode | null {
  const { query, path } = usePageContext();
  const isFirst = query['cursor'] === undefined;
  if (isFirst && next === undefined) return null;
  return (
    <nav class="actions" aria-label="Pages">
      {!isFirst && (
        <a class="button second" href={addressOf(path, { ...query, cursor: undefined })}>
          First page
        </a>
      )}
      {next !== undefined && (
        <a class="button second" rel="next" href={addressOf(path, { ...query, cursor: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}
