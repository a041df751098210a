package mfg.eval.bench;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;

/**
 * What another program took for a game, a line of {@code benchmarks/peers/zoo.py}.
 *
 * @param game as {@link SolveCost#game} has it
 * @param peer the program
 * @param iterations how many it took from the start
 * @param exploitability0 of the policy that it began with
 * @param exploitabilityK of the policy that it ended with
 */
public record Peer(
        String game,
        String peer,
        double secondsPerIteration,
        int iterations,
        double exploitability0,
        double exploitabilityK) {

    private static final int MOST_ITERATIONS = 10_000;

    /**
     * Reads what others took.
     *
     * @param file a table with a column for each field
     * @throws InvalidInputException if it is none
     */
    public static List<Peer> read(Path file) throws IOException {
        List<Peer> peers = new ArrayList<>();
        try {
            for (ObjectNode row : Csv.read(file)) {
                peers.add(Json.read(row, Peer.class));
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("there is no file " + file, e);
        } catch (JacksonException e) {
            throw new InvalidInputException("%s is no table of benchmarks/peers/zoo.py".formatted(file), e);
        }
        if (peers.isEmpty() || peers.stream().anyMatch(peer -> !peer.isSound())) {
            throw new InvalidInputException(
                    "%s must have lines of games, each with seconds above 0 and 1 to %d iterations"
                            .formatted(file, MOST_ITERATIONS));
        }
        return peers;
    }

    private boolean isSound() {
        return secondsPerIteration > 0
                && Double.isFinite(secondsPerIteration)
                && iterations >= 1
                && iterations <= MOST_ITERATIONS;
    }
}
