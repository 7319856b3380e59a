import { EventIds, ManyOf, OneOf, Optional, Text } from '../events/fields.js';
import { CONFIRMATIONS, type Confirmation } from './doubts.js';

/** A request to move events to another stream. */
export class MoveRequest {
  @EventIds('The events that were recorded of the wrong one: what rests on each other goes together')
  events!: string[];

  @Text(
    'The automaker, market or company that it belongs to: its id, its name, or the code of the market',
    100,
  )
  to!: string;

  @Text('Why it belongs there')
  reason!: string;

  @Optional()
  @OneOf(['none'], '"none": each is another event, although one that looks like it is recorded there')
  duplicateOf?: 'none';

  @Optional()
  @ManyOf(
    CONFIRMATIONS,
    'What is meant as it is written, although it is unlikely there: the codes of the refusal',
  )
  confirm?: Confirmation[];
}
