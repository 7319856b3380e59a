import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Roles by what they may do: each may do all that the ones before it may. */
export const ROLES = ['reader', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who makes a request. */
export interface Principal {
  /** The key that they came with, or signed in by. */
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
}

/** Whether a role may do what another one may. */
export function covers(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** A key that lets somebody in. Its secret is not here, only its hash. */
@Entity('api_keys')
@Index('api_keys_live_name', ['name'], { unique: true, where: '"revokedAt" IS NULL' })
export class ApiKey {
  /** The part of the key that is no secret. */
  @PrimaryColumn('text')
  id!: string;

  /** Who holds it: the author of the events that are recorded with it. */
  @Column('text')
  name!: string;

  @Column('text')
  role!: Role;

  /** SHA-256 of the whole key, in hex. Keys hold 256 random bits, so that a slow hash would add nothing. */
  @Column('text')
  hash!: string;

  /** ISO 8601 instants. */
  @Column('text')
  createdAt!: string;

  @Column('text', { nullable: true })
  revokedAt!: string | null;

  /** See sealOf. Keys of before there were seals have none. */
  @Column('text', { nullable: true })
  seal!: string | null;
}
