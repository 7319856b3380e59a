import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The time of a suggestion, stored for an hour. It enforces the limit per sender across all nodes. */
@Entity('suggestion_times')
export class SuggestionTimeRow {
  @PrimaryColumn('text')
  id!: string;

  /** A hash of the sender's address. */
  @Column('text')
  place!: string;

  @Column('text')
  at!: string;
}
