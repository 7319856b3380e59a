import type { VNode } from 'preact';
import type { Problem } from '../../problems/problem.js';
import { renderDocument } from '../design/document.js';
import { useLink, useVisit, type Visit } from '../visit.js';

/** An error as a page. */
export function renderProblem(problem: Problem, visit: Visit): string {
  const page = {
    title: problem.title,
    description: problem.title,
    body: <ProblemPage problem={problem} />,
  };
  return renderDocument(page, visit);
}

function ProblemPage({ problem: { title, details } }: { problem: Problem }): VNode {
  const link = useLink();
  const { path } = useVisit();
  return (
    <header class="page-head">
      <h1>{title}</h1>
      <p class="lead">{details.detail}</p>
      {isFields(details['errors']) && (
        <ul>
          {details['errors'].map(({ field, message }) => (
            <li key={field + message}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={path}>This page as it is now</a> · <a href={link('/')}>All automakers</a> ·{' '}
        <a href={link('/timeline')}>The timeline</a>
      </p>
    </header>
  );
}

function isFields(errors: unknown): errors is readonly { field: string; message: string }[] {
  return (
    Array.isArray(errors) &&
    errors.every(
      (error: unknown) =>
        typeof error === 'object' && error !== null && 'field' in error && 'message' in error,
    )
  );
}
