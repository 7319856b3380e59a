import { Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { ReviewDesk } from '../../commands/review/review-desk.js';
import { NotFound } from '../../problems/not-found.js';
import { GetAutomaker } from '../../queries/automakers/get-automaker.js';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { GetEvent } from '../../queries/events/get-event.js';
import { NameGoals } from '../../queries/automakers/name-goals.js';
import { GoalTitles } from '../design/number-words.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import type { Page } from '../page.js';
import { JUST_DONE, type JustDone } from './just-done.js';
import { EventPage } from './event-page.js';
import { Costly } from '../../api/costly-questions.js';

export class EventPageParameters extends PageParameters {
  /** Set if the reader has just recorded it. */
  @Optional()
  @IsIn(JUST_DONE)
  recorded?: JustDone;
}

/** One event with its history. */
@PageController('events')
@Costly()
export class EventController {
  constructor(
    private readonly queries: QueryBus,
    private readonly reviews: ReviewDesk,
  ) {}

  @Get(':id')
  async event(@Param('id') id: string, @Query() parameters: EventPageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const life = await this.queries.execute(new GetEvent(id.toLowerCase(), clocks));
    const about =
      life.about === undefined ? undefined : await this.queries.execute(new GetEvent(life.about, clocks));
    const automakerName =
      life.automaker === undefined ? undefined : await this.nameOf(life.automaker, clocks);
    const ids = life.automaker === undefined ? [] : [life.automaker];
    const review = await this.reviews.of(life.id);
    const titles = await this.queries.execute(new NameGoals(ids, clocks));
    return {
      title: life.sentence,
      description: `${life.sentence}: as it was recorded, its sources, and what rests on it.`,
      section: 'timeline',
      api: `/api/events/${life.id}`,
      tables: [
        {
          name: 'uses',
          caption: 'Numbers that rest on the event',
          events: () => [life.id],
          columns: ['Number', 'Value', 'Without it'],
          rows: life.uses.map(({ number, value, without }) => [number, value, without]),
        },
      ],
      body: (
        <GoalTitles value={titles}>
          <EventPage
            life={life}
            {...(parameters.recorded !== undefined && { justDone: parameters.recorded })}
            {...(automakerName !== undefined && { automakerName })}
            {...(about && { aboutSentence: about.sentence })}
            {...(review && { review })}
          />
        </GoalTitles>
      ),
    };
  }

  private async nameOf(automaker: string, clocks: Clocks): Promise<string | undefined> {
    try {
      return (await this.queries.execute(new GetAutomaker(automaker, clocks))).profile.name;
    } catch (error) {
      // The automaker's registration may be retracted; its events are still shown.
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
}
