/**
 * The layer rules of the house, for dependency-cruiser: imports point down only.
 *
 * A new folder under src gets a place in LAYERS; a file outside every layer is an error.
 */

/** Folders of src from the ground up; those in one row are siblings. */
const LAYERS = [
  ['core'],
  ['domain'],
  ['ports'],
  ['terminology'],
  ['systems'],
  ['record', 'belief', 'steering', 'knowledge', 'safety', 'reasoning', 'provenance'],
  ['planner', 'trials'],
  ['pipeline'],
  ['web'],
  ['adapters'],
];
/** The only places that choose adapters. */
const ROOTS = ['cds-hooks', 'smart-app', 'deploy', 'src/cli', 'src/benchmarks'];
/** Everything from flow down: effects only through ports. */
const PURE = LAYERS.slice(
  0,
  LAYERS.findIndex((row) => row.includes('web')),
).flat();
/** Browser code: talks HTTP, and imports nothing but types from the rest. */
const BROWSER = '^(?:deploy/sandbox/page|smart-app/ui)/';

const anyOf = (names) => `(?:${names.join('|')})`;
const inSource = (names) => `^src/${anyOf(names)}/`;
const packages = (names) => names.map((name) => `node_modules/${name}/`);

const pointDown = LAYERS.map((row, index) => ({
  name: `down-from-${row.join('-')}`,
  comment: `src/${row.join(', ')} may import only what lies below`,
  severity: 'error',
  from: { path: inSource(row) },
  to: {
    path: [
      inSource(
        LAYERS.slice(index + 1)
          .flat()
          .concat('no-folder'),
      ),
      `^${anyOf(ROOTS)}/`,
    ],
  },
}));

const siblings = LAYERS.filter((row) => row.length > 1).map((row) => ({
  name: `siblings-${row[0]}`,
  comment: `${row.join(', ')} do not import each other; what they share travels through src/domain`,
  severity: 'error',
  from: { path: `^src/(${row.join('|')})/` },
  to: { path: inSource(row), pathNot: '^src/$1/' },
}));

const roots = [
  {
    name: 'servers-apart',
    comment: 'cds-hooks and smart-app never import each other',
    severity: 'error',
    from: { path: '^(cds-hooks|smart-app)/' },
    to: { path: '^(?:cds-hooks|smart-app)/', pathNot: '^$1/' },
  },
  {
    name: 'sandbox-apart',
    comment: 'the sandbox EHR knows the services by HTTP alone, so that each tests the other',
    severity: 'error',
    from: { path: '^deploy/' },
    to: { path: '^(?:cds-hooks|smart-app|src/cli|src/benchmarks|src/adapters|src/pipeline)/' },
  },
  {
    name: 'command-line-last',
    comment: 'nothing imports the command line',
    severity: 'error',
    from: { pathNot: '^(?:src/cli|test)/' },
    to: { path: '^src/cli/' },
  },
  {
    name: 'no-tests-in-production',
    severity: 'error',
    from: { path: '^(?:src|cds-hooks|smart-app|deploy)/' },
    to: { path: '^test/' },
  },
];

const purity = [
  {
    name: 'no-input-output',
    comment: 'from pipeline down nothing touches the machine; src/core/digest may hash',
    severity: 'error',
    from: { path: inSource(PURE), pathNot: '^src/core/digest\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'digest-only-hashes',
    severity: 'error',
    from: { path: '^src/core/digest\\.ts$' },
    to: { dependencyTypes: ['core'], pathNot: '^(?:node:)?crypto$' },
  },
  {
    name: 'pure-packages',
    comment: 'from pipeline down only canonicalize, zod and the types of FHIR; units are converted in src/terminology',
    severity: 'error',
    from: { path: inSource(PURE), pathNot: '^src/terminology/' },
    to: { path: 'node_modules/', pathNot: packages(['canonicalize', 'zod', '@types/fhir']) },
  },
  {
    name: 'pure-packages-of-terminology',
    severity: 'error',
    from: { path: '^src/terminology/' },
    to: { path: 'node_modules/', pathNot: packages(['@lhncbc/ucum-lhc', 'zod', '@types/fhir']) },
  },
];

const browser = [
  {
    name: 'browser-imports-types-alone',
    severity: 'error',
    from: { path: BROWSER },
    to: { path: '^(?:src|cds-hooks|smart-app|deploy)/', pathNot: BROWSER, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'browser-has-no-machine',
    severity: 'error',
    from: { path: BROWSER },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'browser-stays-in-browser',
    comment: 'servers do not import browser code',
    severity: 'error',
    from: { path: '^(?:src|cds-hooks|smart-app|deploy)/', pathNot: BROWSER },
    to: { path: BROWSER },
  },
];

const everywhere = [
  { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'every-folder-has-a-layer',
    severity: 'error',
    from: {},
    to: { path: '^src/', pathNot: [inSource(LAYERS.flat()), `^${anyOf(ROOTS)}/`] },
  },
  {
    name: 'no-development-packages',
    comment: 'apache-arrow writes cohorts for training, which is development',
    severity: 'error',
    from: { path: '^(?:src|cds-hooks|smart-app|deploy)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/apache-arrow/' },
  },
];

module.exports = {
  forbidden: [...pointDown, ...siblings, ...roots, ...purity, ...browser, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.json'],
    },
  },
};
