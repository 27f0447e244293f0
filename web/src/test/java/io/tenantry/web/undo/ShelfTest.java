package io.tenantry.web.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.storefront.SiteEditor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BEA = new UUID(1, 2);
    private static final Step STEP = new Step.EnquiryDone(new UUID(2, 2), NOON);

    private final Shelf shelf = new Shelf();

    @Test
    void aStepIsTakenOnce() {
        var token = shelf.put(STEP, ADA, NOON);
        assertThat(shelf.take(token, ADA, NOON)).contains(STEP);
        assertThat(shelf.take(token, ADA, NOON)).isEmpty();
    }

    @Test
    void nobodyTakesTheStepOfAnother() {
        var token = shelf.put(STEP, ADA, NOON);
        assertThat(shelf.take(token, BEA, NOON)).isEmpty();
        assertThat(shelf.take("null", ADA, NOON)).isEmpty();
    }

    @Test
    void aStepIsKeptForSomeMinutes() {
        var before = shelf.put(STEP, ADA, NOON);
        var after = shelf.put(STEP, ADA, NOON);
        assertThat(shelf.take(before, ADA, NOON.plus(Shelf.KEPT).minusMillis(1)))
                .isPresent();
        assertThat(shelf.take(after, ADA, NOON.plus(Shelf.KEPT))).isEmpty();
    }

    @Test
    void theLatestFewAreKept() {
        var first = shelf.put(STEP, ADA, NOON);
        var second = shelf.put(STEP, ADA, NOON);
        for (var more = 2; more <= Shelf.STEPS_MAX; more++) {
            shelf.put(STEP, ADA, NOON);
        }
        assertThat(shelf.take(first, ADA, NOON)).isEmpty();
        assertThat(shelf.take(second, ADA, NOON)).isPresent();
    }

    @Test
    void everyTokenIsAnother() {
        assertThat(shelf.put(STEP, ADA, NOON)).isNotEqualTo(shelf.put(STEP, ADA, NOON));
    }

    /** A session may be written down and read again. */
    @Test
    void goesWithItsSession() throws IOException, ClassNotFoundException {
        var question = new Step.QuestionRemoved(new SiteEditor.Removed(ADA, "en", 3, "Why?", "Because."));
        var token = shelf.put(question, ADA, NOON);
        var out = new ByteArrayOutputStream();
        try (var writer = new ObjectOutputStream(out)) {
            writer.writeObject(shelf);
        }
        try (var reader = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(((Shelf) reader.readObject()).take(token, ADA, NOON)).contains(question);
        }
    }
}
