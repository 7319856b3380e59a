import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Roles in ascending order: each includes the permissions of the ones before it. */
export const ROLES = ['reader', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The caller of a request. */
export interface Principal {
  /** The key of the request, or the key that began the session. */
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
}

/** Whether a role includes another one. */
export function covers(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** An API key. Only the hash of its secret is stored. */
@Entity('api_keys')
@Index('api_keys_live_name', ['name'], { unique: true, where: '"revokedAt" IS NULL' })
export class ApiKey {
  /** The public part of the key. */
  @PrimaryColumn('text')
  id!: string;

  /** The holder of the key, who is the author of the events recorded with it. */
  @Column('text')
  name!: string;

  @Column('text')
  role!: Role;

  /** SHA-256 of the whole key, in hex. A key has 256 random bits, so a slow hash would add nothing. */
  @Column('text')
  hash!: string;

  /** ISO 8601 instants. */
  @Column('text')
  createdAt!: string;

  @Column('text', { nullable: true })
  revokedAt!: string | null;

  /** See sealOf. Keys from before seals were introduced have none. */
  @Column('text', { nullable: true })
  seal!: string | null;
}
