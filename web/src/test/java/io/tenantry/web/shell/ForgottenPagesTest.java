package io.tenantry.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ForgottenPagesTest {
    @Test
    void whatIsNotedOfPagesThatAreNotKeptIsForgotten() {
        var notes = new ConcurrentHashMap<>(Map.of("kept", "beans of it", "gone", "beans of it"));
        ForgottenPages.forget(notes, Map.of("kept", Map.of(), "new", Map.of()));
        assertThat(notes).containsOnlyKeys("kept");
    }
}
