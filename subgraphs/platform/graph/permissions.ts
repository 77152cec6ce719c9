import { internal, open, type Permissions, roles, signedIn } from '#kernel/auth/rules';

const staff = roles('SUPPORT', 'SALES', 'FINANCE', 'OPERATOR');

/** What time it is, everybody may know; who moves it, and how far that is, is for staff. */
export const permissions = {
  Query: { deploymentClock: internal(signedIn) },
  Mutation: { moveClock: staff },
  DeploymentClock: { '*': open, movement: staff },
  ClockMovement: { '*': open },
} satisfies Permissions;
