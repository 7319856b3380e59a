/** The benchmark's ledger generator, which is plain JavaScript. */
declare module '*/bench/random-ledger.mjs' {
  export function randomLines(
    count: number,
    options?: { active?: number; perAutomaker?: number; busiest?: number },
  ): Generator<{ stream: string; type: string; occurredOn: string; data: object; evidence?: object[] }>;
}

declare module '*/bench/random-reports.mjs' {
  export function randomReports(
    count: number,
    wrong?: number,
  ): import('../src/domain/measures/flows.js').FlowReport[];
}
