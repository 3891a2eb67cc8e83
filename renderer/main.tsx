// Where the page begins: words, theme, the model, the frame.
import './theme/mantine.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './theme/tokens.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { Frame } from './frame/Frame.tsx';
import { createModel, ModelProvider } from './model/model.ts';
import { cssVariables, styleNonce, theme } from './theme/theme.ts';
import { startWords } from './words/i18n.ts';

startWords();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
    >
      <ModelProvider value={createModel()}>
        <Frame />
      </ModelProvider>
    </MantineProvider>,
  );
}
