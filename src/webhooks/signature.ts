import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret as Standard Webhooks has it: 32 random bytes. */
export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/** The headers of a message: its id, when it is sent (seconds), and the proof that it is from here and was not changed. */
export function signedHeaders(
  id: string,
  atSeconds: number,
  body: string,
  secret: string,
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(atSeconds),
    'webhook-signature': `v1,${signature}`,
  };
}
