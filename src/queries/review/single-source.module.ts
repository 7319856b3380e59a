import { Module } from '@nestjs/common';
import { ListSingleSourceHandler } from './list-single-source.js';
import { SingleSourceController } from './single-source.controller.js';
import { ReadersModule } from '../readers.module.js';
import { EventsModule } from '../events/events.module.js';

/** Events stated by only one publisher. */
@Module({
  imports: [ReadersModule, EventsModule],
  controllers: [SingleSourceController],
  providers: [ListSingleSourceHandler],
})
export class SingleSourceModule {}
