package mfg.core.kernel;

/**
 * Loops over tables of logits in base 2, {@code z = zeta / ln 2}, up to a constant of each row; {@code lse(s) = log2 sum_a
 * 2^z(s,a)}. Tables lie as {@link Table} says. Arrays by state have {@code table.rows()} entries, arrays by action one an action.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
public interface TableKernels<F> {

    /**
     * Lays out a table.
     *
     * @param states the number of states
     * @param actions the number of actions
     * @return the layout that suits these loops
     */
    Table table(int states, int actions);

    /**
     * Takes a step of mirror descent, and exponentiates: {@code power(s,a) = 2^v} with {@code v = next(s,a) - shift(s)}.
     *
     * @param table the layout
     * @param z logits from {@code at} on
     * @param at where the tables begin
     * @param update the step
     * @param shift by state, at least the largest entry of each row of {@code next}, but for rounding
     * @param next out, from {@code at} on; may be {@code z}
     * @param power out, a table from 0 on
     * @param total out, by state: {@code sum_a 2^v}
     * @param moment out, by state: {@code sum_a v 2^v}
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void advance(Table table, F z, int at, Update<F> update, F shift, F next, F power, F total, F moment, F scratch);

    /**
     * Bids: {@code nu(a) = sum_s mu(s) power(s,a) / total(s)}.
     *
     * @param table the layout
     * @param power a table from 0 on
     * @param total by state
     * @param mu the mass of each state, 0 in the padding
     * @param nu out, by action
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void bid(Table table, F power, F total, F mu, F nu, F scratch);

    /**
     * Normalizes rows.
     *
     * @param table the layout
     * @param shift as given to {@link #advance}
     * @param total as {@link #advance} left it; out: its inverse
     * @param moment as {@link #advance} left it; out: the entropy of each row in nats
     * @param lse out, by state from {@code row} on: {@code log2 sum_a 2^next}
     * @param row where it begins
     */
    void normalize(Table table, F shift, F total, F moment, F lse, int row);

    /**
     * Sums over actions twice: {@code xSum(s) = scale(s) sum_{a >= first} table(s,a) x(a)}, and so for y.
     *
     * @param table the layout
     * @param numbers a table from 0 on
     * @param scale by state
     * @param first the first action that counts
     * @param x by action
     * @param y by action
     * @param xSum out, by state
     * @param ySum out, by state
     */
    void sumActions(Table table, F numbers, F scale, int first, F x, F y, F xSum, F ySum);

    /**
     * Takes a step back: the {@code z} from which {@link #advance} made {@code next}, up to rounding, and its {@link
     * #probabilities}.
     *
     * @param table the layout
     * @param next what the step made, from {@code at} on
     * @param at where the tables begin
     * @param update the step
     * @param z out, from {@code at} on; may be {@code next}
     * @param pi out, from {@code at} on
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void stepBack(Table table, F next, int at, Update<F> update, F z, F pi, F scratch);

    /**
     * Computes probabilities, {@code pi(s,a) = 2^(z(s,a) - lse(s))}.
     *
     * @param table the layout
     * @param z logits from {@code at} on
     * @param at where the tables begin
     * @param lse by state, from {@code row} on
     * @param row where it begins
     * @param pi out, from {@code at} on
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void probabilities(Table table, F z, int at, F lse, int row, F pi, F scratch);

    /**
     * Pulls cotangents of action values back to what depends on the action only, {@code yBar(a) = sum_s b(s) (eta
     * cotangent(s,a) + v(s) pi(s,a))} for {@code a >= first}; and sums them, {@code sum(s) = sum_{a >= first} cotangent(s,a)
     * x(a)}.
     *
     * @param table the layout
     * @param pi probabilities from {@code at} on
     * @param cotangent from {@code at} on
     * @param at where the tables begin
     * @param eta a factor
     * @param v by state, from 0 on
     * @param b by state, from 0 on, 0 in the padding
     * @param first the first action that counts
     * @param x by action
     * @param yBar out, by action from {@code first} on
     * @param sum out, by state
     * @param scratch at least {@link Table#scratchSize} numbers, which are lost
     */
    void pullValues(
            Table table, F pi, F cotangent, int at, double eta, F v, F b, int first, F x, F yBar, F sum, F scratch);

    /**
     * Reads one action's column.
     *
     * @param table the layout
     * @param from a table, from {@code at} on
     * @param at where it begins
     * @param action the action
     * @param column out, by state
     */
    void column(Table table, F from, int at, int action, F column);

    /**
     * Pulls back to logits, in place: {@code cotangent(s,a) = decay * cotangent(s,a) + pi(s,a) (mu(s) (nuBar(a) - n(s)) + c(s) x(a) +
     * b(s) y(a) + k(s) + e(s) (lse(s) - z(s,a)))} with {@code n(s) = sum_a pi(s,a) nuBar(a)}.
     *
     * @param table the layout
     * @param z logits from {@code at} on
     * @param pi probabilities from {@code at} on
     * @param cotangent from {@code at} on; modified
     * @param at where the tables begin
     * @param update {@code decay}, {@code lse}, and what is added, {@code c x + b y}
     * @param nuBar by action
     * @param mu by state, as all that follow
     * @param k by state
     * @param e by state
     * @param n out, by state
     */
    void pullLogits(Table table, F z, F pi, F cotangent, int at, Update<F> update, F nuBar, F mu, F k, F e, F n);
}
