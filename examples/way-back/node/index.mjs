// Called for each new row of work by the trigger in work.sql: connects back to the database, and writes its answer into the row.
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Signer } from '@aws-sdk/rds-signer';
import pg from 'pg';

const host = process.env.DB_HOST;
const port = Number(process.env.DB_PORT);

async function userAndPassword(login) {
  if (login === 'secret') {
    const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: process.env.DB_SECRET }));
    const { username, password } = JSON.parse(secret.SecretString);
    return { user: username, password };
  }
  const user = process.env.DB_USER;
  return { user, password: await new Signer({ hostname: host, port, username: user }).getAuthToken() };
}

export async function handler(event) {
  const client = new pg.Client({
    host,
    port,
    database: 'postgres',
    ...(await userAndPassword(event.login)),
    ssl: { ca: readFileSync('ca.pem', 'utf8') },
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    // The event may be here before the transaction of the row has committed.
    for (let tries = 0; tries < 50; tries++) {
      const { rowCount } = await client.query('UPDATE work SET answer = upper(question), done_by = session_user WHERE id = $1', [event.id]);
      if (rowCount === 1) return event.id;
      await setTimeout(100);
    }
    // Lambda tries again, in a minute and in two.
    throw new Error(`there is no row ${event.id}`);
  } finally {
    await client.end();
  }
}
