import { checkRules, type StorageRules } from '../../../src/server/files/storageRules';

const upload = (filename: string, size = 1) => ({
  field: 'f',
  filename,
  contentType: 'image/png',
  content: Buffer.alloc(size),
});

it.each<[string, string, number, StorageRules]>([
  ['no rules', 'a.html', 1, {}],
  ['a size', 'a.html', 10, { size: 10 }],
  ['any type', 'a', 1, { mimetype: '*' }],
  ['a kind of type', 'a.PNG', 1, { mimetype: 'text/plain, image/*' }],
  ['a type', 'a.pdf', 1, { mimetype: 'image/*,application/pdf' }],
])('takes a file within %s', (_what, filename, size, rules) => {
  expect(() => checkRules(upload(filename, size), rules)).not.toThrow();
});

it.each<[string, string, number, StorageRules, string]>([
  ['larger than the storage takes', 'a.png', 11, { size: 10 }, 'BODY_TOO_LARGE'],
  ['larger than the file manager takes by default', 'a.png', 20 * 1024 * 1024 + 1, {}, 'BODY_TOO_LARGE'],
  ['of another type, whatever is declared', 'a.html', 1, { mimetype: 'image/*' }, 'TYPE_NOT_SUPPORTED'],
  ['of a type whose name only starts alike', 'a.mjs', 1, { mimetype: 'text/java' }, 'TYPE_NOT_SUPPORTED'],
  ['that is only called like an extension', 'png', 1, { mimetype: 'image/*' }, 'TYPE_NOT_SUPPORTED'],
  ['of no known type', 'a.unknown', 1, { mimetype: 'image/*' }, 'TYPE_NOT_SUPPORTED'],
])('refuses a file %s', (_what, filename, size, rules, code) => {
  expect(() => checkRules(upload(filename, size), rules)).toThrow(expect.objectContaining({ code }));
});
