import { outletOpened, Outlets } from './outlets.js';

export class ServiceCenterOpened extends Outlets {}

export const serviceCenterOpened = outletOpened({
  type: 'ServiceCenterOpened',
  outlet: 'service-center',
  name: 'service center',
  data: ServiceCenterOpened,
});
