import { Webhook } from 'standardwebhooks';

/** What a receiver is told. Events of one `orderingKey` are put in the order of `sequence`; one `id` may come more than once. */
export interface StatusEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly orderingKey: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Reads a webhook that was received, with its body as it came, byte for byte. Throws when it is not signed with the secret, or was signed
 * more than five minutes ago or ahead.
 */
export function readWebhook(secret: string, headers: Readonly<Record<string, string | undefined>>, body: string): StatusEvent {
  const given = (name: string): string => headers[name] ?? '';
  const signed = {
    'webhook-id': given('webhook-id'),
    'webhook-timestamp': given('webhook-timestamp'),
    'webhook-signature': given('webhook-signature'),
  };
  const event = new Webhook(secret).verify(body, signed) as Omit<StatusEvent, 'id'>;
  return { ...event, id: signed['webhook-id'] };
}
