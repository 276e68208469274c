import { openMechanisticWorldModel } from '../../src/adapters/mechanistic-world-model.ts';
import { cardioRenalMetabolic } from '../../src/systems/cardio-renal-metabolic/system.ts';
import { describeWorldModel } from './world-model.ts';

describeWorldModel('the mechanistic model', () => openMechanisticWorldModel(cardioRenalMetabolic));
