import type { VNode } from 'preact';
import type { HttpProblem } from '../../problems/http-problem.js';
import { NoSuchRoute, NotFound } from '../../problems/not-found.js';
import { StoreUnavailable } from '../../problems/server-problems.js';
import { renderDocument } from '../design/document.js';
import { dayOf } from '../../domain/ledger/edtf.js';
import { dayInWords } from '../design/dates.js';
import { inSeparateWords, listInWords, valueInWords } from '../design/words.js';
import { addressOf, useLink, usePageContext, type PageContext } from '../page-context.js';

/** An error as a page. */
export function renderProblem(problem: HttpProblem, context: PageContext): string {
  const title = titleOf(problem);
  const page = {
    title,
    description: title,
    body: <ProblemPage problem={problem} />,
  };
  return renderDocument(page, context);
}

/** The title in words for people: a missing route is a missing page, and readers know no stores. */
function titleOf(problem: HttpProblem): string {
  if (problem instanceof NoSuchRoute) return 'There is no such page';
  return problem instanceof StoreUnavailable ? 'The ledger is not reached just now' : problem.title;
}

const TRY_AGAIN =
  'What this page needs does not answer. Nothing that was recorded is lost. Try again in a moment.';

function ProblemPage({ problem }: { problem: HttpProblem }): VNode {
  const link = useLink();
  const { path, query, clocks } = usePageContext();
  const { details } = problem;
  const hasClocks = ['trueOn', 'knownOn', 'publicOn'].some((clock) => query[clock] !== undefined);
  const { knownOn } = clocks;
  const errors = isFields(details['errors']) ? details['errors'] : [];
  const ofAddress = errors.filter(({ field }) => query[field] !== undefined);
  const isOfAName = problem instanceof NotFound && NAMES_NOTHING.test(details.detail);
  const onPublicClock =
    problem instanceof NotFound && knownOn !== undefined && clocks.publicOn === undefined
      ? addressOf(path, { ...query, knownOn: undefined, publicOn: dayOf(knownOn) })
      : undefined;
  return (
    <header class="page-head">
      <h1>{titleOf(problem)}</h1>
      <p class="lead">
        {problem instanceof NoSuchRoute
          ? `Nothing is at ${path}. The address may be mistyped, or the page may never have been.`
          : isOfAName
            ? notFoundInWords(knownOn)
            : problem instanceof StoreUnavailable
              ? TRY_AGAIN
              : ofAddress.length > 0
                ? `Not understood in the address: ${listInWords(ofAddress.map(({ field }) => valueInWords(inSeparateWords(field))))}.`
                : details.detail}
      </p>
      {(isOfAName || problem instanceof StoreUnavailable) && (
        <details>
          <summary>{isOfAName ? 'What was looked for' : 'For whoever runs this server'}</summary>
          <p>
            <code>{details.detail}</code>
          </p>
        </details>
      )}
      {ofAddress.length > 0 ? (
        <>
          <p>
            <a href={addressOf(path, without(query, ofAddress))}>
              {ofAddress.length === 1 ? 'This page without it' : 'This page without them'}
            </a>
          </p>
          <details>
            <summary>What is wrong in it</summary>
            <FieldErrors errors={errors} />
          </details>
        </>
      ) : (
        errors.length > 0 && <FieldErrors errors={errors} />
      )}
      {onPublicClock !== undefined && (
        <p>
          <a href={onPublicClock}>What had been published by then</a>, whenever it was recorded here
        </p>
      )}
      <p>
        {hasClocks && (
          <>
            <a href={path}>This page as it is now</a> ·{' '}
          </>
        )}
        <a href={link('/')}>All automakers</a> · <a href={link('/timeline')}>The timeline</a>
      </p>
    </header>
  );
}

/** Details that mention something by its technical id. */
const NAMES_NOTHING = /^(?:There is no (?:automaker|event|market)|No company|[a-z0-9-]+ has no target)\b/;

/** Says that something does not exist, without its technical id. */
const notFoundInWords = (knownOn: string | undefined): string =>
  knownOn === undefined
    ? 'The ledger holds nothing of this name. It may be mistyped; the search above finds names as people write them.'
    : `By ${dayInWords(dayOf(knownOn))} nothing of this was recorded here; it may have been published all the same.`;

interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** The fields as programs name them, and what they take. */
function FieldErrors({ errors }: { errors: readonly FieldError[] }): VNode {
  return (
    <ul>
      {errors.map(({ field, message }) => (
        <li key={field + message}>
          <code>{field}</code> {message}
        </li>
      ))}
    </ul>
  );
}

const without = (query: PageContext['query'], errors: readonly FieldError[]): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !errors.some(({ field }) => field === name)));

function isFields(errors: unknown): errors is readonly FieldError[] {
  return (
    Array.isArray(errors) &&
    errors.every(
      (error: unknown) =>
        typeof error === 'object' && error !== null && 'field' in error && 'message' in error,
    )
  );
}
