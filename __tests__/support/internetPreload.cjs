/*
 * Required into a NocoBase process under test (NODE_OPTIONS), so that names of public hosts lead to a server of the
 * test. `WEBHOOK_TEST_INTERNET` is JSON: { port, hosts: { name: the address that it resolves to } }.
 *
 * Names are resolved here, and connections to port 443 of these names are turned to 127.0.0.1 after whoever connects
 * has resolved and checked the name. The plugin itself runs untouched.
 */
const dns = require('node:dns');
const net = require('node:net');
const { setImmediate } = require('node:timers');

const { port, hosts } = JSON.parse(process.env.WEBHOOK_TEST_INTERNET);
const { lookup } = dns;
const { connect } = net.Socket.prototype;

dns.lookup = (host, options, callback) => {
  if (!Object.hasOwn(hosts, host)) {
    return lookup(host, options, callback);
  }
  const done = callback ?? options;
  const found = { address: hosts[host], family: 4 };
  return setImmediate(() => (options.all ? done(null, [found]) : done(null, found.address, found.family)));
};

net.Socket.prototype.connect = function connectTurned(options, ...rest) {
  const isTurned = Object.hasOwn(hosts, options?.host ?? '') && Number(options.port) === 443;
  return connect.call(this, isTurned ? turned(options) : options, ...rest);
};

/** The same connection: its name is looked up as its owner wants, and then it goes to the test's server. */
function turned(options) {
  return {
    ...options,
    port,
    lookup: (host, wanted, callback) =>
      (options.lookup ?? dns.lookup)(host, wanted, (error, found) => {
        if (error) {
          callback(error, '', 0);
        } else if (Array.isArray(found)) {
          callback(null, [{ address: '127.0.0.1', family: 4 }]);
        } else {
          callback(null, '127.0.0.1', 4);
        }
      }),
  };
}
