package mfg.eval.bids;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Names and their numbers from 0, in the order in which they first came. Looking a name up makes no object. */
final class Dictionary {

    private final List<String> names = new ArrayList<>();

    /** Numbers plus 1 by hash; 0 where there is none. At least half of it is free. */
    private int[] table = new int[1 << 10];

    /** The number of a name; a new one if it has none. */
    int number(Cell name) {
        int place = place(name, name.hashCode());
        if (table[place] == 0) {
            names.add(name.toString());
            table[place] = names.size();
            if (names.size() > table.length / 2) {
                grow();
            }
            return names.size() - 1;
        }
        return table[place] - 1;
    }

    List<String> names() {
        return Collections.unmodifiableList(names);
    }

    private int place(Cell name, int hash) {
        int place = start(hash);
        while (table[place] != 0 && !name.contentEquals(names.get(table[place] - 1))) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private int start(int hash) {
        return ((hash * 0x9E3779B9) >>> 7) & (table.length - 1);
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int number = 0; number < names.size(); number++) {
            int place = start(names.get(number).hashCode());
            while (table[place] != 0) {
                place = (place + 1) & (table.length - 1);
            }
            table[place] = number + 1;
        }
    }
}
