// Marks each answer that goes through Koa, so that a test can tell the two mounts apart. To be loaded ahead of NocoBase
// (`NODE_OPTIONS=--require`).
const Module = require('node:module');

const load = Module._load;
const marked = new WeakSet();

Module._load = function (request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  if (request === 'koa' && typeof loaded === 'function' && !marked.has(loaded)) {
    marked.add(loaded);
    const { handleRequest } = loaded.prototype;
    loaded.prototype.handleRequest = function (ctx, next) {
      ctx.res.setHeader('x-through', 'koa');
      return handleRequest.call(this, ctx, next);
    };
  }
  return loaded;
};
