import { readXmlFields, singleField } from '../../../../src/server/verifiers/providers/xmlFields';

const SIZE = 1 << 20;

/** A document whose root holds nothing but `unit`, as often as the size allows. */
function filledWith(unit: string, size = SIZE): string {
  return `<xml>${unit.repeat(Math.floor((size - 11) / unit.length))}</xml>`;
}

describe('the fields of an XML envelope', () => {
  it('are the texts right below the root, in order', () => {
    const fields = readXmlFields('<xml a="1"><x>1</x><y><x>no</x></y><x><![CDATA[2]]>&lt;</x>\r\n<z/></xml>');
    expect([...(fields ?? [])]).toEqual([
      ['x', ['1', '2<']],
      ['y', ['']],
      ['z', ['']],
    ]);
  });

  it('have line ends as XML has them', () => {
    expect(singleField(readXmlFields('<xml><x>a\r\nb\rc\nd</x></xml>') ?? new Map(), 'x')).toBe('a\nb\nc\nd');
  });

  // Who sends them isn't verified yet. A list that is copied for each of them would take minutes for a megabyte.
  it.each([
    ['empty elements', filledWith('<a></a>')],
    [
      'empty elements of another name each',
      `<xml>${Array.from({ length: 60_000 }, (_x, i) => `<e${i}/>`).join('')}</xml>`,
    ],
    ['elements below a field', `<xml>${filledWith('<b/>')}</xml>`],
    ['elements with text between', filledWith('a<b>c</b>')],
    ['attributes', `<xml ${Array.from({ length: 60_000 }, (_x, index) => `a${index}=""`).join(' ')}/>`],
  ])('are not looked for among a megabyte of %s', (_what, xml) => {
    expect(readXmlFields(xml)).toBeNull();
  });

  it('are found among as many as a long message has', () => {
    const fields = readXmlFields(filledWith('<a></a>', 7 * 4_000));
    expect(fields?.get('a')).toHaveLength(3_998);
  });
});
