import { isStaff } from '#kernel/auth/viewer';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { isId } from '#kernel/ids';
import { movementById } from '../store/movements';
import { ClockResolver } from './clock.resolver';
import type { PlatformContext } from './context';
import { permissions } from './permissions';

export const buildSchema = () =>
  buildFederatedSchema<PlatformContext>({
    resolvers: [ClockResolver],
    permissions,
    references: {
      ClockMovement: async ({ id }, ctx: PlatformContext) =>
        id !== undefined && isId('clockMovement', id) && isStaff(ctx.viewer) ? ctx.load(movementById, id) : null,
    },
  });
