package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ViewStateCleanupTest {
    @Test
    void removesStateOfDiscardedViews() {
        var notes = new ConcurrentHashMap<>(Map.of("kept", "beans of it", "gone", "beans of it"));
        ViewStateCleanup.forget(notes, Map.of("kept", Map.of(), "new", Map.of()));
        assertThat(notes).containsOnlyKeys("kept");
    }
}
