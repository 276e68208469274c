import { openOnnxWorldModel } from '../../src/adapters/onnx-world-model.ts';
import { cardioRenalMetabolic } from '../../src/systems/cardio-renal-metabolic/system.ts';
import { describeWorldModel } from './world-model.ts';

describeWorldModel('the learned model', () => openOnnxWorldModel({ folder: 'models', system: cardioRenalMetabolic }));
