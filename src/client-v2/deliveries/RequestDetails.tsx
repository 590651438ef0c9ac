import { Descriptions, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { DeliveryDetail } from '../../common/deliveriesApi';
import { useT } from '../locale';

/** What came, as it is stored, and what was answered. */
export function RequestDetails({ delivery }: { delivery: DeliveryDetail }) {
  const t = useT();
  const { method, path, params, query, headers, body, bodyEncoding, contentType } = delivery;
  const { responseStatus, responseHeaders, responseBody, responseEncoding } = delivery;
  return (
    <>
      <Typography.Title level={5}>{t('Request')}</Typography.Title>
      <Typography.Paragraph copyable={{ text: path }} style={{ overflowWrap: 'anywhere' }}>
        <Typography.Text strong>{method}</Typography.Text> {path}
      </Typography.Paragraph>
      <Pairs title={t('Path parameters')} values={params} />
      <Pairs title={t('Query')} values={query} />
      <Pairs title={t('Headers')} values={headers} />
      <Part title={t('Body')}>
        {body === null ? (
          <Typography.Text>{t('No body is kept.')}</Typography.Text>
        ) : (
          <Block text={bodyEncoding === 'base64' ? body : readable(body, contentType)} />
        )}
      </Part>
      <Typography.Title level={5}>{t('Answer')}</Typography.Title>
      {responseStatus === null ? (
        <Typography.Text type="secondary">{t('None is known.')}</Typography.Text>
      ) : (
        <>
          <Typography.Paragraph strong>{responseStatus}</Typography.Paragraph>
          <Pairs title={t('Headers')} values={responseHeaders} />
          {responseBody ? (
            <Block
              text={
                responseEncoding === 'base64'
                  ? responseBody
                  : readable(responseBody, typeOf(responseHeaders?.['content-type']))
              }
            />
          ) : null}
        </>
      )}
    </>
  );
}

function Pairs({ title, values }: { title: string; values: Record<string, unknown> | null }) {
  const entries = Object.entries(values ?? {});
  return entries.length === 0 ? null : (
    <Part title={title}>
      <Descriptions
        bordered
        size="small"
        column={1}
        styles={{ label: { width: 200, overflowWrap: 'anywhere' }, content: { overflowWrap: 'anywhere' } }}
        items={entries.map(([name, value]) => ({
          key: name,
          label: name,
          children: typeof value === 'string' ? value : JSON.stringify(value),
        }))}
      />
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div style={{ marginBottom: 16 }}>
      <div>
        <Typography.Text type="secondary">{title}</Typography.Text>
      </div>
      {children}
    </div>
  );
}

function Block({ text }: { text: string }) {
  return (
    <Typography.Paragraph copyable={{ text }} style={{ marginBottom: 0 }}>
      <pre style={{ maxHeight: 360, overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>
        {text}
      </pre>
    </Typography.Paragraph>
  );
}

function typeOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}

/** JSON with line breaks; anything else as it is. */
function readable(text: string, contentType: string | null): string {
  if (!contentType?.includes('json')) {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
