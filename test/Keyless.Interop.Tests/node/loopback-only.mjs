// Imported before everything else: ends the process when anything in it would open a connection that leaves this machine.
import net from 'node:net';

const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  const [target] = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof target === 'object' ? target : typeof target === 'string' ? { path: target } : { port: target, host: args[1] };
  const host = options.host ?? 'localhost';
  if (!options.path && !['localhost', '127.0.0.1', '::1'].includes(host)) {
    console.error(`Keyless test isolation: a connection to ${host} would have left this machine.`);
    process.exit(86);
  }

  return connect.apply(this, args);
};
