import { theme } from 'antd';

/** What a bar is made of, from below; refused is hatched besides, so that it isn't told by colour alone. */
export interface ChartColors {
  accepted: string;
  refused: string;
  failed: string;
  /** Between the strokes of what is hatched. */
  ground: string;
  /** Of what counts for nothing now. */
  muted: string;
}

/** The charts' colours by the theme in force, each of a contrast of 3 : 1 or more on its ground. */
export function useChartColors(): ChartColors {
  const { token } = theme.useToken();
  const isDark = luminance(token.colorBgContainer) < 0.5;
  return {
    accepted: isDark ? token.geekblue7 : token.geekblue5,
    refused: isDark ? token.orange7 : token.orange6,
    failed: token.colorError,
    ground: token.colorBgContainer,
    muted: token.colorTextQuaternary,
  };
}

/** From 0, black, to 1, of a colour in six hex digits; of any other, that of white. */
function luminance(color: string): number {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(color);
  const [red = 255, green = 255, blue = 255] = (digits ?? []).slice(1).map((part) => parseInt(part, 16));
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
