import type { VNode } from 'preact';

interface ErrorSummaryProps {
  /** What is wrong, and the id of the field where it is mended. */
  readonly problems: readonly { readonly to?: string; readonly words: string }[];
}

/** What is wrong with a form, before it: it has the focus, and each line leads to its field. */
export function ErrorSummary({ problems }: ErrorSummaryProps): VNode | null {
  if (problems.length === 0) return null;
  return (
    <div class="note bad error-summary" role="alert" tabIndex={-1} autofocus>
      <p>
        <strong>
          {problems.length === 1 ? 'One field is' : `${problems.length} fields are`} not right yet.
        </strong>{' '}
        Nothing was recorded; what you typed is still here.
      </p>
      <ul>
        {problems.map(({ to, words }) => (
          <li key={words}>{to === undefined ? words : <a href={`#${to}`}>{words}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
