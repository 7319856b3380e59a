/** Event types that get a tick on the time axis of a chart. */
export const MILESTONES = [
  'MarketEntered',
  'MarketExited',
  'PartnerSigned',
  'ProductionAnnounced',
  'ProductionStarted',
  'StrategyRevised',
];
