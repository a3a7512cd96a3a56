// `node trusting.mjs FILE ARGUMENT…`: runs a program that trusts the certificate which Service Fabric's variables announce, as whoever
// deploys to a cluster must see to: Node.js reads NODE_EXTRA_CA_CERTS at its start only, and knows nothing of thumbprints.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';

const { hostname, port } = new URL(process.env.IDENTITY_ENDPOINT);
const presented = await new Promise((resolve, reject) => {
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
    resolve(socket.getPeerX509Certificate());
    socket.destroy();
  });
  socket.on('error', reject);
});
if (presented.fingerprint.replaceAll(':', '') !== process.env.IDENTITY_SERVER_THUMBPRINT) {
  throw new Error('The endpoint presents another certificate than the one that is announced.');
}

const directory = mkdtempSync(join(tmpdir(), 'keyless-'));
try {
  const file = join(directory, 'certificate.pem');
  writeFileSync(file, presented.toString());
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(2)], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: file },
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(directory, { recursive: true });
}
