import { createHmac } from 'node:crypto';
import postgres from 'postgres';

/** Where a house's database is, for the role that owns its tables and for the role it runs as. */
export interface HouseDatabase {
  readonly house: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly appRole: string;
}

export interface ClusterOptions {
  /** Connects as a role that may create roles and databases. */
  readonly adminUrl: string;
  /** Set before each database and role name, so that one server can hold several deployments. */
  readonly prefix?: string;
  /** The roles' passwords are derived from it; whoever starts the houses knows it. */
  readonly roleSecret: string;
}

/** The addresses of a house's database. Creates nothing. */
export function houseDatabase(options: ClusterOptions, house: string): HouseDatabase {
  const name = `${options.prefix ?? 'purchasing_'}${house}`;
  return { house, ownerUrl: roleUrl(options, name, 'owner'), appUrl: roleUrl(options, name, 'app'), appRole: `${name}_app` };
}

/**
 * Creates what is missing for each house: a database of its own, a role that owns its tables and a role that the house
 * runs as and that may only read and write rows. Nobody else may connect.
 */
export async function createHouseDatabases(options: ClusterOptions, houses: readonly string[]): Promise<readonly HouseDatabase[]> {
  const admin = postgres(options.adminUrl, { max: 1, onnotice: () => {} });
  try {
    for (const house of houses) {
      const name = `${options.prefix ?? 'purchasing_'}${house}`;
      for (const role of [`${name}_owner`, `${name}_app`]) {
        const [known] = await admin`select 1 from pg_roles where rolname = ${role}`;
        if (!known) await admin.unsafe(`create role ${role} login`);
        await admin.unsafe(`alter role ${role} password '${rolePassword(options.roleSecret, role)}'`);
      }
      const [existing] = await admin`select 1 from pg_database where datname = ${name}`;
      // Copying files is several times faster than the write-ahead log for an empty database.
      if (!existing) await admin.unsafe(`create database ${name} owner ${name}_owner strategy file_copy`);
      await admin.unsafe(`revoke connect, temporary on database ${name} from public`);
      await admin.unsafe(`grant connect on database ${name} to ${name}_app`);
    }
    return houses.map(house => houseDatabase(options, house));
  } finally {
    await admin.end();
  }
}

/** Derived, so that no file has to keep it: hexadecimal, and so safe inside a quoted literal and a URL. */
const rolePassword = (secret: string, role: string): string => createHmac('sha256', secret).update(role).digest('hex');

function roleUrl(options: ClusterOptions, database: string, kind: 'owner' | 'app'): string {
  const url = new URL(options.adminUrl);
  url.username = `${database}_${kind}`;
  url.password = rolePassword(options.roleSecret, url.username);
  url.pathname = `/${database}`;
  return url.toString();
}
