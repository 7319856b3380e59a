import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That somebody suggested something, for an hour: so many are taken from one place, whichever node is asked. */
@Entity('suggestion_times')
export class SuggestionTimeRow {
  @PrimaryColumn('text')
  id!: string;

  /** A hash of where it came from. */
  @Column('text')
  place!: string;

  @Column('text')
  at!: string;
}
