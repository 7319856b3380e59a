import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A receiver of every recorded event, and its progress. Stored beside the keys. */
@Entity('webhooks')
export class Webhook {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  url!: string;

  /** The signing secret (Standard Webhooks): `whsec_` and base64. Whoever has it can forge messages. */
  @Column('text')
  secret!: string;

  /** Position of the last event that the receiver accepted. */
  @Column('integer')
  position!: number;

  @Column('text')
  createdAt!: string;

  @Column('text')
  createdBy!: string;

  /** When the current series of failures began; null after a success. */
  @Column('text', { nullable: true })
  failingSince!: string | null;

  @Column('integer')
  failures!: number;

  /** Earliest time of the next attempt. */
  @Column('text', { nullable: true })
  nextAttemptAt!: string | null;

  /** Why the last attempt failed. */
  @Column('text', { nullable: true })
  lastError!: string | null;

  /** When the receiver last accepted a message. */
  @Column('text', { nullable: true })
  deliveredAt!: string | null;

  /** When sending was stopped, and why. */
  @Column('text', { nullable: true })
  disabledAt!: string | null;

  @Column('text', { nullable: true })
  disabledReason!: string | null;

  /** The node that sends to the receiver, and the end of its exclusive claim. */
  @Column('text', { nullable: true })
  leasedBy!: string | null;

  @Column('text', { nullable: true })
  leasedUntil!: string | null;
}
