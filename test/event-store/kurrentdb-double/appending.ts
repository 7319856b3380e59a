import {
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { callError } from './call-error.js';
import type { KurrentDouble } from './double.js';
import type { AppendOutcome, Expected, Proposed } from './log.js';
import {
  appendResponse,
  batchResponse,
  expectedOf,
  expectedOfBatch,
  idOf,
  nameOf,
  proposedOf,
} from './messages.js';

interface Write {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: Proposed[];
}

/** Sends the answer to a write, for either kind of append. */
interface Answer {
  outcome(outcome: AppendOutcome): void;
  /** The server stopped waiting for the write. */
  timedOut(): void;
  refuse(): void;
}

/** Streams.Append, BatchAppend, Delete and Tombstone. */
export function appending(double: KurrentDouble) {
  return {
    append: (
      call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
      callback: sendUnaryData<streams.AppendResp>,
    ) => append(double, call, callback),
    batchAppend: (call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>) =>
      batchAppend(double, call),
    delete: (
      { request }: ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>,
      callback: sendUnaryData<streams.DeleteResp>,
    ) => {
      double.log.delete(nameOf(request.getOptions()?.getStreamIdentifier()));
      callback(null, new streams.DeleteResp());
    },
    tombstone: (
      { request }: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
      callback: sendUnaryData<streams.TombstoneResp>,
    ) => {
      double.log.tombstone(nameOf(request.getOptions()?.getStreamIdentifier()));
      callback(null, new streams.TombstoneResp());
    },
  };
}

/** Writes, or does what the fault schedule demands. */
function write(double: KurrentDouble, { stream, expected, events }: Write, answer: Answer): void {
  const fault = double.faultFor('append', stream);
  const apply = () => double.log.append(stream, expected, events);
  switch (fault?.kind) {
    case 'drop':
      return double.dropConnections();
    case 'lose-answer':
      apply();
      return double.dropConnections();
    case 'late': {
      const outcome = apply();
      setTimeout(() => answer.outcome(outcome), fault.ms);
      return;
    }
    case 'time-out':
      if (fault.written) apply();
      return answer.timedOut();
    case 'refuse':
      return answer.refuse();
    case 'silence':
      return;
    default:
      answer.outcome(apply());
  }
}

function append(
  double: KurrentDouble,
  call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
  callback: sendUnaryData<streams.AppendResp>,
): void {
  const refusal = double.refusal('append', call.metadata);
  if (refusal) return callback(refusal);
  let options: streams.AppendReq.Options | undefined;
  const events: Proposed[] = [];
  call.on('data', (message: streams.AppendReq) => {
    options ??= message.getOptions();
    const proposed = message.getProposedMessage();
    if (proposed) events.push(proposedOf(proposed));
  });
  call.on('error', () => undefined);
  call.on('end', () => {
    const stream = nameOf(options?.getStreamIdentifier());
    const expected = expectedOf(options);
    write(
      double,
      { stream, expected, events },
      {
        outcome: (outcome) => {
          const response = appendResponse(outcome, expected);
          if (response) callback(null, response);
          else callback(appendError(outcome, stream));
        },
        timedOut: () => callback(callError(status.ABORTED, 'Operation timed out')),
        refuse: () => callback(callError(status.UNAVAILABLE, 'Server Is Too Busy')),
      },
    );
  });
}

function appendError(outcome: AppendOutcome, stream: string) {
  return outcome.kind === 'too-large'
    ? callError(status.INVALID_ARGUMENT, `Maximum Append Size of ${outcome.limit} Exceeded.`, {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': String(outcome.limit),
      })
    : callError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
        exception: 'stream-deleted',
        'stream-name': stream,
      });
}

function batchAppend(
  double: KurrentDouble,
  call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>,
): void {
  const refusal = double.refusal('append', call.metadata);
  if (refusal) {
    call.emit('error', refusal);
    return;
  }
  const begun = new Map<string, Write>();
  call.on('error', () => undefined);
  call.on('data', (message: streams.BatchAppendReq) => {
    const correlation = message.getCorrelationId();
    const options = message.getOptions();
    const key = idOf(correlation);
    const one = begun.get(key) ?? {
      stream: nameOf(options?.getStreamIdentifier()),
      expected: options ? expectedOfBatch(options) : 'any',
      events: [],
    };
    begun.set(key, one);
    one.events.push(...message.getProposedMessagesList().map(proposedOf));
    if (!message.getIsFinal()) return;
    begun.delete(key);
    const send = (outcome: AppendOutcome | { kind: 'timeout' }) => {
      if (!call.cancelled && !call.destroyed)
        call.write(batchResponse(correlation, one.stream, outcome, one.expected));
    };
    // The node may have lost leadership since the call was opened. This ends the call and all writes on it.
    const lost = double.refusal('append', call.metadata);
    if (lost) {
      call.emit('error', lost);
      return;
    }
    write(double, one, {
      outcome: send,
      timedOut: () => send({ kind: 'timeout' }),
      refuse: () => call.emit('error', callError(status.UNAVAILABLE, 'Server Is Too Busy')),
    });
  });
  call.on('end', () => call.end());
}
