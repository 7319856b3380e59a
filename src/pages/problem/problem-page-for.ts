import type { FastifyReply, FastifyRequest } from 'fastify';
import { dayOf } from '../../domain/ledger/edtf.js';
import { isOwnForm } from '../../access/form-tokens.js';
import { ForeignForm } from '../../problems/access-problems.js';
import type { HttpProblem } from '../../problems/http-problem.js';
import { pageContextOf } from '../page-context-of.js';
import { keptFormOf } from '../sign-in/kept-form.js';
import { renderSessionOver } from '../sign-in/session-over.js';
import { renderProblem } from './problem-page.js';

/** A problem as a page, for a request that no page handler answers. */
export function problemPageFor(problem: HttpProblem, request: FastifyRequest, reply: FastifyReply): string {
  const context = pageContextOf(request, reply, dayOf(new Date().toISOString()));
  const kept =
    problem instanceof ForeignForm && isOwnForm(request) ? keptFormOf(request.url, request.body) : undefined;
  return kept ? renderSessionOver(kept, context) : renderProblem(problem, context);
}
