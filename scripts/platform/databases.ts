import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { createHouseDatabases, type HouseDatabase } from '../../kernel/db/cluster';
import { type EmbeddedPostgres, freePort, startPostgres } from '../../kernel/db/embedded';
import { migrate } from '../../kernel/db/migrate';
import { CannotStart, type DataFolder } from './deployment-folder';

/** The server that holds the houses' databases: one of our own, or one that `DATABASE_URL` names. */
export interface DatabaseServer {
  readonly adminUrl: string;
  /** For people: where it is, without its password. */
  readonly description: string;
  /** The server's process, where it is one of ours. */
  pid(): number | null;
  stop(): Promise<void>;
}

export async function openDatabaseServer(folder: DataFolder, databaseUrl: string | undefined): Promise<DatabaseServer> {
  return databaseUrl ? external(databaseUrl) : embedded(folder);
}

async function external(url: string): Promise<DatabaseServer> {
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new CannotStart('DATABASE_URL is not the address of a PostgreSQL server: it starts with postgres://.');
  const { hostname, port } = new URL(url);
  const place = `${hostname}:${port || 5432}`;
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [role] = await sql<
      { able: boolean }[]
    >`select rolcreatedb and rolcreaterole or rolsuper as able from pg_roles where rolname = current_user`;
    if (!role?.able)
      throw new CannotStart(
        `The role that DATABASE_URL names on ${place} may not create databases and roles: grant it CREATEDB and CREATEROLE.`,
      );
  } catch (fault) {
    if (fault instanceof CannotStart) throw fault;
    const reason = fault instanceof Error && 'code' in fault ? String(fault.code) : String(fault);
    throw new CannotStart(
      `The PostgreSQL server that DATABASE_URL names, ${place}, cannot be reached (${reason}): start it, or unset DATABASE_URL to use the embedded one.`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
  return { adminUrl: url, description: place, pid: () => null, stop: async () => {} };
}

/** Runs a server of our own and starts it again, on the same port, should it die. */
async function embedded(folder: DataFolder): Promise<DatabaseServer> {
  const port = await freePort();
  let isStopping = false;
  let server = await startPostgres({ path: folder.postgres, port });
  const usedPort = Number(new URL(server.url).port);
  void (async () => {
    for (;;) {
      await server.ended;
      if (isStopping) return;
      await startPostgres({ path: folder.postgres, port: usedPort }).then(
        (started: EmbeddedPostgres) => {
          server = started;
        },
        () => pause(1_000),
      );
    }
  })();
  return {
    adminUrl: server.url,
    description: `embedded, 127.0.0.1:${usedPort}`,
    pid: () => server.pid,
    stop: async () => {
      isStopping = true;
      await server.stop();
    },
  };
}

/** Creates and migrates a database for each house. */
export async function prepareDatabases(
  server: DatabaseServer,
  folder: DataFolder,
  houses: readonly string[],
): Promise<ReadonlyMap<string, HouseDatabase>> {
  const databases = await createHouseDatabases({ adminUrl: server.adminUrl, roleSecret: folder.secret('database-roles') }, houses);
  for (const { house, ownerUrl, appRole } of databases) await migrate({ url: ownerUrl, migrationsPath: 'drizzle', house, appRole });
  return new Map(databases.map(database => [database.house, database]));
}
