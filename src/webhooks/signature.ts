import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret in the Standard Webhooks format: 32 random bytes. */
export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/** The headers of a message: id, time of sending (in seconds), and signature. */
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
