export { runTrials as runTrial } from '../benchmarks/trials.ts';
