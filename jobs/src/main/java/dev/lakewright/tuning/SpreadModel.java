package dev.lakewright.tuning;

import dev.lakewright.ensemble.TrainedModel;
import java.io.Serializable;

/** A model to train: a trial without the rows of a fold; -1: with all. */
record SpreadModel(Trial trial, int fold) implements Serializable {

  SpreadTrainings.Choice choice() {
    return SpreadTrainings.Choice.of(fold, trial.sampling());
  }

  SpreadMeasuring.Trained trained(TrainedModel model, double[] priorShifts) {
    return new SpreadMeasuring.Trained(FoldTask.Candidate.of(trial), fold, model, priorShifts);
  }

  boolean isEnsemble() {
    return trial.ensemble().present();
  }
}
