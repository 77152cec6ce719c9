import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import type { Result } from '#kernel/result';
import { createPartnerClient } from '../actions/createPartnerClient';
import { restrictPartnerClient } from '../actions/restrictPartnerClient';
import { revokePartnerClient } from '../actions/revokePartnerClient';
import { rotatePartnerClientSecret } from '../actions/rotatePartnerClientSecret';
import { isValid } from '../domain/client';
import { clientById, secretsOfClient } from '../store/clients';
import type { ClientRow } from '../store/tables';
import { named, type PartnersContext } from './context';
import { CreatePartnerClientInput, RestrictPartnerClientInput, RevokePartnerClientInput, RotatePartnerClientSecretInput } from './inputs';
import { mutate } from './mutate';
import { PartnerClient } from './partner';
import {
  CreatePartnerClientPayload,
  RestrictPartnerClientPayload,
  RevokePartnerClientPayload,
  RotatePartnerClientSecretPayload,
} from './payloads';

/** A client with its secret where it was made just now; read again it comes without. */
interface Shown {
  readonly client: ClientRow;
  readonly secret: string | null;
}

@Resolver(() => PartnerClient)
export class ClientResolver {
  @FieldResolver(() => Int, { description: 'How many secrets open the door now: 2 while one is being replaced.' })
  async secretsValid(@Root() client: ClientRow, @Ctx() ctx: PartnersContext): Promise<number> {
    return (await ctx.load(secretsOfClient, client.id)).filter(secret => isValid(secret, ctx.now)).length;
  }

  @Mutation(() => CreatePartnerClientPayload, { nullable: true, description: "Sets up a partner's system and shows its secret, once." })
  async createPartnerClient(
    @Arg('input', () => CreatePartnerClientInput, { description: 'The client.' }) input: CreatePartnerClientInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { ...input, partnerId: named('partner', input.partnerId) };
    const result = await mutate<Shown>(ctx, input, shownOnce(ctx, 'createPartnerClient'), work => createPartnerClient(work, request));
    return secretAnswer(ctx, input, result);
  }

  @Mutation(() => RotatePartnerClientSecretPayload, {
    nullable: true,
    description: 'Replaces a secret and shows the new one, once. Both are valid for a while, so that the partner can change over.',
  })
  async rotatePartnerClientSecret(
    @Arg('input', () => RotatePartnerClientSecretInput, { description: 'Which.' }) input: RotatePartnerClientSecretInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { ...input, clientId: named('partnerClient', input.clientId) };
    const result = await mutate<Shown>(ctx, input, shownOnce(ctx, 'rotatePartnerClientSecret'), work =>
      rotatePartnerClientSecret(work, request),
    );
    return secretAnswer(ctx, input, result);
  }

  @Mutation(() => RevokePartnerClientPayload, { nullable: true, description: 'Revokes a client: no secret of it opens the door any more.' })
  async revokePartnerClient(
    @Arg('input', () => RevokePartnerClientInput, { description: 'Which.' }) input: RevokePartnerClientInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { clientId: named('partnerClient', input.clientId) };
    const result = await mutate(ctx, input, kept(ctx, 'revokePartnerClient'), work => revokePartnerClient(work, request));
    return answer(ctx, result, client => ({ client }));
  }

  @Mutation(() => RestrictPartnerClientPayload, {
    nullable: true,
    description: 'Says from where a client may be used. It holds within a second, for tokens that it has already as well.',
  })
  async restrictPartnerClient(
    @Arg('input', () => RestrictPartnerClientInput, { description: 'Which, and from where.' }) input: RestrictPartnerClientInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { clientId: named('partnerClient', input.clientId), allowedNetworks: input.allowedNetworks };
    const result = await mutate(ctx, input, kept(ctx, 'restrictPartnerClient'), work => restrictPartnerClient(work, request));
    return answer(ctx, result, client => ({ client }));
  }
}

const kept = (ctx: PartnersContext, name: string) => ({
  name,
  idOf: (client: ClientRow) => client.id,
  find: (id: string) => ctx.load(clientById, named('partnerClient', id)),
});

const shownOnce = (ctx: PartnersContext, name: string) => ({
  name,
  idOf: ({ client }: Shown) => client.id,
  find: async (id: string): Promise<Shown | null> => {
    const client = await ctx.load(clientById, named('partnerClient', id));
    return client && { client, secret: null };
  },
});

/** A dry run shows no secret: it would open nothing. */
const secretAnswer = (ctx: PartnersContext, { dryRun }: { readonly dryRun?: boolean | null }, result: Result<Shown | null>) =>
  answer(ctx, result, shown => ({ client: shown?.client ?? null, secret: dryRun ? null : (shown?.secret ?? null) }));
