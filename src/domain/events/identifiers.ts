import { Identifier, Optional } from './fields.js';

/** Identifiers that registers assign to a company. Check digits are validated. */
export class Identifiers {
  @Optional()
  @Identifier('lei', 'Legal Entity Identifier (ISO 17442)')
  lei?: string;

  @Optional()
  @Identifier('isin', 'International Securities Identification Number (ISO 6166)')
  isin?: string;

  @Optional()
  @Identifier('ticker', 'Exchange and symbol, such as NYSE:XPEV')
  ticker?: string;

  @Optional()
  @Identifier('wikidata', 'Item of Wikidata, such as Q6686')
  wikidata?: string;
}
