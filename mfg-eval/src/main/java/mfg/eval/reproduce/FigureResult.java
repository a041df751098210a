package mfg.eval.reproduce;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mfg.eval.io.Fact;
import mfg.eval.io.Summary;

/**
 * What {@code reproduce} reports of a figure, by JSON name.
 *
 * @param claim the paper's or its readers'; empty if there is none
 * @param verdict whether it holds here, and why
 * @param details a table in text; empty where there is none
 * @param rows the data; empty where there are too many, which are on disk
 * @param command that does it again
 */
public record FigureResult(
        String figure,
        String claim,
        @JsonUnwrapped Verdict verdict,
        String details,
        List<ObjectNode> rows,
        String command,
        String runDirectory)
        implements Summary {

    /** More would not be looked at in one line. */
    static final int MOST_ROWS = 100;

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("The claim", figure, claim.isEmpty() ? "there is none that we know of" : claim),
                new Fact("Here", verdict.outcome().toString(), verdict.why()));
    }

    @Override
    public String summary() {
        String end = System.lineSeparator();
        return details
                + (claim.isEmpty() ? "" : "Claim: " + claim + end)
                + "%s %s%n".formatted(figure, verdict)
                + "all of it in " + runDirectory + end;
    }
}
