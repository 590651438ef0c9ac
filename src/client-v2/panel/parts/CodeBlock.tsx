import { Typography, theme } from 'antd';

export interface CodeBlockProps {
  /** Shown and copied as it is. */
  code: string;
  /** What this is, for who can't see it. */
  label: string;
}

/** Text in a fixed-width block with a button that copies it. Works in a read-only form as well. */
export function CodeBlock({ code, label }: CodeBlockProps) {
  const { token } = theme.useToken();
  return (
    <div role="group" aria-label={label} style={{ position: 'relative' }}>
      <pre
        tabIndex={0}
        aria-label={label}
        style={{
          margin: 0,
          padding: `${token.paddingXS}px ${token.paddingXL}px ${token.paddingXS}px ${token.paddingSM}px`,
          maxHeight: 220,
          overflow: 'auto',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          fontFamily: token.fontFamilyCode,
          fontSize: token.fontSizeSM,
          lineHeight: token.lineHeight,
          background: token.colorFillQuaternary,
          border: `${token.lineWidth}px solid ${token.colorBorderSecondary}`,
          borderRadius: token.borderRadius,
        }}
      >
        {code}
      </pre>
      <Typography.Text
        copyable={{ text: code }}
        style={{ position: 'absolute', insetBlockStart: token.paddingXXS, insetInlineEnd: token.paddingXS }}
      />
    </div>
  );
}
