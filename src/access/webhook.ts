import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A receiver that is sent every event of the ledger as it is recorded, and how far it is. Kept beside the keys. */
@Entity('webhooks')
export class Webhook {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  url!: string;

  /** What messages are signed with (Standard Webhooks): `whsec_` and base64. Who has it can forge messages. */
  @Column('text')
  secret!: string;

  /** Position of the last event that the receiver took. */
  @Column('integer')
  position!: number;

  @Column('text')
  createdAt!: string;

  @Column('text')
  createdBy!: string;

  /** Since when every attempt failed; null where the last one did not. */
  @Column('text', { nullable: true })
  failingSince!: string | null;

  @Column('integer')
  failures!: number;

  /** Not before this instant is the next attempt. */
  @Column('text', { nullable: true })
  nextAttemptAt!: string | null;

  /** Why the last attempt failed. */
  @Column('text', { nullable: true })
  lastError!: string | null;

  /** When the receiver last took something. */
  @Column('text', { nullable: true })
  deliveredAt!: string | null;

  /** Since when nothing is sent any more, and why. */
  @Column('text', { nullable: true })
  disabledAt!: string | null;

  @Column('text', { nullable: true })
  disabledReason!: string | null;

  /** The node that sends to it, and until when it alone does. */
  @Column('text', { nullable: true })
  leasedBy!: string | null;

  @Column('text', { nullable: true })
  leasedUntil!: string | null;
}
