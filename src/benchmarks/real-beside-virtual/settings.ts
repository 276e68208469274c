import type { Person, Phase } from './person.ts';
import { readHospital } from './read-hospital.ts';
import { readIntensiveCare } from './read-intensive-care.ts';
import { readPopulation } from './read-population.ts';
import { readSensorMornings } from './read-sensor-mornings.ts';
import { readTransplants } from './read-transplants.ts';
import { readTrialPeople } from './read-trial-people.ts';
import type { Trait } from './match-people.ts';
import type { GapId } from './within-person.ts';
import type { VirtualCohort } from './virtual-people.ts';

/** A set of real people: where it comes from, under which licence, and how it is read. */
export interface Source {
  readonly name: string;
  readonly licence: string;
  readonly read: (data: string) => AsyncGenerator<Person>;
}

/** The sets, by the folder of the data that holds them. */
export const SOURCES = {
  physionet2012: {
    name: 'PhysioNet 2012 challenge, sets a and b (from MIMIC-II)',
    licence: 'ODC-By 1.0 (licence line not seen in the copy)',
    read: readIntensiveCare,
  },
  'mimic-iv-demo': {
    name: 'MIMIC-IV demo on FHIR 2.1.0, with MIMIC-IV demo data in MEDS 0.0.1 (PhysioNet / MIT-LCP)',
    licence: 'ODbL 1.0',
    read: readHospital,
  },
  nafld: {
    name: 'NAFLD cohort of Olmsted County (Allen 2018; R package survival)',
    licence: 'LGPL 2 or later (package)',
    read: readPopulation,
  },
  'renal-transplant': {
    name: 'Kidney transplants, University Hospitals Leuven (R package joineRML)',
    licence: 'GPL-3 (package)',
    read: readTransplants,
  },
  'cdisc-pilot': {
    name: 'CDISC pilot study 01 (R package pharmaversesdtm)',
    licence: 'Apache-2.0 (package; licence line not seen in the copy)',
    read: readTrialPeople,
  },
  'shanghai-t2dm': {
    name: 'ShanghaiT2DM (PMC9849330)',
    licence: 'CC BY (version not seen)',
    read: readSensorMornings,
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceId = keyof typeof SOURCES;

/** Real people in one place of care, and the virtual ones who stand beside them. */
export interface Setting {
  readonly id: string;
  readonly name: string;
  readonly source: SourceId;
  readonly phase?: Phase;
  readonly virtual: { readonly cohort: VirtualCohort; readonly phase: Phase };
  /** In what the virtual people are made alike to the real ones. */
  readonly matched: readonly Trait[];
  readonly gaps: readonly GapId[];
  /** Absent: all that the set has. */
  readonly quantities?: readonly string[];
  /** Protocol visits and charting say nothing about how often care measures. */
  readonly intervals: boolean;
  readonly note: string;
}

/** The comparisons, in the order of the report. */
export const SETTINGS: readonly Setting[] = [
  {
    id: 'intensive care',
    name: 'Intensive care, first 48 h',
    source: 'physionet2012',
    virtual: { cohort: 'all clinics', phase: 'ward' },
    matched: ['age', 'sex'],
    gaps: ['12 h', '1 d'],
    intervals: true,
    note: 'Far sicker than the ward of the virtual people: vasopressors, dialysis, surgery. An upper bound of what a ward shows. Weight is charted forward hour by hour.',
  },
  {
    id: 'demo intensive care',
    name: 'Intensive care, MIMIC demo',
    source: 'mimic-iv-demo',
    phase: 'intensive care',
    virtual: { cohort: 'all clinics', phase: 'ward' },
    matched: ['age', 'sex', 'type_2_diabetes'],
    gaps: ['12 h', '1 d', '3 d'],
    intervals: true,
    note: 'The same limits as above, in few people.',
  },
  {
    id: 'demo ward',
    name: 'Hospital stay outside intensive care, MIMIC demo',
    source: 'mimic-iv-demo',
    phase: 'ward',
    virtual: { cohort: 'all clinics', phase: 'ward' },
    matched: ['age', 'sex', 'type_2_diabetes'],
    gaps: ['12 h', '1 d', '3 d'],
    quantities: ['potassium', 'creatinine', 'egfr', 'body_weight'],
    intervals: true,
    note: 'The nearest that there is to the ward of the virtual people; all of these patients needed intensive care at some time, and they are few. Pressure and pulse of a ward are not in the export.',
  },
  {
    id: 'demo record',
    name: 'Whole records, MIMIC demo',
    source: 'mimic-iv-demo',
    phase: 'record',
    virtual: { cohort: 'all clinics', phase: 'record' },
    matched: ['age', 'sex', 'type_2_diabetes'],
    gaps: ['90 d', '1 a'],
    quantities: ['potassium', 'creatinine', 'egfr', 'hba1c', 'ldl', 'hdl', 'triglycerides'],
    intervals: false,
    note: 'Treated and untreated values mixed, people measured because they were ill.',
  },
  {
    id: 'sensor mornings',
    name: 'Inpatients with type 2 diabetes, sensor glucose at six in the morning',
    source: 'shanghai-t2dm',
    virtual: { cohort: 'all clinics', phase: 'ward' },
    matched: ['type_2_diabetes'],
    gaps: ['1 d', '3 d'],
    intervals: false,
    note: 'Sensor, not laboratory; on insulin or tablets that are being adjusted. Age, sex, HbA1c and lipids are not in this copy.',
  },
  {
    id: 'trial outpatients',
    name: 'Elderly outpatients of a trial over 26 weeks, CDISC pilot',
    source: 'cdisc-pilot',
    virtual: { cohort: 'general adults', phase: 'protocol' },
    matched: ['age', 'sex'],
    gaps: ['14 d', '30 d', '90 d', '180 d'],
    intervals: false,
    note: 'Alzheimer disease; placebo visits, and of other arms only those before the drug. Virtual people live on under unchanged treatment and are measured on protocol days. Pressure and pulse after five minutes of lying.',
  },
  {
    id: 'population',
    name: 'Population cohort, NAFLD and neighbours, within five years of the index date',
    source: 'nafld',
    virtual: { cohort: 'general adults', phase: 'home' },
    matched: ['age', 'sex', 'type_2_diabetes', 'heart_failure'],
    gaps: ['30 d', '90 d', '180 d', '1 a', '2 a'],
    intervals: true,
    note: 'A fifth has fatty liver. Diabetes has no type there and age is that at the index date.',
  },
  {
    id: 'transplant clinic',
    name: 'Transplant clinic, from a year after surgery',
    source: 'renal-transplant',
    virtual: { cohort: 'all clinics', phase: 'home' },
    matched: ['sex', 'gfr'],
    gaps: ['14 d', '30 d', '90 d', '180 d', '1 a', '2 a'],
    intervals: true,
    note: 'Outside the intended use: transplants are nobody whom the system knows. It bounds how restless a kidney under watch can be. GFR by an unknown formula, 1984 to 2018.',
  },
];
