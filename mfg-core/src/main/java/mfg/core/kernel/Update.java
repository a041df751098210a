package mfg.core.kernel;

/**
 * A step of mirror descent in one round, {@code next(s,a) = decay (z(s,a) - lse(s)) + c(s) x(a) + b(s) y(a)}: action values are a
 * table of rank two, up to a constant of each row.
 *
 * @param <F> {@code float[]} or {@code double[]}
 * @param decay a factor
 * @param lse by state, from {@code row} on: {@code log2 sum_a 2^z(s,a)}
 * @param row where it begins
 * @param x by action
 * @param y by action
 * @param c by state, from 0 on
 * @param b by state, from 0 on
 */
public record Update<F>(double decay, F lse, int row, F x, F y, F c, F b) {}
