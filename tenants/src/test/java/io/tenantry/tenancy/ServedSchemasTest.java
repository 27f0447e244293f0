package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServedSchemasTest {
    private static final int MAX = 50;

    private final ServedSchemas served = new ServedSchemas();

    private int wornBy(int process, int schemas) {
        var worn = 0;
        for (var schema = 1; schema <= schemas; schema++) {
            worn += served.isWornBy(process, "t_" + schema, MAX) ? 1 : 0;
        }
        return worn;
    }

    @Test
    void processIsWornOutAtMaximumOfSchemas() {
        assertThat(wornBy(1, MAX - 1)).isZero();
        assertThat(served.isWornBy(1, "t_last", MAX)).isTrue();
    }

    @Test
    void countsEachSchemaOncePerProcess() {
        for (var round = 0; round < 1_000; round++) {
            assertThat(served.isWornBy(round % 2, "t_" + round % 60, MAX)).isFalse();
        }
    }

    @Test
    void restartsCountAfterMaximum() {
        assertThat(wornBy(1, 3 * MAX)).isEqualTo(3);
    }

    @Test
    void limitsRememberedProcesses() {
        served.isWornBy(0, "t_first", MAX);
        for (var process = 1; process < ServedSchemas.PROCESSES_MAX; process++) {
            served.isWornBy(process, "t_1", MAX);
        }
        assertThat(wornBy(0, MAX - 1)).isZero();
    }
}
