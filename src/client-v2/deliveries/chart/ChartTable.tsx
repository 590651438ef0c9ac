import type { Counted } from '../../charts/stack';
import { heightOf } from '../../charts/stack';
import { useT } from '../../locale';

/** A chart in words: the bars in which something happened. */
export function ChartTable({ bars, times }: { bars: readonly Counted[]; times: readonly string[] }) {
  const t = useT();
  return (
    <table>
      <caption>{t('Calls over time')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Time')}</th>
          <th scope="col">{t('Accepted')}</th>
          <th scope="col">{t('Refused')}</th>
          <th scope="col">{t('Failed')}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar, index) =>
          heightOf(bar) === 0 ? null : (
            <tr key={times[index]}>
              <th scope="row">{times[index]}</th>
              <td>{bar.accepted}</td>
              <td>{bar.refused}</td>
              <td>{bar.failed}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
