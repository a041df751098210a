package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.Supplier;
import mfg.core.InvalidInputException;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import org.jspecify.annotations.Nullable;

/**
 * Words for what is wrong with a game: a sentence that names the game, where in it, and what was expected.
 *
 * @param game whose name and source file are told
 */
record Finding(Game game) {

    /** The sentence that a place should give one thing and gives another. */
    InvalidInputException of(String where, String expected, Object found) {
        return new InvalidInputException(
                "%s: %s should give %s, and gives %s".formatted(game.name(), where, expected, found));
    }

    /** What work of the game returns; a failure is told with the line of the game. */
    <T> T tried(String where, Supplier<@Nullable T> work) {
        @Nullable T result;
        try {
            result = work.get();
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidInputException("%s: %s fails%s: %s".formatted(game.name(), where, place(e), reason(e)), e);
        }
        if (result == null) {
            throw of(where, "something", "null");
        }
        return result;
    }

    /** The numbers of an array, if it has the shape and type that it should, and they are finite. */
    double[] numbers(String where, String what, NDArray array, Shape shape, DataType type) {
        if (!array.getShape().equals(shape)) {
            throw of(where, what + " of shape " + shape, array.getShape());
        }
        if (array.getDataType() != type) {
            throw of(
                    where, what + " of type " + type, array.getDataType() + ", the type of a constant or number in it");
        }
        double[] numbers = Tensors.toDoubles(array);
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw of(where, what + " that is finite", number);
            }
        }
        return numbers;
    }

    private String place(RuntimeException e) {
        String file = outer(game.getClass().getName());
        return Arrays.stream(e.getStackTrace())
                .filter(frame -> outer(frame.getClassName()).equals(file))
                .findFirst()
                .map(frame -> " in %s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                .orElse("");
    }

    private static String outer(String className) {
        return className.replaceFirst("\\$.*", "");
    }

    private static String reason(RuntimeException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.contains("capped")
                ? "an operation begins with a constant; write x.mul(constant), not constant.mul(x), and make constants in the shape that they need"
                : e.getClass().getSimpleName() + ", " + message;
    }
}
