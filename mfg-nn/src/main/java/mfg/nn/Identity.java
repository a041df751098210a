package mfg.nn;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;

/** How the networks of many agents know who acts (SYMM Sec. 5). */
public enum Identity {
    /** One network for all, which does not know. */
    NONE("Sym-NN"),
    /** One network for all, told who acts by a one-hot vector. */
    ONE_HOT("OH-NN"),
    /** One network for all, told {@code i / N}. */
    NUMBER("ID-NN"),
    /** A network for each. */
    INDEPENDENT("Ind-NN");

    private final String paper;

    Identity(String paper) {
        this.paper = paper;
    }

    /**
     * Returns what the paper and its figures call it.
     *
     * @return such as {@code Sym-NN}
     */
    public String paper() {
        return paper;
    }

    /**
     * Finds a kind.
     *
     * @param name as {@link #toString} gives it
     * @return the kind
     * @throws InvalidInputException if there is none of that name
     */
    public static Identity named(String name) {
        return Arrays.stream(values())
                .filter(identity -> identity.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("an identity is one of %s, not '%s'"
                        .formatted(
                                Arrays.stream(values()).map(Identity::toString).collect(Collectors.joining(", ")),
                                name)));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
