import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A browser that is signed in by an API key. The secret in its cookie is not here, only its hash. */
@Entity('browser_sessions')
export class BrowserSession {
  /** SHA-256 of the secret, in hex. */
  @PrimaryColumn('text')
  hash!: string;

  /** The key that it was signed in by, and ends with. */
  @Column('text')
  keyId!: string;

  /** ISO 8601 instants. */
  @Column('text')
  createdAt!: string;

  @Column('text')
  expiresAt!: string;
}
