package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import jakarta.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinodeMetricsTest extends LinodeCase {
    private static final Duration DAY = Duration.ofDays(1);
    private static final long AT = NOW.minusSeconds(600).toEpochMilli();

    @Test
    void convertsBitsToBytesAndAddsBothIpVersions() {
        var id = running();
        setStatistics("""
                {"title": "any", "cpu": [[%1$d, 40]], "io": {"io": [[%1$d, 0.19]], "swap": [[%1$d, 7]]},
                 "netv4": {"in": [[%1$d, 2004]], "out": [[%1$d, 800]], "private_in": [[%1$d, 9]], "private_out": []},
                 "netv6": {"in": [[%1$d, 4]], "out": [[%1$d, 8]], "private_in": [], "private_out": []}}
                """);
        assertThat(measured(id, DAY))
                .containsExactly(
                        series(Kind.CPU, "40.0000"),
                        series(Kind.RECEIVED, "251.0000"),
                        series(Kind.SENT, "101.0000"),
                        series(Kind.DISK, "0.1900"));
    }

    @Test
    void scalesCpuUseToAHundredPercentForAllProcessors() {
        var id = running();
        linode.store.set(
                Long.parseLong(id),
                "specs",
                Json.createObjectBuilder().add("vcpus", 4).build());
        setStatistics("{\"data\": {\"cpu\": [[%1$d, 300]]}, \"title\": \"as Linode's own client reads it\"}");
        assertThat(measured(id, DAY))
                .singleElement()
                .satisfies(cpu -> assertThat(cpu.points().get(0).value()).isEqualByComparingTo("75"));
    }

    @Test
    void readsAWeekFromMonthlyStatistics() {
        var id = running();
        setStatistics("{\"cpu\": [[%1$d, 1], [" + NOW.minus(Duration.ofDays(8)).toEpochMilli() + ", 99]]}");
        assertThat(measured(id, Duration.ofDays(7)))
                .singleElement()
                .satisfies(cpu ->
                        assertThat(cpu.points()).extracting(Point::at).containsExactly(Instant.ofEpochMilli(AT)));
        assertThat(linode.calls()).last().isEqualTo("GET /linode/instances/" + id + "/stats/2026/11");
        measured(id, DAY);
        assertThat(linode.calls()).last().isEqualTo("GET /linode/instances/" + id + "/stats");
    }

    @Test
    void returnsNothingForAServerNotYetMeasured() {
        assertThat(measured(running(), DAY)).isEmpty();
        setStatistics("{\"cpu\": [], \"netv4\": {\"in\": null, \"out\": [[%1$d, null]]}}");
        assertThat(measured(running(), DAY)).isEmpty();
    }

    @Test
    void reportsAMissingServer() {
        assertRefused(Reason.NOT_FOUND, () -> measured("4711", DAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[7]", "[[7]]", "[[7, \"much\"]]", "[[7, 8, 9]]", "{}"})
    void refusesMalformedReadings(String readings) {
        var id = running();
        setStatistics("{\"cpu\": " + readings + "}");
        assertRefused(Reason.INVALID_RESPONSE, () -> measured(id, DAY));
    }

    private void setStatistics(String stats) {
        linode.store.stats = FakeLinode.object(stats.replace("%1$d", String.valueOf(AT)));
    }

    private List<Series> measured(String id, Duration back) {
        return account.measured(id, NOW, back);
    }

    private static Series series(Kind kind, String value) {
        return new Series(kind, List.of(new Point(Instant.ofEpochMilli(AT), new BigDecimal(value))));
    }
}
