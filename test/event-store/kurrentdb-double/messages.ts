import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Message } from 'google-protobuf';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { AppendOutcome, Expected, LogEvent, Proposed } from './log.js';

/** "No position": the answer of servers up to 24.10 for the events of a stream. */
const NO_POSITION = '18446744073709551615';
/** The revision of a tombstone, which a JavaScript number cannot represent exactly. */
const LARGEST_REVISION = '9223372036854775807';
const JSON_TYPE = 'application/json';

export const nameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const identifierOf = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8').toString('base64'));

export function idOf(uuid: shared.UUID | undefined): string {
  const structured = uuid?.getStructured();
  if (!structured) return uuid?.getString() ?? '';
  const hex = (bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const all = hex(structured.getMostSignificantBits()) + hex(structured.getLeastSignificantBits());
  return all.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function uuidOf(id: string, structured: boolean): shared.UUID {
  if (!structured) return new shared.UUID().setString(id);
  const bits = (hex: string) => BigInt.asIntN(64, BigInt(`0x${hex}`)).toString();
  const hex = id.replaceAll('-', '');
  return new shared.UUID().setStructured(
    new shared.UUID.Structured()
      .setMostSignificantBits(bits(hex.slice(0, 16)))
      .setLeastSignificantBits(bits(hex.slice(16))),
  );
}

export function proposedOf(
  message: streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage,
): Proposed {
  const metadata = message.getMetadataMap();
  return {
    id: idOf(message.getId()),
    type: metadata.get('type') ?? '',
    isJson: metadata.get('content-type') === JSON_TYPE,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function expectedOf(options: streams.AppendReq.Options | undefined): Expected {
  if (!options || options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getRevision());
}

export function expectedOfBatch(options: streams.BatchAppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getStreamPosition());
}

/** An event as the answer to a read. Reads of a stream give no position, as on servers up to 24.10. */
export function eventMessage(event: LogEvent, ofAll: boolean, structuredIds: boolean): streams.ReadResp {
  const at = ofAll ? String(event.at) : NO_POSITION;
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidOf(event.id, structuredIds))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(event.revision > Number.MAX_SAFE_INTEGER ? LARGEST_REVISION : String(event.revision))
    .setCommitPosition(at)
    .setPreparePosition(at)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.isJson ? JSON_TYPE : 'application/octet-stream')
    .set('created', event.created);
  const found = new streams.ReadResp.ReadEvent().setEvent(recorded);
  if (ofAll) found.setCommitPosition(at);
  else found.setNoPosition(new shared.Empty());
  return new streams.ReadResp().setEvent(found);
}

export const confirmation = (id: string): streams.ReadResp =>
  new streams.ReadResp().setConfirmation(
    new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id),
  );

/** The position of a subscription, sent before the reader has handled the events up to it. */
export const checkpoint = (at: number): streams.ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(at)).setPreparePosition(String(at)),
  );

export const streamNotFound = (stream: string): streams.ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)),
  );

/** The answer of Append; undefined if the call fails with an error instead. */
export function appendResponse(outcome: AppendOutcome, expected: Expected): streams.AppendResp | undefined {
  const response = new streams.AppendResp();
  switch (outcome.kind) {
    case 'written':
      return response.setSuccess(
        new streams.AppendResp.Success()
          .setCurrentRevision(String(outcome.revision))
          .setPosition(
            new streams.AppendResp.Position()
              .setCommitPosition(String(outcome.at))
              .setPreparePosition(String(outcome.at)),
          ),
      );
    case 'wrong-expected-version': {
      const wrong = new streams.AppendResp.WrongExpectedVersion();
      if (outcome.actual < 0) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentRevision(String(outcome.actual));
      if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
      else wrong.setExpectedRevision(String(expected));
      return response.setWrongExpectedVersion(wrong);
    }
    default:
      return undefined;
  }
}

/** The answer to one append of BatchAppend. */
export function batchResponse(
  correlation: shared.UUID | undefined,
  stream: string,
  outcome: AppendOutcome | { readonly kind: 'timeout' },
  expected: Expected,
): streams.BatchAppendResp {
  const response = new streams.BatchAppendResp()
    .setCorrelationId(correlation)
    .setStreamIdentifier(identifierOf(stream));
  switch (outcome.kind) {
    case 'written':
      return response.setSuccess(
        new streams.BatchAppendResp.Success()
          .setCurrentRevision(String(outcome.revision))
          .setPosition(
            new shared.AllStreamPosition()
              .setCommitPosition(String(outcome.at))
              .setPreparePosition(String(outcome.at)),
          ),
      );
    case 'wrong-expected-version': {
      const wrong = new shared.WrongExpectedVersion();
      if (outcome.actual < 0) wrong.setCurrentNoStream(new empty.Empty());
      else wrong.setCurrentStreamRevision(String(outcome.actual));
      if (expected === 'no-stream') wrong.setExpectedNoStream(new empty.Empty());
      else wrong.setExpectedStreamPosition(String(expected));
      return failed(response, wrong, 'WrongExpectedVersion');
    }
    case 'stream-deleted':
      return failed(
        response,
        new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream)),
        'StreamDeleted',
      );
    case 'too-large':
      return failed(
        response,
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(outcome.limit),
        'MaximumAppendSizeExceeded',
      );
    case 'timeout':
      return failed(response, new shared.Timeout(), 'Timeout');
  }
}

function failed(response: streams.BatchAppendResp, details: Message, name: string): streams.BatchAppendResp {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${name}`);
  return response.setError(new status.Status().setMessage(name).setDetails(packed));
}
