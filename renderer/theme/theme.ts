// Mantine in our colours and faces. Colours are the tokens of tokens.css, so both themes come from one place.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const water: MantineColorsTuple = [
  '#e6f4f5',
  '#d3eaec',
  '#bfe2e4',
  '#93ccd0',
  '#5fb2b8',
  '#2f9aa2',
  '#1e8f98',
  '#0b6a72',
  '#095a61',
  '#074a50',
];

/** Mantine's own greys are neutral and brownish beside ours: slate in both themes, from light to dark. */
const gray: MantineColorsTuple = [
  '#f1f4f5',
  '#e8edef',
  '#dbe3e6',
  '#c9d4d9',
  '#a9b8bf',
  '#8699a2',
  '#748892',
  '#50646f',
  '#35464f',
  '#152026',
];
const dark: MantineColorsTuple = [
  '#e3ecef',
  '#c3d0d5',
  '#9db0b9',
  '#8fa2ac',
  '#2a3a43',
  '#24343c',
  '#1d2b32',
  '#172329',
  '#111c21',
  '#0f181c',
];

/** A dialog's header would be taken for a second banner of the page. */
const noBanner = { header: { role: 'none' } };

export const theme = createTheme({
  primaryColor: 'water',
  primaryShade: { light: 7, dark: 7 },
  colors: { water, gray, dark },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  // The page itself never scrolls, so nothing has to be locked, which would put in a style without the nonce.
  components: {
    Drawer: { defaultProps: { lockScroll: false, attributes: noBanner } },
    Modal: { defaultProps: { lockScroll: false, attributes: noBanner } },
  },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
});

const ours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink2)',
  '--mantine-color-placeholder': 'var(--ink2)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--strong-line)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--water)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink2)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-water-filled': 'var(--button)',
  '--mantine-color-water-filled-hover': 'var(--button-hover)',
  '--mantine-color-water-light': 'var(--water-fill)',
  '--mantine-color-water-light-hover': 'var(--water-fill)',
  '--mantine-color-water-light-color': 'var(--ink)',
  '--mantine-color-water-text': 'var(--water)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });

/** The page's nonce: the only styles that may be put in at run time carry it. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
