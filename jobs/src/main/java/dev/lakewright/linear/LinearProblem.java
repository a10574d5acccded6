package dev.lakewright.linear;

import java.io.Serializable;

/**
 * One model to be trained: minimize {@code sum(u_i * loss_i) / sum(u_i) + l2 / 2 * |w|^2 + l1 *
 * |w|_1} where {@code u_i} is the row's weight times its class's weight; intercepts are free.
 *
 * @param classWeights one per class, > 0
 * @param tolerance stop when iterations improve the objective by less than this share
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearProblem(
    double l2,
    double l1,
    boolean intercept,
    int maxIterations,
    double tolerance,
    double[] classWeights)
    implements Serializable {}
