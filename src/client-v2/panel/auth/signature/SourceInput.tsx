import { Input, Select, Space } from 'antd';
import { text, useT } from '../../../locale';

const PLACES = [
  { value: 'header', label: text('Header') },
  { value: 'query', label: text('Query parameter') },
  { value: 'json', label: text('JSON body, at') },
  { value: 'form', label: text('Form field') },
  { value: 'form-json', label: text('JSON in a form field, at') },
  { value: 'xml', label: text('XML element') },
  { value: 'path', label: text('Part of the path') },
];

export interface SourceInputProps {
  /** Given by the `Form.Item` around. */
  id?: string;
  value?: string;
  onChange?: (source: string) => void;
  /** Offers the signature's own list as a place: `sig:t=`. */
  inSignature?: boolean;
}

/** Where in a request a value is: `header:x-signature`, `query:sig`, `json:a.b`. */
export function SourceInput({ id, value = '', onChange, inSignature }: SourceInputProps) {
  const t = useT();
  const colon = value.indexOf(':');
  const place = colon < 0 ? 'header' : value.slice(0, colon);
  const name = value.slice(colon + 1);
  const places = inSignature ? [...PLACES, { value: 'sig', label: t('Item of the signature with prefix') }] : PLACES;
  return (
    <Space.Compact block>
      <Select
        aria-label={t('Place')}
        style={{ width: 200 }}
        popupMatchSelectWidth={false}
        value={place}
        options={places.map((option) => ({ value: option.value, label: t(option.label) }))}
        onChange={(next: string) => onChange?.(`${next}:${name}`)}
      />
      <Input
        id={id}
        spellCheck={false}
        value={name}
        onChange={(event) => onChange?.(`${place}:${event.target.value}`)}
      />
    </Space.Compact>
  );
}
