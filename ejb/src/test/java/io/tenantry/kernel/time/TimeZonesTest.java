package io.tenantry.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time zones of resellers. */
class TimeZonesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Pacific/Chatham"})
    void acceptsCitiesAndUtc(String zone) {
        assertThat(TimeZones.isKnown(zone)).isTrue();
        assertThat(TimeZones.all()).contains(zone);
    }

    /** Java knows most of these, but PostgreSQL or browsers do not, or read the sign of an offset the other way around. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SystemV/PST8",
                "Etc/GMT+5",
                "GMT0",
                "EST5EDT",
                "US/Pacific",
                "Zulu",
                "+02:00",
                "UTC+2",
                "europe/berlin",
                " Europe/Berlin",
                "Europe/Atlantis",
                "CET",
                ""
            })
    void refusesOtherZones(String zone) {
        assertThat(TimeZones.isKnown(zone)).isFalse();
        assertThat(TimeZones.all()).doesNotContain(zone);
    }

    @Test
    void postgresKnowsAllZones() {
        assertThat(Database.texts("select name from pg_timezone_names")).containsAll(TimeZones.all());
    }

    @Test
    void isSortedWithoutDuplicates() {
        assertThat(TimeZones.all()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(300);
    }
}
