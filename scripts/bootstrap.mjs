/**
 * The first thing that runs on a fresh clone: installs what is missing, then starts what was asked for.
 *
 * Plain JavaScript without dependencies, because nothing is installed yet.
 *
 *   node scripts/bootstrap.mjs demo [--once]         production packages, then the demo
 *   node scripts/bootstrap.mjs sextant <command> …   production packages, then the command line
 *   node scripts/bootstrap.mjs test [vitest args]    all packages, then the tests; last line "N passed, N failed"
 *   node scripts/bootstrap.mjs install               all packages, nothing else
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE_NEEDED = [20, 19];

/** What each command needs to be installed, and what it then runs. */
const COMMANDS = {
  demo: { needs: 'production', run: (args) => runTypeScript('src/cli/demo.ts', args) },
  sextant: { needs: 'production', run: (args) => runTypeScript('src/cli/sextant.ts', args) },
  test: { needs: 'everything', run: runTests },
  install: { needs: 'everything', run: () => Promise.resolve(0) },
};

/** Runs one command and returns its exit code. */
async function main([name, ...args]) {
  if (!isNodeNewEnough(process.versions.node)) return refuseOldNode();
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (command === undefined) return refuseCommand(name);
  const installed = await installWhatIsMissing(command.needs);
  return installed === 0 ? command.run(args) : installed;
}

function isNodeNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1]);
}

function refuseOldNode() {
  console.error(`Sextant needs Node ${NODE_NEEDED.join('.')} or newer; this is ${process.versions.node}.`);
  console.error('Install the current LTS from https://nodejs.org, or run `nvm install` or `fnm use` in this folder.');
  return 1;
}

function refuseCommand(name) {
  console.error(`${name === undefined ? 'No command was given' : `There is no command "${name}"`}.`);
  console.error(`Commands: ${Object.keys(COMMANDS).join(', ')}.`);
  return 1;
}

async function installWhatIsMissing(needs) {
  const { missing, hasDevelopment } = compareWithLock(needs);
  if (missing === 0) return 0;
  // npm ci empties node_modules first, so an installation with development packages stays one.
  const all = needs === 'everything' || hasDevelopment;
  say(
    `installing ${missing} missing ${missing === 1 ? 'package' : 'packages'} (${all ? 'npm ci' : 'npm ci --omit=dev'}) …`,
  );
  const started = performance.now();
  const code = await runNpm(['ci', '--ignore-scripts', '--loglevel=error', ...(all ? [] : ['--omit=dev'])]);
  if (code !== 0) return explainFailedInstall(code);
  say(`installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return 0;
}

/**
 * Counts the packages of package-lock.json that node_modules lacks or holds in another version.
 *
 * npm stamps node_modules with .package-lock.json: what it last put there. Optional packages are left out, since they
 * differ between platforms.
 */
function compareWithLock(needs) {
  const wanted = Object.entries(packagesOf(join(ROOT, 'package-lock.json')) ?? {});
  const present = packagesOf(join(ROOT, 'node_modules', '.package-lock.json')) ?? {};
  const missing = wanted.filter(
    ([path, entry]) =>
      path !== '' &&
      entry.optional !== true &&
      (needs === 'everything' || (entry.dev !== true && entry.devOptional !== true)) &&
      present[path]?.version !== entry.version,
  );
  return { missing: missing.length, hasDevelopment: Object.values(present).some((entry) => entry.dev === true) };
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function runNpm(args) {
  // onnxruntime-node would fetch CUDA libraries after its installation; the CPU library is in the package.
  const options = { env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' } };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js') === true) return run(process.execPath, [npm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

function explainFailedInstall(code) {
  console.error(`[sextant] npm could not install the packages (exit code ${code}).`);
  console.error('[sextant]   offline?         the first run needs the npm registry: try `npm ping`');
  console.error('[sextant]   behind a proxy?  set HTTPS_PROXY, or `npm config set proxy http://host:port`');
  console.error('[sextant]   own registry?    `npm config set registry https://…`');
  return code;
}

function runTypeScript(entry, args) {
  return run(process.execPath, ['--import', 'tsx', join(ROOT, entry), ...args]);
}

/** Runs vitest and repeats its counts as the last line. */
async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'sextant-test-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await run(process.execPath, [vitest, 'run', ...reporters, ...args]);
    console.log(countsLine(code, report));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countsLine(code, report) {
  const counts = countsOf(report);
  // A run that fails without a failed test (a type error in a config, an unhandled rejection) still counts as one.
  const failed = code === 0 ? counts.failed : Math.max(1, counts.failed);
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
  return `${counts.passed} passed, ${failed} failed${skipped}`;
}

function countsOf(report) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const unreadable = result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + unreadable.length,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** Runs a program in this terminal and returns its exit code; signals reach it, and it decides when to end. */
function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
    const forward = (signal) => {
      // A terminal sends Ctrl-C to the child by itself.
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const finish = (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`[sextant] ${program} could not be started: ${error.message}`);
      finish(1);
    });
    child.on('exit', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

function say(text) {
  console.log(`[sextant] ${text}`);
}

process.exitCode = await main(process.argv.slice(2));
