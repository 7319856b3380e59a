import { hash as digest } from 'node:crypto';
import type { ApiKey } from './api-key.js';

/** Shows that a stored key is as it was written, which a flipped bit of a disk is found by. It keeps out nobody who means it. */
export function sealOf({ id, name, role, hash, createdAt, revokedAt }: Omit<ApiKey, 'seal'>): string {
  return digest('sha256', JSON.stringify([id, name, role, hash, createdAt, revokedAt]));
}
