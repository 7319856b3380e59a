import http from 'node:http';
import https from 'node:https';
import { guardedLookup, type TargetPolicy } from './guarded-lookup.js';

/** Deadline for a server's answer, including the DNS look-up. */
const ANSWER_MS = 15_000;

export interface OutsideRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly policy: TargetPolicy;
  readonly signal: AbortSignal;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly location: string | undefined;
}

/** The other server did not answer in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor() {
    super(`no answer within ${ANSWER_MS / 1000} s`);
  }
}

/**
 * Sends one request to another server and returns the status and redirect target of its answer. Does not read
 * the body and follows no redirects. Throws NoAnswer, ForbiddenTarget, and network errors.
 */
export function askOutside(
  url: URL,
  { method, headers, body, policy, signal }: OutsideRequest,
): Promise<OutsideAnswer> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: { ...headers },
      lookup: guardedLookup(url, policy),
      signal: deadline,
      // A new connection each time, because a kept one could by now belong to another machine.
      agent: false,
    });
    request.once('response', (response) => {
      response.destroy();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
    });
    request.once('error', (error: Error) => {
      const isLate = deadline.aborted && !signal.aborted;
      reject(isLate ? new NoAnswer() : error);
    });
    request.end(body);
  });
}
