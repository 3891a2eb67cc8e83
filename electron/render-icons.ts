// Draws assets/icon.svg in the sizes and containers that each system wants. Run by `npm run icons` after a change of
// the drawing; what it writes is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const assets = fileURLToPath(new URL('../assets', import.meta.url));
const folder = join(assets, 'icons');
const drawing = readFileSync(join(assets, 'icon.svg'), 'utf8');

/** Below this width the glint on the water is a blur, and left out. */
const glintFrom = 32;

function render(width: number): Buffer {
  const svg = width < glintFrom ? drawing.replace(/<path\s+id="glint"[^>]*\/>/, '') : drawing;
  return new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render().asPng();
}

/** Windows: a directory of 16 bytes a picture, then the pictures. Source: learn.microsoft.com, "Icons". */
function ico(widths: readonly number[]): Buffer {
  const pictures = widths.map(render);
  const header = Buffer.alloc(6 + 16 * widths.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(widths.length, 4);
  let offset = header.length;
  for (const [index, picture] of pictures.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8((widths[index] ?? 0) % 256, at);
    header.writeUInt8((widths[index] ?? 0) % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(picture.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  return Buffer.concat([header, ...pictures]);
}

/** macOS: each picture behind its type and length. Source: en.wikipedia.org/wiki/Apple_Icon_Image_format. */
function icns(types: Readonly<Record<string, number>>): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + data.length, 4);
    return Buffer.concat([head, data]);
  };
  return chunk(
    'icns',
    Buffer.concat(Object.entries(types).map(([type, width]) => chunk(type, render(width)))),
  );
}

mkdirSync(folder, { recursive: true });
for (const width of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
  writeFileSync(join(folder, `${width}x${width}.png`), render(width));
}
writeFileSync(join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256]));
writeFileSync(
  join(folder, 'icon.icns'),
  icns({
    icp4: 16,
    icp5: 32,
    ic07: 128,
    ic08: 256,
    ic09: 512,
    ic10: 1024,
    ic11: 32,
    ic12: 64,
    ic13: 256,
    ic14: 512,
  }),
);
