declare const plugin: new (...args: never[]) => unknown;
export default plugin;
