import { hash, randomFillSync } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';

/** Namespace of all generated name-based ids: 6f0d1f8e-3f0b-5a8e-9d0e-0f6b1d1a7c55. */
const NAMESPACE = Buffer.from('6f0d1f8e3f0b5a8e9d0e0f6b1d1a7c55', 'hex');

/**
 * Maximum number of ids tried per name. Each taken id costs the person who took it one event under their own
 * name.
 */
export const MOST_ATTEMPTS = 20;

/**
 * The id of the event at `index` of a request with an Idempotency-Key; the same request gets the same ids.
 * Anybody can compute such an id and give it to another event first, so each `attempt` yields another id.
 */
export function idForKey(author: string, stream: string, key: string, index: number, attempt = 0): string {
  return idForName(`${author}\n${stream}\n${key}\n${index}`, attempt);
}

/**
 * The id of an imported event without its own id. The same content gets the same id; each `attempt` yields
 * another one.
 */
export function idForContent(stream: string, content: string, attempt = 0): string {
  return idForName(`${stream}\n${content}`, attempt);
}

/** A new time-ordered id. */
export function newId(): string {
  return uuidV7({ random: sixteenRandomBytes() });
}

/**
 * The first digit of the fourth group, by the hash's digit there: its two upper bits mark the UUID variant.
 */
const VARIANTS = '89ab89ab89ab89ab';

/** A version 5 UUID (RFC 9562 §5.5), hashed by the platform, because an import needs one per line. */
function idForName(name: string, attempt: number): string {
  const attempted = attempt === 0 ? name : `attempt ${attempt}\n${name}`;
  const hex = hash('sha1', inNamespace(attempted));
  const variant = VARIANTS[Number.parseInt(hex.charAt(16), 16)] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Reused buffer that fits most names after the namespace: allocating one costs as much as the hash. */
const room = Buffer.concat([NAMESPACE, Buffer.alloc(16 * 1024)]);

/** The bytes of the namespace and a name. The next call overwrites them. */
function inNamespace(name: string): Uint8Array {
  const isLong = 3 * name.length > room.length - NAMESPACE.length;
  if (isLong) return Buffer.concat([NAMESPACE, Buffer.from(name)]);
  return room.subarray(0, NAMESPACE.length + room.write(name, NAMESPACE.length));
}

/** Pool of random bytes: the system call costs the same for a thousand ids as for one. */
const pool = Buffer.alloc(16 * 1024);
let used = pool.length;

function sixteenRandomBytes(): Uint8Array {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}
