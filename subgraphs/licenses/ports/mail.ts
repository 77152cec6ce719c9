import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { MailMessage } from '../domain/delivery';

/** Hands mail to the outside world. Resolves once the mail server has taken it, and throws when it has not. */
export interface Mail {
  send(message: MailMessage): Promise<void>;
}

/** A mail server that does not answer is given up on, and the job tries again later. */
const SMTP_DEADLINE_MS = 10_000;

/** Mail through a server: `smtps://user:password@mail.example.com`. */
export function mailThrough(smtpUrl: string, from: string): Mail {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: SMTP_DEADLINE_MS,
    greetingTimeout: SMTP_DEADLINE_MS,
    socketTimeout: SMTP_DEADLINE_MS,
  });
  return {
    send: async message => {
      await transport.sendMail({ ...contentOf(message), from });
    },
  };
}

/** Mail for development: each message becomes a file that any mail program opens, and the same message the same file. */
export function mailInto(directory: string, from: string): Mail {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    send: async message => {
      const { message: bytes } = await transport.sendMail({ ...contentOf(message), from });
      await mkdir(directory, { recursive: true });
      const path = join(directory, `${message.messageId.replaceAll(/[^\w.-]+/g, '_')}.eml`);
      // Written beside and moved, so that nobody opens half a mail.
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
    },
  };
}

const contentOf = ({ messageId, to, subject, text }: MailMessage) => ({ messageId: `<${messageId}>`, to, subject, text });
