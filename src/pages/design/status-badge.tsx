import type { VNode } from 'preact';
import type { Status } from '../../domain/goals/status.js';
import { Explained } from './explained.js';
import { STATUS_LOOKS, type StatusLook } from './words.js';

/** A shape for each tone, so that it is recognizable without colour. */
const SHAPES = {
  good: <path d="M1 6.5 4.6 10 11 2.4" fill="none" stroke="currentColor" stroke-width="2.2" />,
  fair: <path d="M6 1 11.5 11H.5Z" fill="currentColor" />,
  poor: <path d="M6 .5 11.5 6 6 11.5.5 6Z" fill="currentColor" />,
  bad: <path d="M1.5 1.5 10.5 10.5M10.5 1.5 1.5 10.5" fill="none" stroke="currentColor" stroke-width="2.6" />,
  none: <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.8" />,
} as const;

interface StatusProps {
  readonly status: Status;
  /**
   * Whether the verdict has no current support. It then has no colour, and says so before the last verdict.
   */
  readonly isOld?: boolean;
}

/** The status of a target as a word with a shape, linked to its explanation. */
export function StatusBadge(props: StatusProps): VNode {
  return (
    <Explained method={props.status} isRating>
      <StatusMark {...props} />
    </Explained>
  );
}

/** The same without a link, for use in explanations and within links. */
export function StatusMark({ status, isOld = false }: StatusProps): VNode {
  const { tone, words } = STATUS_LOOKS[status];
  // A status that was no verdict needs no remark about its age.
  if (!isOld || tone === 'none') return <ToneBadge look={{ tone, words }} />;
  return <ToneBadge look={{ tone: 'none', words: `No current evidence; last: ${words.toLowerCase()}` }} />;
}

/** A judgement as a word with the shape and colour of its tone. */
export function ToneBadge({ look: { tone, words } }: { look: StatusLook }): VNode {
  return (
    <span class={`badge ${tone}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      {words}
    </span>
  );
}
