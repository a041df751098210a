package mfg.eval.respond;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mfg.eval.io.Fact;
import mfg.eval.io.Numbers;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;

/**
 * What {@code respond} reports, by JSON name.
 *
 * @param game that is played
 * @param players N, this one included
 * @param player who left the others
 * @param zone that it goes to; 0 where there are none
 * @param epochs that it learned for
 * @param repetitions pairs of plays
 * @param reward what it earns if it stays
 * @param exploitability what it gains by what it learned: a lower bound of what there is to gain
 * @param exploitabilityStandardError of that
 * @param dynamicProgram what it gains by the best answer to the average of what it meets, where there is a table for that
 * @param dynamicProgramStandardError of that
 * @param secondsLearning to learn
 */
public record RespondResult(
        String game,
        int players,
        int player,
        int zone,
        int epochs,
        int repetitions,
        double reward,
        double exploitability,
        double exploitabilityStandardError,
        double dynamicProgram,
        double dynamicProgramStandardError,
        double secondsLearning,
        String runDirectory)
        implements Summary {

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "A player earns",
                Numbers.fixed(reward, 4),
                "as all others do, of %s".formatted(Text.count(players, "players"))));
        facts.add(new Fact(
                "Player %d gains".formatted(player),
                Numbers.fixed(exploitability, 4),
                "± %s, by leaving: a lower bound".formatted(Numbers.fixed(exploitabilityStandardError, 4))));
        if (Double.isFinite(dynamicProgram)) {
            facts.add(new Fact(
                    "A dynamic program gains",
                    Numbers.fixed(dynamicProgram, 5),
                    "± %s, with the model".formatted(Numbers.fixed(dynamicProgramStandardError, 5))));
        }
        return facts;
    }

    @Override
    public List<String> warnings() {
        return exploitability < -exploitabilityStandardError
                ? List.of("what the player learned is worse than what all others play: more --epochs may find a gain")
                : List.of();
    }

    @Override
    public String summary() {
        String text = String.format(
                Locale.ROOT,
                """
                %s, %s: player %d learned to respond in %s, %.1f s
                  as the others     %s
                  gains             %s ± %s (%s of plays%s)
                """,
                game,
                Text.count(players, "players"),
                player,
                Text.count(epochs, "epochs"),
                secondsLearning,
                Numbers.fixed(reward, 5),
                Numbers.fixed(exploitability, 5),
                Numbers.fixed(exploitabilityStandardError, 5),
                Text.count(repetitions, "pairs"),
                zone > 0 ? ", going to zone " + zone : "");
        if (Double.isFinite(dynamicProgram)) {
            text += String.format(
                    Locale.ROOT,
                    "  dynamic program   gains %s ± %s%n",
                    Numbers.fixed(dynamicProgram, 5),
                    Numbers.fixed(dynamicProgramStandardError, 5));
        }
        return text + "  all of it         %s%n".formatted(runDirectory);
    }
}
