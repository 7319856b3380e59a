import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an analyst has said of the labels that an automaker uses in its releases. Kept beside the keys: it is no part of the ledger. */
@Entity('release_labels')
export class ReleaseLabels {
  @PrimaryColumn('text')
  automaker!: string;

  /** The meaning of each label, as JSON. */
  @Column('text')
  labels!: string;
}
