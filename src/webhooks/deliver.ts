import http from 'node:http';
import https from 'node:https';
import { guardedLookup, targetFrom, type TargetPolicy } from './webhook-target.js';

/** A receiver has so long for an answer, from the look-up of its name on. */
const ANSWER_MS = 15_000;

export interface Message {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The receiver did not take the message. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  constructor(
    message: string,
    /** Of its answer, where there was one. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/**
 * Sends a message and resolves once the receiver says that it took it: with a status from 200 to 299. A redirect is none:
 * it would lead where nobody has checked. Throws NotTaken.
 */
export function deliver(
  address: string,
  { body, headers }: Message,
  policy: TargetPolicy,
  signal: AbortSignal,
): Promise<void> {
  const url = targetFrom(address, policy);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'Market-Expansion-Tracker-Webhooks',
      },
      lookup: guardedLookup(url, policy),
      signal: deadline,
      // A connection of its own: one that was kept open could be another machine's by now.
      agent: false,
    });
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      // What it says beyond that is not read.
      response.destroy();
      if (status >= 200 && status < 300) resolve();
      else reject(new NotTaken(`The receiver answered ${status}.`, status));
    });
    request.once('error', (error: Error) => {
      const isLate = deadline.aborted && !signal.aborted;
      reject(new NotTaken(isLate ? `No answer within ${ANSWER_MS / 1000} s.` : error.message));
    });
    request.end(body);
  });
}
