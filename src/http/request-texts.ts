import type { FastifyInstance, FastifyRequest } from 'fastify';
import { normalText, textFault } from '../domain/ledger/text.js';
import { InvalidRequest, type FieldProblem } from '../problems/request-problems.js';

/**
 * Refuses requests whose path or query contains forbidden characters, before a database can reject them in
 * its own way. Query texts are normalized like recorded texts. Bodies are checked elsewhere, by their
 * content.
 */
export function checkRequestTexts(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const problems = [...problemsOfPath(request), ...problemsOfQuery(request)];
    if (problems.length > 0) return done(new InvalidRequest(problems));
    request.query = inNormalForm(request.query);
    done();
  });
}

/** An unknown path gives 404, whatever it contains. */
function problemsOfPath({ params, is404 }: FastifyRequest): FieldProblem[] {
  return is404 ? [] : problemsIn(entriesOf(params));
}

function problemsOfQuery({ url, query }: FastifyRequest): FieldProblem[] {
  const from = url.indexOf('?');
  if (from >= 0 && !isDecodable(url.slice(from + 1)))
    return [{ field: 'query', message: 'has %-escapes that are not UTF-8; write % itself as %25' }];
  return problemsIn(entriesOf(query));
}

function problemsIn(entries: readonly (readonly [name: string, value: unknown])[]): FieldProblem[] {
  return entries.flatMap(([name, value]) => {
    const nameFault = textFault(name);
    if (nameFault !== undefined)
      return [{ field: 'query', message: `has a parameter whose name ${nameFault}` }];
    return [value].flat().flatMap((text) => {
      const fault = typeof text === 'string' ? textFault(text) : undefined;
      return fault === undefined ? [] : [{ field: name, message: fault }];
    });
  });
}

function isDecodable(query: string): boolean {
  if (!query.includes('%')) return true;
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}

function inNormalForm(query: unknown): unknown {
  const entries = entriesOf(query);
  if (entries.length === 0) return query;
  return Object.fromEntries(entries.map(([name, value]) => [name, normalOf(value)]));
}

function normalOf(value: unknown): unknown {
  if (typeof value === 'string') return normalText(value);
  return Array.isArray(value) ? value.map(normalOf) : value;
}

const entriesOf = (value: unknown): [name: string, value: unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
