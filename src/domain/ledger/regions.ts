/** A region that figures, goals and conditions can use, as defined by a third party. */
export interface Region {
  /** The name as it reads in a sentence. */
  readonly name: string;
  /** Its members as ISO 3166-1 alpha-2 codes, and XK for Kosovo. */
  readonly members: ReadonlySet<string>;
  /** Who defines the members. */
  readonly source: string;
}

const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK';
const GCC = 'AE BH KW OM QA SA';
const EUROPE = `${EU} AD AL AX BA BY CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS RU SJ SM UA VA XK`;
const CARIBBEAN = 'AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI';
const CENTRAL_AMERICA = 'BZ CR GT HN MX NI PA SV';
const SOUTH_AMERICA = 'AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE';
const LATAM = `${CARIBBEAN} ${CENTRAL_AMERICA} ${SOUTH_AMERICA}`;
const NORTH_AMERICA = 'BM CA GL PM US';
const AFRICA =
  'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW';
const SOUTH_EAST_ASIA = 'BN ID KH LA MM MY PH SG TH TL VN';
const CENTRAL_ASIA = 'KG KZ TJ TM UZ';
const WEST_ASIA = 'AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE';
const ASIA = `${CENTRAL_ASIA} ${SOUTH_EAST_ASIA} ${WEST_ASIA} AF BD BT CN HK IN IR JP KP KR LK MN MO MV NP PK TW`;
const OCEANIA = 'AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS';

const M49 = 'UN M49';

function region(name: string, members: string, source: string): Region {
  return { name, members: new Set(members.split(' ')), source };
}

const TABLE = {
  EU: region('the European Union', EU, 'European Union, since 2020'),
  EEA: region('the European Economic Area', `${EU} IS LI NO`, 'EEA Agreement, since 2020'),
  EFTA: region('the European Free Trade Association', 'CH IS LI NO', 'EFTA'),
  EUROPE: region('Europe', EUROPE, `${M49} 150, with Cyprus, of the European Union, and Kosovo`),
  NORDICS: region('the Nordic countries', 'AX DK FI FO GL IS NO SE', 'Nordic Council'),
  ASEAN: region('ASEAN', SOUTH_EAST_ASIA, 'ASEAN, since 26 October 2025'),
  GCC: region('the Gulf states', GCC, 'Gulf Cooperation Council'),
  MENA: region(
    'the Middle East and North Africa',
    `${GCC} DJ DZ EG IL IQ IR JO LB LY MA MT PS SY TN YE`,
    'World Bank, Middle East and North Africa, fiscal year 2025',
  ),
  LATAM: region('Latin America and the Caribbean', LATAM, `${M49} 419`),
  MERCOSUR: region('Mercosur', 'AR BO BR PY UY', 'Mercosur, state parties since 2024'),
  NAMERICA: region('northern America', NORTH_AMERICA, `${M49} 021`),
  USMCA: region('the USMCA countries', 'CA MX US', 'Agreement between the United States, Mexico and Canada'),
  AMERICAS: region('the Americas', `${LATAM} ${NORTH_AMERICA}`, `${M49} 019`),
  CIS: region('the CIS', 'AM AZ BY KG KZ MD RU TJ UZ', 'Commonwealth of Independent States, members'),
  EAEU: region('the Eurasian Economic Union', 'AM BY KG KZ RU', 'Eurasian Economic Union'),
  CASIA: region('Central Asia', CENTRAL_ASIA, `${M49} 143`),
  SEASIA: region('south-eastern Asia', SOUTH_EAST_ASIA, `${M49} 035`),
  ASIA: region('Asia', ASIA, `${M49} 142, and Taiwan, which it does not list by itself`),
  AFRICA: region('Africa', AFRICA, `${M49} 002`),
  OCEANIA: region('Oceania', OCEANIA, `${M49} 009`),
} as const satisfies Record<string, Region>;

/** All regions by code. */
export const REGIONS: ReadonlyMap<string, Region> = new Map(Object.entries(TABLE));

export const isRegion = (code: unknown): code is string => typeof code === 'string' && REGIONS.has(code);

/** Whether a country or region is equal to an area, or a part of it. */
export function liesIn(market: string, area: string): boolean {
  if (market === area) return true;
  const around = REGIONS.get(area)?.members;
  if (!around) return false;
  const inside = REGIONS.get(market)?.members;
  return inside ? [...inside].every((member) => around.has(member)) : around.has(market);
}

/** The number of countries in a market: one, or those of its region. */
export const countriesIn = (market: string): number => REGIONS.get(market)?.members.size ?? 1;

/** Whether two markets, countries or regions, have a common part. */
export function overlap(a: string, b: string): boolean {
  const members = REGIONS.get(a)?.members ?? new Set([a]);
  return [...members].some((member) => liesIn(member, b));
}
