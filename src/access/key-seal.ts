import { hash as digest } from 'node:crypto';
import type { ApiKey } from './api-key.js';

/**
 * A checksum that detects accidental changes of a stored key, such as a flipped bit on disk. It does not stop
 * an attacker.
 */
export function sealOf({ id, name, role, hash, createdAt, revokedAt }: Omit<ApiKey, 'seal'>): string {
  return digest('sha256', JSON.stringify([id, name, role, hash, createdAt, revokedAt]));
}
