import { parseBody } from '../../../../src/server/parsers';
import { RULES } from './support';

// NocoBase freezes `Object.prototype`: what is assigned to one of its names of another object throws then.
const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'toLocaleString'];
const DESCRIPTORS = NAMES.map((name) => Object.getOwnPropertyDescriptor(Object.prototype, name) ?? {});

const setWritable = (writable: boolean) =>
  NAMES.forEach((name, index) => Object.defineProperty(Object.prototype, name, { ...DESCRIPTORS[index], writable }));

const parse = (type: string, body: string): unknown => {
  setWritable(false);
  try {
    return parseBody(Buffer.from(body), type, RULES).data;
  } finally {
    setWritable(true);
  }
};

it.each(NAMES)('%s is a name like others where the prototype is frozen', (name) => {
  expect(parse('application/json', `{"\\u0000":1,"${name}":{"${name}":"x","\\u0000":2}}`)).toEqual(
    Object.fromEntries([
      ['\ufffd', 1],
      [
        name,
        Object.fromEntries([
          [name, 'x'],
          ['\ufffd', 2],
        ]),
      ],
    ]),
  );
  expect(parse('application/xml', `<${name} a="1"><${name}>x</${name}><${name}>y</${name}></${name}>`)).toEqual(
    Object.fromEntries([
      [
        name,
        Object.fromEntries<unknown>([
          ['@a', '1'],
          [name, ['x', 'y']],
        ]),
      ],
    ]),
  );
});
