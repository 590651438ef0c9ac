import { storableText } from '../../storableText';

/** Characters of a file name: with the suffix that a storage adds, any file system takes as many. */
const MAX_FILENAME = 60;

/** A name that is a name in any file system: no folders, no control characters, of bounded length. */
export function safeFilename(sent: string): string {
  const name = storableText(sent)
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '-')
    .replace(/^.*[\\/]/, '')
    .replace(/^\.+/, '')
    .trim();
  const [, stem = '', extension = ''] = /^(.*?)(\.[^.]{1,20})?$/u.exec(name) ?? [];
  return `${[...stem].slice(0, MAX_FILENAME).join('') || 'file'}${extension}`;
}
