import type { PatientRecord } from '../../domain/record.ts';
import type { PersonItems } from '../eligibility.ts';
import { interventionOfCode } from '../emulate/treatment-codes.ts';
import type { TrialFile } from '../trial-file.ts';
import { designCriteria, takingItem } from './criteria.ts';
import { feasibilityOf } from './feasibility.ts';
import type { Feasibility } from './feasibility.ts';
import { panelTable } from './panel-table.ts';
import type { PanelRow } from './panel-table.ts';
import { recordItems } from './record-items.ts';
import { screenPanel } from './screen-panel.ts';
import type { PanelFlow } from './screen-panel.ts';

/** A panel of records, and what could not be screened of it. */
export interface Panel {
  /** Where it comes from, in words. */
  readonly source: string;
  readonly records: readonly PatientRecord[];
  readonly deceased: number;
  /** Files or records that hold no patient with any date. */
  readonly unreadable: number;
}

/** How a panel is looked at. */
export interface PanelOptions {
  readonly recentDays: number;
  readonly consent: number;
  readonly screenedPerMonth?: number;
}

/** What a panel of records promises for a trial. */
export interface PanelReport {
  readonly source: string;
  readonly deceased: number;
  readonly unreadable: number;
  readonly options: PanelOptions;
  readonly flow: PanelFlow;
  readonly table: readonly PanelRow[];
  readonly feasibility: Feasibility;
  /** Eligible people who already take a drug of a class that an arm gives: classes and counts, none left out by it. */
  readonly alreadyOn: readonly { readonly drugClass: string; readonly people: number }[];
}

/** Screens a panel of records for a trial. */
export function reportPanel(trial: TrialFile, panel: Panel, options: PanelOptions): PanelReport {
  const classes = classesOfArms(trial);
  const background = [...new Set([...Object.keys(trial.population.background), ...classes])];
  const people = panel.records.map((record) => recordItems(record, { recentDays: options.recentDays, background }));
  const flow = screenPanel(people, designCriteria(trial));
  const { source, deceased, unreadable } = panel;
  return {
    source,
    deceased,
    unreadable,
    options,
    flow,
    table: panelTable(trial, flow.people),
    feasibility: feasibilityOf(flow, options),
    alreadyOn: alreadyOn(classes, flow.people),
  };
}

/** The classes of drugs that arms give, as codes of trial files. */
function classesOfArms({ arms }: TrialFile): readonly string[] {
  const given = arms.flatMap(({ interventions }) => interventions.map(({ code }) => interventionOfCode(code)));
  return [...new Set(given.flatMap((one) => (one === undefined ? [] : [`class:${one.channel}`])))];
}

function alreadyOn(classes: readonly string[], people: readonly PersonItems[]): PanelReport['alreadyOn'] {
  return classes
    .map((code) => ({
      drugClass: code.replace('class:', ''),
      people: people.filter((own) => own[takingItem(code)] === 1).length,
    }))
    .filter(({ people: count }) => count > 0);
}
