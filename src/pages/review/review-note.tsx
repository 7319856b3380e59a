import type { VNode } from 'preact';
import type { Review } from '../../commands/review/reviews.js';
import { instantInWords } from '../design/dates.js';
import { usePageContext } from '../page-context.js';

/** The finding of a second analyst, or the request for one. */
export function reviewInWords({
  askedBy,
  question,
  reviewedBy,
  reviewedAt,
  finding,
  remark,
}: Review): string {
  if (reviewedBy === undefined || reviewedAt === undefined)
    return `${askedBy} asks a second analyst to look at it${question === undefined ? '.' : `: ${question}`}`;
  const found = finding === 'objected' ? 'objected' : 'agreed';
  return `${reviewedBy} looked at it on ${instantInWords(reviewedAt)} and ${found}${remark === undefined ? '.' : `: ${remark}`}`;
}

interface ReviewNoteProps {
  readonly event: string;
  readonly recordedBy: string;
  readonly review: Review | undefined;
}

/**
 * Whether a second analyst has reviewed an event; for analysts, also the forms to request and give a review.
 */
export function ReviewNote({ event, recordedBy, review }: ReviewNoteProps): VNode | null {
  const { principal } = usePageContext();
  const isAnalyst = principal !== null && principal.role !== 'reader';
  const isWaiting = review !== undefined && review.reviewedAt === undefined;
  return (
    <>
      {review && <p class={review.finding === 'objected' ? 'note warn' : 'note'}>{reviewInWords(review)}</p>}
      {isAnalyst && isWaiting && principal.name !== recordedBy && <ReviewForm event={event} />}
      {isAnalyst && !isWaiting && <AskForm event={event} isAgain={review !== undefined} />}
    </>
  );
}

function AskForm({ event, isAgain }: { readonly event: string; readonly isAgain: boolean }): VNode {
  const { formToken } = usePageContext();
  const id = `question-${event}`;
  return (
    <details class="no-print">
      <summary>{isAgain ? 'Ask for another look' : 'Ask a second analyst to look at it'}</summary>
      <form action="/reviews" method="post" class="form">
        <input type="hidden" name="formToken" value={formToken} />
        <input type="hidden" name="event" value={event} />
        <div class="field">
          <label for={id}>
            What to look at<span class="hint"> (optional)</span>
          </label>
          <textarea id={id} name="question" rows={2} maxLength={1000} />
        </div>
        <div class="actions">
          <button class="button second" type="submit">
            Ask
          </button>
        </div>
      </form>
    </details>
  );
}

/** The form for a second analyst's review of an event. */
function ReviewForm({ event }: { readonly event: string }): VNode {
  const { formToken } = usePageContext();
  const id = `remark-${event}`;
  return (
    <details class="no-print">
      <summary>Say what you found</summary>
      <form action={`/reviews/${event}`} method="post" class="form">
        <input type="hidden" name="formToken" value={formToken} />
        <div class="field">
          <label for={id}>Remark, needed where something is wrong</label>
          <textarea id={id} name="remark" rows={2} maxLength={1000} />
        </div>
        <div class="actions">
          <button class="button second" type="submit" name="finding" value="agreed">
            It is right
          </button>
          <button class="button second" type="submit" name="finding" value="objected">
            Something is wrong
          </button>
        </div>
      </form>
    </details>
  );
}
