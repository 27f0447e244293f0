package io.tenantry.web.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.storefront.StorefrontEditor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UndoStackTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BEA = new UUID(1, 2);
    private static final UndoAction STEP = new UndoAction.ContactMessageResolved(new UUID(2, 2), NOON);

    private final UndoStack undoStack = new UndoStack();

    @Test
    void returnsStepOnce() {
        var token = undoStack.put(STEP, ADA, NOON);
        assertThat(undoStack.take(token, ADA, NOON)).contains(STEP);
        assertThat(undoStack.take(token, ADA, NOON)).isEmpty();
    }

    @Test
    void returnsStepOnlyToItsActor() {
        var token = undoStack.put(STEP, ADA, NOON);
        assertThat(undoStack.take(token, BEA, NOON)).isEmpty();
        assertThat(undoStack.take("null", ADA, NOON)).isEmpty();
    }

    @Test
    void keepsStepForLimitedTime() {
        var before = undoStack.put(STEP, ADA, NOON);
        var after = undoStack.put(STEP, ADA, NOON);
        assertThat(undoStack.take(before, ADA, NOON.plus(UndoStack.KEPT).minusMillis(1)))
                .isPresent();
        assertThat(undoStack.take(after, ADA, NOON.plus(UndoStack.KEPT))).isEmpty();
    }

    @Test
    void keepsLatestStepsOnly() {
        var first = undoStack.put(STEP, ADA, NOON);
        var second = undoStack.put(STEP, ADA, NOON);
        for (var more = 2; more <= UndoStack.STEPS_MAX; more++) {
            undoStack.put(STEP, ADA, NOON);
        }
        assertThat(undoStack.take(first, ADA, NOON)).isEmpty();
        assertThat(undoStack.take(second, ADA, NOON)).isPresent();
    }

    @Test
    void issuesDistinctTokens() {
        assertThat(undoStack.put(STEP, ADA, NOON)).isNotEqualTo(undoStack.put(STEP, ADA, NOON));
    }

    /** A session can be serialized and deserialized. */
    @Test
    void survivesSessionSerialization() throws IOException, ClassNotFoundException {
        var question = new UndoAction.FaqEntryRemoved(new StorefrontEditor.Removed(ADA, "en", 3, "Why?", "Because."));
        var token = undoStack.put(question, ADA, NOON);
        var out = new ByteArrayOutputStream();
        try (var writer = new ObjectOutputStream(out)) {
            writer.writeObject(undoStack);
        }
        try (var reader = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(((UndoStack) reader.readObject()).take(token, ADA, NOON)).contains(question);
        }
    }
}
