import { askOutside, NoAnswer } from '../outbound/ask-outside.js';
import type { TargetPolicy } from '../outbound/guarded-lookup.js';
import { targetFrom } from './webhook-target.js';

export interface Message {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The receiver did not accept the message. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  constructor(
    message: string,
    /** The status of its answer, if there was one. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/**
 * Sends a message and resolves once the receiver has accepted it with a status from 200 to 299. Redirects
 * count as refusals, since nobody has checked where they lead. Throws NotTaken.
 */
export async function deliver(
  address: string,
  { body, headers }: Message,
  policy: TargetPolicy,
  signal: AbortSignal,
): Promise<void> {
  const url = targetFrom(address, policy);
  const { status } = await askOutside(url, {
    method: 'POST',
    headers: {
      ...headers,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'User-Agent': 'Market-Expansion-Tracker-Webhooks',
    },
    body,
    policy,
    signal,
  }).catch((error: unknown): never => {
    throw new NotTaken(reasonOf(error));
  });
  if (status < 200 || status >= 300) throw new NotTaken(`The receiver answered ${status}.`, status);
}

function reasonOf(error: unknown): string {
  if (error instanceof NoAnswer) return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
  return error instanceof Error ? error.message : String(error);
}
