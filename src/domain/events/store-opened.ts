import { outletOpened, Outlets } from './outlets.js';

export class StoreOpened extends Outlets {}

export const storeOpened = outletOpened({
  type: 'StoreOpened',
  outlet: 'store',
  name: 'store',
  data: StoreOpened,
});
