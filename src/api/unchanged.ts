import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A weak ETag: the compressed and the uncompressed answer are equivalent. */
export const etagOf = (body: string | Buffer): string =>
  `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/**
 * Whether the client already has an answer. Sets the headers that let it ask so, and the status 304 if it has. They
 * are the same with and without a body, compressed or not, as caches require (RFC 9110 §15.4.5).
 */
export function isUnchanged({ headers }: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  const vary = reply.getHeader('Vary');
  void reply
    .header('ETag', etag)
    .header('Cache-Control', 'no-cache')
    .header('Vary', typeof vary === 'string' ? `${vary}, ${ENCODING}` : ENCODING);
  if (!isHeld(etag, headers['if-none-match'])) return false;
  void reply.status(304);
  return true;
}

/** As the compression writes it. */
const ENCODING = 'accept-encoding';

/** Weak comparison (RFC 9110 §13.1.2). */
function isHeld(etag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  const bare = etag.replace(/^W\//, '');
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === bare);
}
