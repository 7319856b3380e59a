import { isMarket, isSlug } from '../../domain/events/fields.js';
import { problemsOf } from '../../domain/events/validation.js';
import { MoveRequest } from '../../domain/ledger/move-request.js';
import { slugFromWords } from '../../domain/ledger/peoples-words.js';
import { automakerStream, companyStream, marketStream, ownerOf } from '../../domain/ledger/streams.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { MoveEvents } from './move-events.js';

/** The move that a request asks for. Throws InvalidRequest when the request is invalid. */
export function moveFrom(from: string, request: unknown, author: string, ifRevision?: number): MoveEvents {
  const problems = problemsOf(MoveRequest, request);
  if (problems.length > 0) throw new InvalidRequest(problems);
  // `problemsOf` has checked these fields.
  const { events, to, reason, duplicateOf, confirm } = request as MoveRequest;
  const ids = [...new Set(events.map((id) => id.toLowerCase()))];
  const terms = { reason, ...(duplicateOf && { duplicateOf }), ...(confirm && { confirm }) };
  return new MoveEvents(from, ids, streamBeside(from, to), terms, author, ifRevision);
}

/** Another stream of the same kind, by its owner. */
function streamBeside(stream: string, name: string): string {
  const owner = ownerOf(stream)?.owner;
  if (owner === 'market') {
    if (isMarket(name)) return marketStream(name);
    throw wrongTo('must be an ISO 3166-1 alpha-2 code in capitals, or a region such as EU');
  }
  const slug = slugFromWords(name);
  if (!isSlug(slug)) throw wrongTo('must be the id or the name of one, such as xpeng');
  return owner === 'company' ? companyStream(slug) : automakerStream(slug);
}

const wrongTo = (message: string): InvalidRequest => new InvalidRequest([{ field: 'to', message }]);
