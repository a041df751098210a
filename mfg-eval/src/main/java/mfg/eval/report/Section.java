package mfg.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.io.Text;

/**
 * A part of a page: charts that belong together.
 *
 * @param name of the charts' file
 * @param heading what they are about
 * @param words how to read them; empty where that is clear
 * @param charts as {@link mfg.eval.view.Plot} has them
 */
public record Section(String name, String heading, String words, JsonNode charts) {

    /** Headings and words by name, in the order of a page. */
    private static final Map<String, List<String>> KNOWN = new LinkedHashMap<>();

    private static void known(String name, String heading, String words) {
        KNOWN.put(name, List.of(heading, words));
    }

    static {
        known(
                "objective",
                "Training",
                "What each design earned while it was trained. Broken lines, where there are any: simple mechanisms, and the most that any mechanism can earn.");
        known(
                "exploitability",
                "How far from equilibrium",
                "Exploitability is what one player gains by leaving while all others stay. It is zero in equilibrium.");
        known(
                "settling",
                "If the population learns on",
                "The final design while its population takes more and more steps. A design that only works early falls here.");
        known(
                "bids",
                "Who bids what",
                "How likely a bidder of each value makes each bid. A bidder who cannot win at a price worth paying spreads over the bids that never win.");
        known("rounds", "Round by round", "Goods on offer, goods sold, and what they bring, at the T of validation.");
        known("demand", "Demand and offer", "How many bid at least so much, beside the goods on offer.");
        known("payments", "What a winner pays", "By bid, in each round.");
        known("winning", "How likely a bid wins", "By bid, in each round.");
        known("flow", "Who is where", "The share of all players in each state, round by round.");
        known("map", "On the map", "The darker a place, the more players are there.");
        known("prices", "Prices", "");
        known("reward", "What players earn", "The mean over players and episodes, along learning.");
        known("meanReward", "What players earn", "The mean over players, along learning.");
        known("zones", "Who drives where", "");
        known("population", "Who is where", "When everybody plays what was learned.");
        known("figures", "The game's own figures", "");
        known("learning", "How PPO learned", "Its own figures, epoch by epoch.");
        known("players", "Among N players", "How far N players are from what the mean field predicts.");
        known("response", "One player leaves", "What one player earns while it learns to do better than all others.");
        known(
                "responses",
                "Players leave, one at a time",
                "What each gains by leaving, with two standard errors: a lower bound of what there is to gain.");
        known("compare", "Methods compared", "");
        known("sweep", "Over the grid", "");
        known(
                "revenue",
                "What each rule would have earned",
                "On average over an auction. Lines at the ends of bars: intervals from resamples of the log, of which each is estimated anew.");
        known(
                "values",
                "From bids to values",
                "What bidders bid, and what a lot is worth to those who bid so, of the average good.");
        known("bidders", "Bidders", "");
    }

    static Section of(String name, JsonNode charts) {
        List<String> words = KNOWN.getOrDefault(name, List.of(Text.title(name), ""));
        return new Section(name, words.get(0), words.get(1), charts);
    }

    /** Where it stands on a page. */
    int rank() {
        int at = List.copyOf(KNOWN.keySet()).indexOf(name);
        return at < 0 ? KNOWN.size() : at;
    }
}
