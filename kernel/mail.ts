import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { BadConfiguration, type Environment, readConfig } from './config';

/** A mail to one person, in plain text, so that nothing in it is a link to trust. */
export interface MailMessage {
  /** Derived from what is sent, so that a mail server and a mailbox can tell a second copy. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** Small text files that travel with it. */
  readonly attachments?: readonly { readonly filename: string; readonly content: string }[];
}

/** Hands mail to the outside world. Resolves once the mail server has taken it, and throws when it has not. */
export interface Mail {
  send(message: MailMessage): Promise<void>;
}

/** A mail server that does not answer is given up on, and the job tries again later. */
const SMTP_DEADLINE_MS = 10_000;

/**
 * The way that a house's mail takes, from `SMTP_URL`, `MAIL_DIR` and `MAIL_FROM`. Without a mail server, mail is kept as
 * files; in production that must have been said.
 */
export function mailOf(environment: Environment, variables: NodeJS.ProcessEnv, sender: string): Mail {
  const { SMTP_URL, MAIL_DIR, MAIL_FROM = sender } = readConfig(SETTINGS, variables);
  if (environment === 'production' && !SMTP_URL && !MAIL_DIR) {
    throw new BadConfiguration('SMTP_URL: the mail server that takes mail to customers, or MAIL_DIR to keep it as files.');
  }
  return SMTP_URL ? mailThrough(SMTP_URL, MAIL_FROM) : mailInto(MAIL_DIR ?? '.data/mail', MAIL_FROM);
}

const SETTINGS = {
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'starts with smtp:// or smtps://')
    .optional(),
  MAIL_DIR: z.string().min(1).optional(),
  MAIL_FROM: z.string().min(3).optional(),
};

/** Mail through a server: `smtps://user:password@mail.example.com`. */
function mailThrough(smtpUrl: string, from: string): Mail {
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
function mailInto(directory: string, from: string): Mail {
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

const contentOf = ({ messageId, to, subject, text, attachments = [] }: MailMessage) => ({
  messageId: `<${messageId}>`,
  to,
  subject,
  text,
  attachments: attachments.map(({ filename, content }) => ({ filename, content, contentType: 'text/plain' })),
});
