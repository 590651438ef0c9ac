import { Typography, theme } from 'antd';
import { useId, type ReactNode } from 'react';

/** Fields under a title, one below the other. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const { token } = theme.useToken();
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} style={{ marginBottom: token.marginLG }}>
      <Typography.Text
        id={id}
        strong
        style={{ display: 'block', marginBottom: token.marginXS, fontSize: token.fontSizeLG }}
      >
        {title}
      </Typography.Text>
      {children}
    </div>
  );
}
