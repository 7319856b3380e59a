import { Module } from '@nestjs/common';
import { FeedController } from './feed.controller.js';

/** Events as they are recorded. Apart from the other questions about events: a connection ends with its key, and the command line has none. */
@Module({ controllers: [FeedController] })
export class FeedModule {}
