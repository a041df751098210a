package mfg.core;

import ai.djl.ndarray.types.Shape;

/**
 * One array of the design parameters theta.
 *
 * @param name the name, unique within a design
 * @param shape the shape
 * @param spread half the width of the default initial distribution, uniform in (-spread, spread); 0 starts at zeros
 */
public record ParameterSpec(String name, Shape shape, double spread) {}
