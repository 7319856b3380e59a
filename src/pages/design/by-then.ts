import { isNow } from '../../domain/ledger/clocks.js';
import { usePageContext } from '../page-context.js';

/** " by then" on a page of a past day; nothing on a page of now, which has no "then". */
export const useByThen = (): string => (isNow(usePageContext().clocks) ? '' : ' by then');
