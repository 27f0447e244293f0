package io.tenantry.web.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayFieldsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-27,2026-11-01,,REVERSED",
        "2026-11-27,2026-11-27,,",
        "2026-11-01,2026-11-27,,",
        "2026-11-31,2026-11-01,UNREADABLE,",
        "2026-11-01,soon,,UNREADABLE",
        "1969-12-31,,UNREADABLE,",
        "2026-11-01,+10000-01-01,,UNREADABLE",
        "2026-11-27,,,",
        ",2026-11-01,,",
        ",,,"
    })
    void reportFaultAtTheirField(
            @Nullable String from, @Nullable String to, @Nullable String atFrom, @Nullable String atTo) {
        var first = Objects.requireNonNullElse(from, "");
        var last = Objects.requireNonNullElse(to, "");
        assertThat(DayFields.fault("from", first, last).map(Enum::name).orElse(null))
                .isEqualTo(atFrom);
        assertThat(DayFields.fault("to", first, last).map(Enum::name).orElse(null))
                .isEqualTo(atTo);
        assertThat(DayFields.fault("state", first, last)).isEmpty();
    }
}
