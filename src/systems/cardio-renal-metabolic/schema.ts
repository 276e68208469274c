import type { Channel, Variable } from '../../domain/system.ts';

/**
 * The observables of the cardio-renal-metabolic system, in tensor order.
 *
 * LOINC codes: loinc.org, version 2.80; each code names exactly this property, time, system and scale. `plausible` is
 * the range outside of which a value cannot belong to a living adult; it guards against unit and typing errors, not
 * against illness. `scale` standardises tensors and carries no clinical meaning.
 */
export const VARIABLES: readonly Variable[] = [
  {
    id: 'potassium',
    name: 'potassium',
    unit: 'mmol/L',
    loinc: ['2823-3', '6298-4', '77142-8'],
    plausible: { low: 1.5, high: 10 },
    scale: { transform: 'identity', centre: 4.4, spread: 0.5 },
    decimals: 1,
    thresholds: [
      {
        id: 'potassium-above-5.5',
        side: 'above',
        value: 5.5,
        label: 'potassium above 5.5 mmol/L',
        factId: 'potassium.mild',
      },
      {
        id: 'potassium-above-6.0',
        side: 'above',
        value: 6.0,
        label: 'potassium above 6.0 mmol/L',
        factId: 'potassium.moderate',
      },
      {
        id: 'potassium-below-3.5',
        side: 'below',
        value: 3.5,
        label: 'potassium below 3.5 mmol/L',
        factId: 'potassium.low',
      },
    ],
  },
  {
    id: 'egfr',
    name: 'eGFR',
    unit: 'mL/min/{1.73_m2}',
    loinc: ['98979-8'],
    plausible: { low: 2, high: 180 },
    scale: { transform: 'log', centre: 4.0, spread: 0.45 },
    decimals: 0,
    thresholds: [
      {
        id: 'egfr-fall-30-percent',
        side: 'below',
        value: -0.3,
        relativeToCurrent: true,
        label: 'eGFR falling by more than 30 %',
        factId: 'egfr.fall_30.early',
      },
    ],
  },
  {
    id: 'sbp',
    name: 'systolic pressure',
    unit: 'mm[Hg]',
    loinc: ['8480-6', '76534-7', '8459-0', '8461-6', '76215-3'],
    plausible: { low: 40, high: 300 },
    scale: { transform: 'identity', centre: 130, spread: 18 },
    decimals: 0,
    thresholds: [
      {
        id: 'sbp-below-90',
        side: 'below',
        value: 90,
        label: 'systolic pressure below 90 mmHg',
        factId: 'sbp.symptomatic_low',
      },
    ],
  },
  {
    id: 'heart_rate',
    name: 'heart rate',
    unit: '/min',
    loinc: ['8867-4', '8893-0', '68999-2', '69000-8'],
    plausible: { low: 20, high: 250 },
    scale: { transform: 'identity', centre: 72, spread: 12 },
    decimals: 0,
    thresholds: [
      {
        id: 'heart-rate-below-50',
        side: 'below',
        value: 50,
        label: 'heart rate below 50 /min',
        factId: 'bb.bradycardia',
      },
    ],
  },
  {
    id: 'body_weight',
    name: 'body weight',
    unit: 'kg',
    loinc: ['29463-7', '3141-9'],
    plausible: { low: 25, high: 350 },
    scale: { transform: 'log', centre: 4.4, spread: 0.23 },
    decimals: 1,
    thresholds: [],
  },
  {
    id: 'hba1c',
    name: 'HbA1c',
    unit: '%',
    loinc: ['4548-4', '17856-6', '59261-8'],
    plausible: { low: 3, high: 20 },
    scale: { transform: 'log', centre: 1.9, spread: 0.17 },
    decimals: 1,
    thresholds: [],
  },
];

/** What a record holds and the variables are derived from. */
export const INPUTS: readonly Variable[] = [
  {
    id: 'creatinine',
    name: 'creatinine',
    unit: 'mg/dL',
    loinc: ['2160-0', '38483-4', '14682-9', '59826-8'],
    plausible: { low: 0.1, high: 30 },
    scale: { transform: 'log', centre: 0.2, spread: 0.5 },
    decimals: 2,
    thresholds: [],
  },
];

/** The drug classes that the dynamics know, in tensor order. */
export const CHANNELS: readonly Channel[] = [
  { id: 'acei', name: 'ACE inhibitor' },
  { id: 'arb', name: 'angiotensin receptor blocker' },
  { id: 'arni', name: 'sacubitril/valsartan' },
  { id: 'mra', name: 'mineralocorticoid receptor antagonist' },
  { id: 'sglt2i', name: 'SGLT2 inhibitor' },
  { id: 'loop', name: 'loop diuretic' },
  { id: 'bb', name: 'beta blocker' },
];

/** Conditions that shape the dynamics, in tensor order; ids of src/terminology/conditions. */
export const TRAITS = ['heart_failure', 'type_2_diabetes', 'chronic_kidney_disease'] as const;

/** Days ahead at which forecasts are made (unit: d): 1–3 d for inpatients, then 1, 2, 4, 8 and 12 weeks. */
export const HORIZON: readonly number[] = [1, 2, 3, 7, 14, 28, 56, 84];
