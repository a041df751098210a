package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of the software that made a result. */
final class ProvenanceTest {

    @Test
    void theCommitIsKnownOrSaidNotToBe() {
        assertTrue(Provenance.commit().matches("[0-9a-f]{7,}( with changes)?|unknown"), Provenance.commit());
    }

    @Test
    void theHeaderIsOneCommentWithAllOfIt() {
        String header = Provenance.header();
        assertTrue(header.startsWith("# mfg ") && header.lines().count() == 1, header);
        for (String part : List.of(Provenance.commit(), System.getProperty("java.version"), Provenance.processor())) {
            assertTrue(header.contains(part), header);
        }
        assertFalse(Provenance.processor().isBlank());
    }
}
