import { isMarket, isSlug } from '../domain/events/fields.js';
import { automakerStream, companyStream, marketStream } from '../domain/ledger/streams.js';
import { InvalidRequest } from '../problems/request-problems.js';

/** The stream of a subject, and its path in the API. */
export function placeOf(subject: string): { stream: string; path: string } {
  const field = `"${subject}"`;
  const company = /^company\/(.*)$/s.exec(subject)?.[1];
  if (isSlug(company)) return { stream: companyStream(company), path: `companies/${company}` };
  if (isSlug(subject)) return { stream: automakerStream(subject), path: `automakers/${subject}` };
  const market: string = subject;
  if (isMarket(market)) return { stream: marketStream(market), path: `markets/${market}` };
  const message =
    'must be the slug of an automaker, such as xpeng, the code of a market, such as NO, or company/ with the slug of a company';
  throw new InvalidRequest([{ field, message }]);
}
