import { atPublicUrl, normalizePublicUrl, publicUrlRule } from '../../common/publicUrl';
import type { SettingSource } from '../../common/settings';
import { describeIssue } from '../../common/validateConfig';

/** The address under which the outside reaches NocoBase. Can be replaced while requests come in. */
export class PublicUrl {
  /** In its normal form; empty: none, and each request tells. */
  value = '';
  source: SettingSource = 'default';

  /**
   * @param environment value of `WEBHOOK_PUBLIC_URL`; empty text: none. Of a value that can't be used `report` is
   * told, and none applies: not the saved one either, as the one who set the variable meant another. Nobody gets in
   * by that: a signature over the URL must still fit the one that was called.
   */
  constructor(environment: string | undefined, report: (problem: string) => void) {
    if (environment === undefined) {
      return;
    }
    const [problem] = publicUrlRule(environment, 'WEBHOOK_PUBLIC_URL');
    if (problem) {
      report(`WEBHOOK_PUBLIC_URL is not used: ${describeIssue(problem)}`);
    }
    this.value = problem ? '' : normalizePublicUrl(environment);
    this.source = 'environment';
  }

  /** Takes over what was saved on the settings page; null or empty: nothing. The environment stays as it is. */
  use(saved: string | null): void {
    if (this.source !== 'environment') {
      this.value = normalizePublicUrl(saved ?? '');
      this.source = this.value === '' ? 'default' : 'settings';
    }
  }

  /**
   * The URL as its caller called it.
   * @param path as received, with its query
   * @param origin tells scheme and host by the request itself, for where there is no public URL
   */
  urlOf(path: string, origin: () => string): string {
    return this.value === '' ? `${origin()}${path}` : atPublicUrl(this.value, path);
  }
}
