package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServedSchemasTest {
    private final AtomicInteger replacements = new AtomicInteger();
    private final ServedSchemas served = new ServedSchemas(replacements::incrementAndGet);

    @Test
    void replacesConnectionsWhenOneProcessHasServedFiftySchemas() {
        for (var schema = 1; schema < ServedSchemas.SCHEMAS_MAX; schema++) {
            served.served(1, "t_" + schema);
        }
        assertThat(replacements).hasValue(0);
        served.served(1, "t_last");
        assertThat(replacements).hasValue(1);
    }

    @Test
    void countsASchemaOnceAndEachProcessByItself() {
        for (var round = 0; round < 1_000; round++) {
            served.served(round % 2, "t_" + round % 60);
        }
        assertThat(replacements).hasValue(0);
    }

    @Test
    void countsFromTheBeginningAfterwards() {
        for (var schema = 0; schema < 3 * ServedSchemas.SCHEMAS_MAX; schema++) {
            served.served(1, "t_" + schema);
        }
        assertThat(replacements).hasValue(3);
    }
}
