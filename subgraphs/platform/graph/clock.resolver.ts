import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { moveClock } from '../actions/moveClock';
import { movementById, newestMovement } from '../store/movements';
import type { ClockMovementRow } from '../store/tables';
import { ClockMovement, DeploymentClock } from './clock';
import type { PlatformContext } from './context';
import { MoveClockInput } from './inputs';
import { MoveClockPayload } from './payloads';

@Resolver(() => DeploymentClock)
export class ClockResolver {
  @Query(() => DeploymentClock, { nullable: true, description: 'What time it is in this deployment, and whether time can be moved.' })
  async deploymentClock(@Ctx() ctx: PlatformContext): Promise<DeploymentClock> {
    const isMoving = (await newestMovement(ctx.db))?.state === 'RUNNING';
    return { at: ctx.now, isMovable: ctx.services.isClockMovable, isMoving };
  }

  @FieldResolver(() => ClockMovement, {
    nullable: true,
    description: 'The movement that runs, or the last one. Null when time was never moved.',
  })
  movement(@Ctx() ctx: PlatformContext): Promise<ClockMovementRow | null> {
    return newestMovement(ctx.db);
  }

  @Mutation(() => MoveClockPayload, {
    nullable: true,
    description:
      'Moves time for the whole deployment, in a test or a demonstration: renewals, reconciliations, trials and reminders follow in their order.',
  })
  async moveClock(
    @Arg('input', () => MoveClockInput, { description: 'Where time is to go.' }) input: MoveClockInput,
    @Ctx() ctx: PlatformContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const request = { operation: 'moveClock', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(request, work => moveClock(work, ctx.services.isClockMovable, input));
    return answer(ctx, result, async ({ movement: { id, startsAt, endsAt, startedBy } }) => {
      const begun = { id, startsAt: new Date(startsAt), endsAt: new Date(endsAt), startedBy };
      const movement = (await ctx.load(movementById, id)) ?? {
        ...begun,
        reachedAt: begun.startsAt,
        state: 'RUNNING' as const,
        waitsFor: [],
      };
      return { movement, clock: { at: ctx.now, isMovable: true, isMoving: !isDryRun && movement.state === 'RUNNING' } };
    });
  }
}
