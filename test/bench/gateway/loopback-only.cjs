/** Loaded before a gateway that would listen on every address of the machine. */
const { Server } = require('node:net');
const { listen } = Server.prototype;
Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest);
  }
  const callback = rest.find((each) => typeof each === 'function');
  return listen.call(this, Number(first), '127.0.0.1', ...(callback ? [callback] : []));
};
