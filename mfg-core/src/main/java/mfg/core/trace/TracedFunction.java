package mfg.core.trace;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.core.trace.Node.Stage;

/**
 * A function of arrays whose operations were written down once, to be played on primitive arrays. It must be pure: of fixed
 * shapes, without reading a number out of an array, and the same at every call. Numbers are computed in double precision whatever
 * the type of the arrays.
 */
public final class TracedFunction {

    private final Program program;

    private TracedFunction(Program program) {
        this.program = program;
    }

    /** A function of arrays. */
    @FunctionalInterface
    public interface Body {

        /**
         * Computes, with operations on the arrays that are given and on constants.
         *
         * @param manager the owner of what is computed
         * @param parameters what stays the same over many calls
         * @param states what changes with every call
         * @return the results
         */
        NDList of(NDManager manager, NDList parameters, NDList states);
    }

    /**
     * Writes down a function.
     *
     * @param type the type of all arguments
     * @param parameters the shapes of what stays the same over many calls
     * @param states the shapes of what changes with every call
     * @param body the function
     * @return the function, to be played
     * @throws UntraceableException if an operation of the function cannot be written down
     */
    public static TracedFunction of(DataType type, List<Shape> parameters, List<Shape> states, Body body) {
        Tracer tracer = new Tracer();
        try {
            NDList settings = tracer.arguments(type, Stage.PARAMETERS, parameters);
            NDList outputs = body.of(tracer.manager(), settings, tracer.arguments(type, Stage.STATE, states));
            List<View> views =
                    outputs.stream().map(array -> tracer.traced(array).view()).toList();
            return new TracedFunction(Compiler.compile(tracer.recorder().nodes(), views));
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) { // where it is the game's fault, the engine will say so, too
            throw new UntraceableException(e);
        }
    }

    /**
     * Makes what plays it.
     *
     * @return a machine for one thread
     */
    public Machine machine() {
        return new Machine(program);
    }
}
