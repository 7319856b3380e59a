import http from 'node:http';
import https from 'node:https';
import { guardedLookup, type TargetPolicy } from './guarded-lookup.js';

/** A server has so long for an answer, from the look-up of its name on. */
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
 * Asks another server one thing and tells how it answered; what else it says is not read, and no redirect is followed.
 * Throws NoAnswer, ForbiddenTarget, and what the network says.
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
      // A connection of its own: one that was kept open could be another machine's by now.
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
