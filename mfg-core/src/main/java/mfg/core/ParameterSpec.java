package mfg.core;

import ai.djl.ndarray.types.Shape;

/**
 * One array of the design parameters theta.
 *
 * @param name the name, unique within a design
 * @param shape the shape
 * @param spread half the width of the default initial distribution, uniform around the centre; 0 starts at the centre
 * @param centre its middle
 */
public record ParameterSpec(String name, Shape shape, double spread, double centre) {

    /**
     * An array that starts around 0.
     *
     * @param name the name, unique within a design
     * @param shape the shape
     * @param spread half the width of the default initial distribution
     */
    public ParameterSpec(String name, Shape shape, double spread) {
        this(name, shape, spread, 0);
    }
}
