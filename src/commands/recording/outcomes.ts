import type { IEvent } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/ledger/decide.js';

/**
 * What happened to commands, announced on the event bus once it is settled. Metrics listen; views never do, because the
 * bus keeps no order and drops what a listener failed on.
 */
export class EventsRecorded implements IEvent {
  constructor(
    readonly stream: string,
    readonly count: number,
  ) {}
}

export class ProposalRefused implements IEvent {
  constructor(readonly reason: Rejection['kind']) {}
}
