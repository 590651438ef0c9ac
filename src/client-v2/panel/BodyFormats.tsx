import { Collapse, Descriptions } from 'antd';
import type { BodyFormat } from '../../common/contentTypes';
import { text, useT } from '../locale';

/** How a body arrives in `$context.data`, by format; English, and the i18n keys. */
const FORMATS: Record<BodyFormat | 'none', { label: string; arrives: string }> = {
  json: { label: text('JSON, CloudEvents'), arrives: text('As it is.') },
  form: { label: text('Form'), arrives: text('An object of texts; a[b]=1 is b in a.') },
  multipart: { label: text('Form with files'), arrives: text('As a form; the files are in $context.files.') },
  xml: {
    label: text('XML'),
    arrives: text(
      'An object: attributes as @name, text beside them as $text, repeated elements as a list, a:b as a_b.',
    ),
  },
  ndjson: { label: text('NDJSON'), arrives: text('A list, with an item for every line.') },
  text: { label: text('Text'), arrives: text('The text.') },
  binary: { label: text('Anything else'), arrives: text('An object with base64, contentType and size.') },
  none: { label: text('No body'), arrives: text('The value null.') },
};

/** A note on which formats are read, and as what. */
export function BodyFormats() {
  const t = useT();
  const items = Object.entries(FORMATS).map(([key, { label, arrives }]) => ({
    key,
    label: t(label),
    children: t(arrives),
  }));
  return (
    <Collapse
      size="small"
      items={[
        {
          key: 'formats',
          label: t('How bodies arrive'),
          children: <Descriptions size="small" column={1} bordered items={items} />,
        },
      ]}
    />
  );
}
