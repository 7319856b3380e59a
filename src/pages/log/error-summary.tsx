import type { VNode } from 'preact';

interface ErrorSummaryProps {
  /** The problems, each with the id of the field to correct. */
  readonly problems: readonly { readonly to?: string; readonly words: string }[];
}

/** A list of the problems above a form. It has the focus, and each line links to its field. */
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
