import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** The files of the page, ready to be served. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** Bundles the page in memory (docs/decisions/0004): what is served is always what stands in the sources. */
export async function bundlePage(): Promise<PageFiles> {
  const { outputFiles } = await build({
    entryPoints: [pathOf('main.tsx'), pathOf('page.css')],
    outdir: pathOf('.'),
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`page/${name}`, import.meta.url));
}
