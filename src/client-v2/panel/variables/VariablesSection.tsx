import { Tabs } from 'antd';
import type { VariableGroup } from '../../../common/config';
import { text, useT } from '../../locale';
import { useConfig } from '../useConfig';
import { ParamRows } from './ParamRows';
import { VariableRows } from './VariableRows';
import { fromHeaders, fromJson, fromQuery, type Sample } from './samples';

interface GroupTab {
  group: VariableGroup;
  /** English, and the i18n key. */
  label: string;
  /** How variables are read from a pasted sample; left out: the path's parameters, which need no sample. */
  sample?: Sample;
}

const TABS: readonly GroupTab[] = [
  { group: 'data', label: text('Body'), sample: { read: fromJson, hint: text('Paste a JSON body.'), isBody: true } },
  {
    group: 'headers',
    label: text('Headers'),
    sample: { read: fromHeaders, hint: text('Paste headers, one a line: Name: value.') },
  },
  {
    group: 'query',
    label: text('Query'),
    sample: { read: fromQuery, hint: text('Paste a URL, or what stands after its question mark.') },
  },
  { group: 'params', label: text('Path') },
];

/** What the variable pickers of the workflow's nodes offer from a call. */
export function VariablesSection() {
  const t = useT();
  const { variables } = useConfig();
  return (
    <>
      <p style={{ marginTop: 0 }}>
        {t(
          'Declare what your nodes use: their variable pickers then offer it. A call may hold more; nothing is left out of it.',
        )}{' '}
        {t(
          'Names with a dot stand in quotes: fields["System.State"]. With an alias, a variable is in the pickers under “Named variables”, whatever letters its own name has.',
        )}
      </p>
      <Tabs
        size="small"
        items={TABS.map(({ group, label, sample }) => ({
          key: group,
          forceRender: true,
          label: variables[group].length > 0 && sample ? `${t(label)} (${variables[group].length})` : t(label),
          children: sample ? <VariableRows group={group} sample={sample} /> : <ParamRows />,
        }))}
      />
    </>
  );
}
